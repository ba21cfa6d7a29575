"""One record of a row: its cells read by the columns they stand in, every fault at its address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from graph.dates import last_day
from graph.schema.kinds import Column, Sheet
from graph.schema.types.base import BadCell, Parsed
from graph.schema.types.day import NoYear, in_year
from graph.schema.types.word import NotAWord
from graph.text import norm
from ingest.finding import Finding, column_letter
from ingest.readers.base import Cell, CellError, RawRow
from ingest.table.captions import caption_key, year_in
from ingest.table.cells import bad_cell, is_blank, meaning, parse_cell, show
from ingest.table.header import Header
from ingest.table.name_check import NameCheck
from ingest.table.no_data import is_lost
from ingest.table.result import Spot

_REMEMBERED = (
    4096  # cells of a column that are read once for all rows: years, words, counties say the same over and over
)
_YEARS = frozenset({"年份", "年度", "计划年份", "计划年度", "任务年度", "目标年度", "所属年度", "实施年度"})


@dataclass(slots=True)
class Reading:
    """What a row says as a record; with faults it says nothing."""

    values: dict[str, Any] = field(default_factory=dict)
    faults: list[Finding] = field(default_factory=list)
    remarks: list[Finding] = field(default_factory=list)  # cells that were read with a grain of salt
    unknown: list[tuple[str, str]] = field(default_factory=list)  # columns and words that are none of their list
    implied: dict[str, str] = field(default_factory=dict)  # what some cells say for others, such as a unit


class RecordReader:
    """Reads rows as records of one sheet, by a header that says where its columns stand."""

    def __init__(self, sheet: Sheet, header: Header, spot: Spot) -> None:
        self.sheet, self.header, self.spot = sheet, header, spot
        self._names = NameCheck(sheet)
        self._required = [c for c in sheet.columns if c.required]
        self._at = {c.caption: i for i, c in header.columns.items()}
        self._ends = [c for c in sheet.columns if c.end and c.to == ("环节",)]
        extras = (i for i, caption in header.extras.items() if caption_key(caption) in _YEARS)
        self._year_at = self._at["年份"] if "年份" in self._at else next(extras, None)
        fixed = ((c, header.answers.fixed(sheet.caption, c.caption)) for c in sheet.by_caption.values())
        self._answered = {c.caption: parse_cell(text, c).value for c, text in fixed if text}
        meant = ((i, header.answers.words(sheet.caption, c.caption)) for i, c in header.columns.items())
        self._words = {i: words for i, words in meant if words}
        self._later = [c for c in header.columns.values() if c.not_before in self._at]
        self._known = header.columns.keys() | header.extras.keys() | header.serial
        self._memory: dict[int, dict[tuple[type, Cell], Parsed]] = {i: {} for i in header.columns}

    def read(self, row: RawRow) -> Reading:
        """The values of a row, or its faults."""
        reading = Reading()
        for index, column in self.header.columns.items():
            if index < len(row.cells) and row.cells[index] is not None:
                self._read_cell(reading, row, index, column)
        for caption, value in reading.implied.items():
            reading.values.setdefault(caption, value)
        reading.faults += self._lost(row)
        bad_columns = {f.field for f in reading.faults}
        for caption, value in self._answered.items():
            # A firm from elsewhere is in no county of ours.
            if caption not in bad_columns and not (caption == "县市区" and reading.values.get("状态") == "外部"):
                reading.values.setdefault(caption, value)
        for column in self._required:
            if column.caption not in reading.values and column.caption not in bad_columns:
                reading.faults.append(self._missing(row, column))
        reading.faults += self._feeds_itself(row, reading.values)
        reading.remarks += self._undated(row, reading.values)
        reading.faults += self._too_early(row, reading.values)
        if not reading.faults and (extras := self._extras(row)):
            reading.values["附加列"] = extras
        return reading

    def _read_cell(self, reading: Reading, row: RawRow, index: int, column: Column) -> None:
        cell = row.cells[index]
        try:
            parsed = self._parsed(row, index, column)
        except BadCell as bad:
            if isinstance(bad, NotAWord):
                word = show(cell).strip()
                reading.unknown.append((column.caption, word))
                answer = f"{self.sheet.caption}.{column.caption}:{word}={column.word_meant(word) or '…'}"
                bad = BadCell(bad.message, f"{bad.hint}；整批都这样写，就加 --set {answer} 再导入")
            at = f"{column_letter(index)}{row.number}"
            reading.faults.append(self._fault(at, bad.message, bad.hint, column, show(cell)))
            return
        if parsed.note or parsed.warning:
            reading.remarks += self._remarks(f"{column_letter(index)}{row.number}", parsed, column, show(cell))
        if parsed.value is not None:
            reading.values[column.caption] = parsed.value
        if parsed.extra:
            reading.implied.update(parsed.extra)

    def _parsed(self, row: RawRow, index: int, column: Column) -> Parsed:
        """What a cell says; a date without a year is in that of the row or of the title. Raises BadCell."""
        title = self.header.title_unit if column.value_type.is_amount else None
        unit = self.header.units.get(index) or (title.unit if title else None)
        cell = row.cells[index]
        if words := self._words.get(index):
            cell = meaning(cell, words)
        known, key = self._memory[index], (type(cell), cell)
        try:
            if (parsed := known.get(key)) is None:
                parsed = self._named(parse_cell(cell, column, unit), cell, column)
                if len(known) < _REMEMBERED:
                    known[key] = parsed
            return parsed
        except NoYear:
            own = self._year_of(row)
            year = own or self.header.year
            if year is None or self.header.year not in (None, year):
                raise
            parsed = parse_cell(in_year(show(cell), year), column)
            origin = "这一行的年份" if own else "标题或表名"
            return replace(parsed, note=f"“{show(cell).strip()}”按 {parsed.value} 计，年份取自{origin}")

    def _year_of(self, row: RawRow) -> int | None:
        """The year in the row's own column."""
        index = self._year_at
        return year_in([show(row.cells[index])]) if index is not None and index < len(row.cells) else None

    def _named(self, parsed: Parsed, cell: Cell, column: Column) -> Parsed:
        """The same, once it is sure that a name is one."""
        if not isinstance(parsed.value, str) or not (column.value_type.is_name or column.value_type.refers):
            return parsed
        read = self._names.read(show(cell), column)
        if not column.value_type.is_name or column.list:
            return parsed
        return replace(parsed, value=read.name, warning=read.question or parsed.warning)

    def _remarks(self, at: str, parsed: Parsed, column: Column, value: str) -> Iterator[Finding]:
        for level, message in (("note", parsed.note), ("warning", parsed.warning)):
            if message:
                yield self.spot.finding(level, at, message, "请核对", column.caption, value)

    def _fault(self, at: str, message: str, hint: str, column: Column, value: str) -> Finding:
        return self.spot.finding("error", at, message, hint, column.caption, value)

    def _missing(self, row: RawRow, column: Column) -> Finding:
        letter = column_letter(self._at.get(column.caption, 0))
        return self._fault(f"{letter}{row.number}", f"必填项“{column.caption}”是空的", "补填后重新导入", column, "")

    def _undated(self, row: RawRow, values: dict[str, Any]) -> Iterator[Finding]:
        """A step of a history without its day counts as the first, and changes nothing that has days."""
        day = self.sheet.by_caption.get(getattr(self.sheet, "steps", None) or "")
        if day and day.caption not in values and "阶段" in values:
            at = f"{column_letter(self._at.get(day.caption, 0))}{row.number}"
            message = f"没有写{day.caption}：按最早的一步计，已有{day.caption}的记录不因它改变"
            yield self.spot.finding("warning", at, message, f"补填{day.caption}后重新导入", day.caption, "")

    def _feeds_itself(self, row: RawRow, values: dict[str, Any]) -> Iterator[Finding]:
        if len(self._ends) != 2 or getattr(self.sheet, "loops", True):
            return
        source, target = (values.get(c.caption) for c in self._ends)
        chain_of = values.get("下游产业链") or values.get("产业链") or ""
        same_chain = norm(str(chain_of)) == norm(str(values.get("产业链") or ""))
        if source and target and same_chain and norm(str(source)) == norm(str(target)):
            column = self._ends[1]
            at = f"{column_letter(self._at[column.caption])}{row.number}"
            yield self._fault(at, f"环节“{target}”不能供给自己", "改正上游环节或下游环节", column, str(target))

    def _too_early(self, row: RawRow, values: dict[str, Any]) -> Iterator[Finding]:
        """Days that lie before another that they may not lie before, a month or year until its end."""
        for column in self._later:
            own, other = values.get(column.caption), values.get(column.not_before or "")
            if own is not None and other is not None and last_day(str(own)) < str(other):
                index = self._at[column.caption]
                message = f"“{column.caption}”{own} 早于“{column.not_before}”{other}"
                hint = f"核对两处，改正“{column.caption}”或“{column.not_before}”"
                yield self._fault(f"{column_letter(index)}{row.number}", message, hint, column, show(row.cells[index]))

    def _lost(self, row: RawRow) -> Iterator[Finding]:
        """Cells of columns nobody knows are kept as they are, but not what is no text any more."""
        for index, cell in enumerate(row.cells):
            if isinstance(cell, CellError) and is_lost(cell) and index not in self.header.columns:
                bad = bad_cell(cell)
                at, caption = f"{column_letter(index)}{row.number}", self.header.extras.get(index)
                yield self.spot.finding("error", at, bad.message, bad.hint, caption, cell.text)

    def _extras(self, row: RawRow) -> dict[str, str]:
        """What stands in columns that are none of the sheet's, by caption."""
        extras = {
            caption: show(row.cells[i]).strip()
            for i, caption in self.header.extras.items()
            if i < len(row.cells) and not is_blank(row.cells[i])
        }
        for index, cell in enumerate(row.cells):
            if index not in self._known and not is_blank(cell):
                extras[f"{column_letter(index)}列"] = show(cell).strip()
        return extras
