"""Workbooks in the look of the house, formula-safe, the same bytes for the same rows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import xlsxwriter

from graph.files import FORMULA_SAFE, MADE, reason_of
from viz.errors import NotWritable
from viz.theme import LINE


@contextmanager
def writing(path: object) -> Iterator[None]:
    """Whatever the system refuses inside is said of the file that was asked for. Raises NotWritable.

    >>> with writing("清单.xlsx"):
    ...     raise PermissionError(13, "Permission denied")
    Traceback (most recent call last):
    viz.errors.NotWritable: 写不了文件 清单.xlsx：没有权限
    """
    try:
        yield
    except OSError as error:
        raise NotWritable(path, reason_of(error)) from error
    except xlsxwriter.exceptions.FileCreateError as error:
        raise NotWritable(path, str(error)) from error


class Book:
    """A workbook in the look of the house, in which no text is taken for a formula or a link."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._book = xlsxwriter.Workbook(str(path), dict(FORMULA_SAFE))
        self._book.set_properties({"author": "链谱", "created": MADE})

    def style(self, **own: object) -> Any:
        """A framed cell, with what is its own."""
        return self._book.add_format({"valign": "top", "border": 1, "border_color": LINE, **own})

    def plain(self, **own: object) -> Any:
        """A cell without a frame."""
        return self._book.add_format(own)

    def page(self, name: str) -> Any:
        """An empty sheet."""
        return self._book.add_worksheet(name)

    def close(self) -> None:
        """Write the workbook. Raises NotWritable."""
        with writing(self._path):
            self._book.close()
