"""Papers as files: Word, PDF or HTML by the suffix."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from graph.files import reason_of
from viz.errors import NotWritable, UnknownFormat
from viz.paper.document import Paper
from viz.paper.docx import docx_bytes
from viz.paper.html import html_bytes
from viz.paper.pdf import pdf_bytes

_WRITERS: dict[str, Callable[[Paper], bytes]] = {".docx": docx_bytes, ".pdf": pdf_bytes, ".html": html_bytes}
FORMATS = tuple(_WRITERS)


def paper_format(path: Path) -> str:
    """The suffix of a paper's file. Raises UnknownFormat.

    >>> paper_format(Path("报告.DOCX"))
    '.docx'
    """
    if (suffix := path.suffix.lower()) not in _WRITERS:
        raise UnknownFormat(path.suffix, FORMATS)
    return suffix


def save(paper: Paper, path: Path) -> int:
    """Write a paper; the number of bytes. The same paper gives the same bytes. Raises UnknownFormat and NotWritable."""
    content = _WRITERS[paper_format(path)](paper)
    try:
        return path.write_bytes(content)
    except OSError as error:
        raise NotWritable(path, reason_of(error)) from error
