"""OpenDocument workbooks, as LibreOffice offices save them: one pass over the XML, with all that people see in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from ingest.readers.base import Cell, CellError, Limits, Merge, RawRow, RawSheet, TooLarge, Unreadable, damaged
from ingest.readers.books.formats import DEFAULT_NAME, PICTURE, as_shown, plain_number
from ingest.readers.books.ods_styles import Styles
from ingest.readers.container import elements, local, open_container

_NO_TEXT = frozenset({"annotation", "annotation-ending", "shapes", "frame", "custom-shape", "ruby-text"})
_PICTURE = re.compile(r"(?:\w+:)?=?\s*(?:_xl\w+\.)*(?:DISPIMG|IMAGE)\(", re.IGNORECASE)
_EPOCH = date(1899, 12, 30)


def read_ods(path: Path, name: str, limits: Limits) -> Iterator[RawSheet]:
    """The sheets of a workbook; macros are never looked at. Raises Unreadable and TooLarge."""
    with open_container(path, name, limits) as archive:
        if b"encryption-data" in _part(archive, "META-INF/manifest.xml"):
            raise Unreadable(name, "文件有打开密码", "取消密码后另存再导入")
        looks, content = _part(archive, "styles.xml"), _part(archive, "content.xml")
    styles = Styles()
    for element in elements(looks, name, limits) if looks else ():
        styles.note(element)
    count = 0
    page = _Page(limits)
    for element in elements(content, name, limits):
        kind = local(element)
        if kind == "table-row":
            page.add_row(element, styles)
            element.clear()
        elif kind == "table-column":
            page.add_column(element)
        elif kind == "table" and (title := _of(element, "name")):
            count += 1
            if count > limits.sheets:
                raise TooLarge(name, "工作表数", f"{count} 以上", limits.sheets)
            yield page.sheet(title, hidden=_of(element, "style-name") in styles.hidden)
            page = _Page(limits)
            element.clear()
        else:
            styles.note(element)
    if not count:
        raise damaged(name, "OpenDocument 工作簿")


def _part(archive: ZipFile, part: str) -> bytes:
    return archive.read(part) if part in archive.NameToInfo else b""


def _of(element: Element, name: str) -> str:
    """An attribute by its own name, whatever its namespace."""
    return next((v for k, v in element.attrib.items() if k.rpartition("}")[2] == name), "")


def _count(element: Element, name: str) -> int:
    text = _of(element, name)
    return max(1, int(text)) if text.isdecimal() and len(text) < 10 else 1


@dataclass(slots=True)
class _Page:
    """A sheet as far as it was read."""

    limits: Limits
    rows: list[RawRow] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    defaults: list[tuple[int, str]] = field(default_factory=list)  # up to which column a style is the usual one
    row: int = 0
    column: int = 0

    def add_column(self, element: Element) -> None:
        """Some columns: whether they are hidden, and how their cells look."""
        first, self.column = self.column, self.column + _count(element, "number-columns-repeated")
        if _of(element, "visibility") in ("collapse", "filter"):
            self.hidden_columns += range(first, min(self.column, self.limits.columns))
        self.defaults.append((self.column, _of(element, "default-cell-style-name")))

    def add_row(self, element: Element, styles: Styles) -> None:
        """A row, or many that are the same."""
        cells: list[Cell] = []
        blank = 0  # cells without a value so far, which count only before one that has some
        usual = _of(element, "default-cell-style-name")
        for cell in element:
            if local(cell) not in ("table-cell", "covered-table-cell"):
                continue
            times = _count(cell, "number-columns-repeated")
            at = len(cells) + blank
            style = _of(cell, "style-name") or usual or self._usual(at)
            value = None if local(cell) == "covered-table-cell" else _value(cell, style, styles)
            self._merge(cell, at)
            if value is None:
                blank += times
            elif at <= self.limits.columns:  # beyond, the row is refused as it is
                cells += [None] * min(blank, self.limits.columns + 1 - len(cells))
                cells += [value] * min(times, self.limits.columns + 1 - len(cells))
                blank = 0
            else:
                cells += [None] * (self.limits.columns - len(cells)) + [value]
                blank = 0
        times = _count(element, "number-rows-repeated")
        hidden = _of(element, "visibility") in ("collapse", "filter")
        if cells:
            last = min(self.row + times, self.limits.rows + 1)
            self.rows += [RawRow(number, list(cells), hidden) for number in range(self.row + 1, last + 1)]
        self.row += times

    def _usual(self, column: int) -> str:
        return next((style for end, style in self.defaults if column < end), "")

    def _merge(self, cell: Element, at: int) -> None:
        wide, tall = _count(cell, "number-columns-spanned"), _count(cell, "number-rows-spanned")
        if (wide > 1 or tall > 1) and self.row + tall <= self.limits.rows:
            self.merges.append(Merge(self.row + 1, at, self.row + tall, at + wide - 1))

    def sheet(self, title: str, *, hidden: bool) -> RawSheet:
        """The sheet that was read."""
        sheet = RawSheet(title, iter(self.rows), hidden, not DEFAULT_NAME.fullmatch(title))
        sheet.merges, sheet.hidden_columns = self.merges, self.hidden_columns
        return sheet


def _value(cell: Element, style: str, styles: Styles) -> Cell:
    """What a cell holds, as it is shown."""
    formula, kind = _of(cell, "formula"), _of(cell, "value-type")
    if formula and _PICTURE.match(formula):
        return PICTURE
    if formula and not kind and not len(cell):
        return CellError("", "uncalculated")
    if any(v == "error" for k, v in cell.attrib.items() if k.endswith("}value-type")):
        return CellError("".join(_pieces(cell, "", styles)) or "#ERR")
    look = styles.look(style)
    value = _typed(cell, kind)
    if value is None and (kind in ("", "string")):
        value = "\n".join("".join(_pieces(p, look.font, styles)) for p in cell if local(p) == "p") or (
            _of(cell, "string-value") or None
        )
    return as_shown(value, look.shown, _EPOCH) if look.shown else value


def _typed(cell: Element, kind: str) -> Cell:
    """A value that is no text; None for a text."""
    try:
        if kind in ("float", "percentage", "currency"):
            text = _of(cell, "value")
            return int(text) if len(text) > 15 and text.isdecimal() else plain_number(float(text))
        if kind == "boolean":
            return _of(cell, "boolean-value") == "true"
        if kind == "date":
            return datetime.fromisoformat(_of(cell, "date-value").partition(".")[0])
    except ValueError:
        return CellError("#VALUE!")
    return _of(cell, "time-value") or None if kind == "time" else None


def _pieces(element: Element, font: str, styles: Styles) -> Iterator[str]:
    """The text of a paragraph, the letters of symbol fonts as signs."""
    if local(element) == "span":
        font = styles.look(_of(element, "style-name")).font or font
    yield styles.signs(element.text or "", font)
    for child in element:
        kind = local(child)
        if kind == "s":
            yield " " * min(_count(child, "c"), 1000)
        elif kind in ("tab", "line-break"):
            yield " " if kind == "tab" else "\n"
        elif kind not in _NO_TEXT:
            yield from _pieces(child, font, styles)
        yield styles.signs(child.tail or "", font)
