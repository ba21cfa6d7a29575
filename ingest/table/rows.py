"""From raw rows to accepted rows: validation cell by cell, with every fault at its address."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from graph.ledger.ledger import RowEntry, row_digest
from graph.model import ORIGIN
from graph.schema.kinds import Column, Kind, Relation, Schema
from graph.text import norm
from ingest.finding import Finding, column_letter
from ingest.readers.base import Cell, CellError, RawRow, RawSheet
from ingest.table.cells import BadCell, Parsed, bad_cell, is_blank, parse_cell, show
from ingest.table.header import HEADER_DEPTH, HEADER_WITHIN, Header, Recognised, captions_of, recognise
from ingest.table.layout import Merges, Rows, first_cell, names_columns, title_in

EXAMPLE = "示例（请删除）"
_EXAMPLE = norm(EXAMPLE)
_TOTAL = re.compile(r"^(合\s*计|小\s*计|总\s*计|汇\s*总)\s*:?$")
# A number in a merged cell is one number: of all its rows together or of each, nobody knows.
_COUNTED = frozenset({"money", "number", "int", "share"})
_NOTE = re.compile(
    r"^(注|说明|备注|填表人|填报人|制表人|审核人|填表说明|填报单位|填表单位|填表日期|填报日期|联系人)\s*\d*\s*(:|$)"
)


@dataclass(slots=True)
class SheetResult:
    """What became of one sheet."""

    kind: str
    sheet: str
    accepted: list[RowEntry] = field(default_factory=list)
    rejected: int = 0
    skipped: int = 0
    findings: list[Finding] = field(default_factory=list)
    raw: dict[int, list[Cell]] = field(default_factory=dict)  # rejected rows, for the marked workbook
    header: Header | None = None
    places: dict[str, str] = field(default_factory=dict)  # where captions stand, when the header does not say
    derived: bool = False  # further records of rows that another result counts
    file: str = ""

    def letters(self) -> dict[str, str]:
        """The column letter of each caption; in a form the whole address of its cell."""
        if self.places:
            return self.places
        return {c.caption: column_letter(i) for i, c in self.header.columns.items()} if self.header else {}


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a sheet stands, for findings."""

    file: str
    sheet: str

    def finding(
        self, level: str, at: str, message: str, hint: str, column: str | None = None, value: str | None = None
    ) -> Finding:
        """A finding at `at` (B17, or empty for the whole sheet)."""
        return Finding(level, self.file, f"{self.sheet}!{at}", column, value, message, hint)


def read_sheet(
    raw: RawSheet, file: str, schema: Schema, before: SheetResult | None = None
) -> list[SheetResult] | list[str]:
    """Validate one sheet: a result for each table in it, or the kinds it might be when it is none we know.

    `before` is the table before this one, which a table without a header may go on from.
    """
    spot = Spot(file, raw.name)
    rows = Rows(raw.rows)
    top = rows.peek(HEADER_WITHIN)
    known = recognise(raw, top, file, schema)
    if raw.follows and before and before.header and not (isinstance(known, Recognised) and known.header):
        known = Recognised(schema.sheets[before.kind], replace(before.header, first=0, row=0))
    if not isinstance(known, Recognised):
        return known
    results = [_open(known, spot)]
    results[0].findings += _about_sheet(raw, known, spot, bool(top))
    if known.header:
        _read_tables(raw, rows, known, spot, schema, results)
    return results


def _read_tables(
    raw: RawSheet, rows: Rows, known: Recognised, spot: Spot, schema: Schema, results: list[SheetResult]
) -> None:
    """The rows under a header, and the tables stacked below them."""
    merges, captions = Merges(raw.merges), captions_of(schema)
    reader = RowReader(known, spot, results[0])
    start = reader.header.row
    title = ""
    for row in rows:
        filled = merges.fill(row)
        if row.number <= start:
            continue
        said = title_in(row, len(reader.header.columns), merges, rows.peek(1), captions)
        if said is not None and not reader.is_no_data(row):
            title = said
            reader.skip(row, "分段或另一张表的标题")
            continue
        again = None
        if names_columns(row, captions) and not reader.is_header_again(row):
            inner = RawSheet(title, iter(()), named=bool(title), merges=raw.merges)
            again = recognise(inner, [row, *rows.peek(HEADER_DEPTH)], "", schema)
        title = ""
        if not (isinstance(again, Recognised) and again.header and again.header.first == row.number):
            reader.take(row, filled)
            continue
        reader.close()
        again.header.title_unit = again.header.title_unit or reader.header.title_unit
        results.append(_open(again, spot))
        message = f"同一工作表中的另一张表，从这里起按“{again.sheet.sheet}”表读取"
        results[-1].findings.append(spot.finding("note", first_cell(row), message, "一张工作表只放一张表更稳妥"))
        reader, start = RowReader(again, spot, results[-1]), again.header.row
    reader.close()


def _about_sheet(raw: RawSheet, known: Recognised, spot: Spot, any_rows: bool) -> Iterator[Finding]:
    for message, hint in raw.notes:
        yield spot.finding("note", "", message, hint)
    if known.header is None:
        if any_rows:
            message = f"“{known.sheet.sheet}”表没有找到表头"
            yield spot.finding("error", "", message, f"表头应有：{_required(known.sheet)}")
        else:
            yield spot.finding("note", "", "这张表是空的", "填写表头和数据后再导入")
        return
    if raw.hidden:
        yield spot.finding("note", "", "这是隐藏的工作表，已照常读取", "不需要请删除该表")
    used = known.header.columns.keys() | known.header.extras.keys()
    if columns := [column_letter(i) for i in raw.hidden_columns if i in used]:
        message = f"{'、'.join(columns[:10])} 列是隐藏列，已照常读取（共 {len(columns)} 列）"
        yield spot.finding("note", f"{columns[0]}{known.header.row}", message, "不需要请删除这些列")


def _open(known: Recognised, spot: Spot) -> SheetResult:
    """An empty result, with what there is to say about the header."""
    sheet, header = known.sheet, known.header
    result = SheetResult(sheet.sheet or "", spot.sheet, header=header, file=spot.file)
    if known.note:
        hint = "如不对，把工作表（或文件）改名为要导入的表名"
        result.findings.append(spot.finding("note", "", known.note, hint))
    if header is None or header.row == 0:
        return result
    if missing := [c.caption for c in sheet.columns if c.required and not header.has(c.caption)]:
        message = f"缺少必填列：{'、'.join(missing)}"
        result.findings.append(spot.finding("error", f"A{header.row}", message, f"表头应有：{_required(sheet)}"))
    for index, written in sorted(header.synonyms.items()):
        caption = header.columns[index].caption
        message = f"列“{written}”按“{caption}”读取"
        at = f"{column_letter(index)}{header.row}"
        result.findings.append(spot.finding("note", at, message, f"如不对，改写列名；正式列名是“{caption}”", caption))
    for index, caption in sorted(header.extras.items()):
        at = f"{column_letter(index)}{header.row}"
        message = f"不认识的列“{caption}”，作为附加列保留"
        result.findings.append(spot.finding("note", at, message, "附加列可查看和导出，不参与计算", caption))
    return result


def _required(sheet: Kind | Relation) -> str:
    return "、".join(c.caption for c in sheet.columns if c.required)


class RowReader:
    """Reads the rows of one table: each is skipped, rejected or accepted."""

    def __init__(self, known: Recognised, spot: Spot, result: SheetResult) -> None:
        assert known.header
        self.sheet, self.header, self.spot, self.result = known.sheet, known.header, spot, result
        columns = self.sheet.columns
        self.first_required = next((c.caption for c in columns if c.required), "")
        self.hidden: list[int] = []
        self.doubtful: set[tuple[int, int]] = set()  # merged cells whose number stands for several rows
        self.required = [c for c in columns if c.required]
        self.at = {c.caption: i for i, c in self.header.columns.items()}
        named = [c.caption for c in columns if c.type == "name"] or [c.caption for c in self.required]
        self.named = [self.at[c] for c in named if c in self.at]
        self.refs = [c for c in columns if c.end and c.to == ("环节",)]

    def take(self, row: RawRow, filled: Mapping[int, int]) -> None:
        """Skip, reject or accept one row. `filled`: columns that a merged cell fills, and its first row."""
        if reason := self.is_no_data(row):
            self.skip(row, reason)
            return
        if filled:
            self._unmerge_numbers(row, filled)
        if row.hidden:
            self.hidden.append(row.number)
        values, faults = self._values(row)
        if faults:
            self.result.rejected += 1
            self.result.raw[row.number] = row.cells
            self.result.findings += faults
            return
        as_of, grade = values.pop("数据日期", None), values.pop("可信度", "B")
        digest = row_digest({**values, "数据日期": as_of, "可信度": grade})
        self.result.accepted.append(RowEntry(row.number, values, as_of, grade, digest))

    def skip(self, row: RawRow, reason: str) -> None:
        """Leave out a row that is no data, and say so."""
        self.result.skipped += 1
        text = norm(show(next(c for c in row.cells if c is not None)))
        note = self.spot.finding("note", first_cell(row), f"{reason}，已跳过", "不是数据则不必处理", value=text[:100])
        self.result.findings.append(note)

    def _unmerge_numbers(self, row: RawRow, filled: Mapping[int, int]) -> None:
        for index, first in filled.items():
            column = self.header.columns.get(index)
            if column is None or column.type not in _COUNTED:
                continue
            value, row.cells[index] = show(row.cells[index]), None
            if (first, index) not in self.doubtful:
                self.doubtful.add((first, index))
                at, message = f"{column_letter(index)}{first}", "合并单元格里的一个数值对应多行，只记在第一行"
                hint = "如果各行都是这个数，取消合并并逐行填写"
                self.result.findings.append(self.spot.finding("warning", at, message, hint, column.caption, value))

    def close(self) -> None:
        """Say once which hidden rows were read."""
        if self.hidden:
            some = "、".join(map(str, self.hidden[:10])) + ("等" if len(self.hidden) > 10 else "")
            said = f"第 {some} 行是隐藏行，已照常读取（共 {len(self.hidden)} 行）"
            self.result.findings.append(self.spot.finding("note", f"A{self.hidden[0]}", said, "不需要请删除这些行"))

    def is_no_data(self, row: RawRow) -> str | None:
        """Why a row is no data, if it is none. A row that says where it was registered is data, whatever it is called."""
        origin_at = self.at.get(ORIGIN, len(row.cells))
        if origin_at < len(row.cells) and row.cells[origin_at]:
            return None
        filled = [i for i, c in enumerate(row.cells) if c is not None]
        if any(_is_lost(row.cells[i]) for i in filled):
            return None
        if all(i in self.header.serial for i in filled):
            return "只有序号的行"
        first = _words(row.cells[filled[0]])
        key_at = self.at.get(self.first_required, -1)
        key = _words(row.cells[key_at]) if 0 <= key_at < len(row.cells) else ""
        if _TOTAL.match(key) or (not key and _TOTAL.match(first)):
            return "合计行"
        if _NOTE.match(first):
            return "表下说明"
        if self.is_header_again(row):
            return "重复的表头"
        named = (row.cells[i] for i in self.named if i < len(row.cells))
        return "模板示例行" if any(_words(c).startswith(_EXAMPLE) for c in named) else None

    def is_header_again(self, row: RawRow) -> bool:
        """Whether a row repeats a row of the header."""
        return any(self._repeats(row, texts) for texts in self.header.texts)

    def _repeats(self, row: RawRow, texts: Sequence[str]) -> bool:
        filled = [i for i, c in enumerate(row.cells) if c is not None]
        same = [i for i in filled if i < len(texts) and i in self.header.columns and _words(row.cells[i]) == texts[i]]
        known = len(self.header.columns)
        enough = max(2, known // 2 + 1)
        return len(same) >= enough or len(same) in (known, len(filled) if len(filled) > 1 else -1)

    def _values(self, row: RawRow) -> tuple[dict[str, Any], list[Finding]]:
        values: dict[str, Any] = {}
        faults: list[Finding] = []
        implied: dict[str, str] = {}
        for index, column in self.header.columns.items():
            cell = row.cells[index] if index < len(row.cells) else None
            if cell is None:
                continue
            unit = self.header.units.get(index) or (self.header.title_unit if column.type == "money" else None)
            try:
                parsed = parse_cell(cell, column, unit)
            except BadCell as bad:
                at = f"{column_letter(index)}{row.number}"
                faults.append(self._fault(at, bad.message, bad.hint, column, show(cell)))
                continue
            if parsed.note or parsed.warning:
                self._remark(f"{column_letter(index)}{row.number}", parsed, column, show(cell))
            if parsed.value is not None:
                values[column.caption] = parsed.value
            implied.update(parsed.extra or {})
        for caption, said in implied.items():
            values.setdefault(caption, said)
        faults += self._lost(row)
        bad_cells = {f.field for f in faults}
        for column in self.required:
            if column.caption not in values and column.caption not in bad_cells:
                at = (
                    f"{column_letter(self.at[column.caption])}{row.number}"
                    if column.caption in self.at
                    else f"A{row.number}"
                )
                faults.append(self._fault(at, f"必填项“{column.caption}”是空的", "补填后重新导入", column, ""))
        faults += self._feeds_itself(row, values)
        if not faults:
            self._extras(row, values)
        return values, faults

    def _remark(self, at: str, parsed: Parsed, column: Column, value: str) -> None:
        for level, said in (("note", parsed.note), ("warning", parsed.warning)):
            if said:
                self.result.findings.append(self.spot.finding(level, at, said, "请核对", column.caption, value))

    def _fault(self, at: str, message: str, hint: str, column: Column, value: str) -> Finding:
        return self.spot.finding("error", at, message, hint, column.caption, value)

    def _feeds_itself(self, row: RawRow, values: dict[str, Any]) -> Iterator[Finding]:
        if len(self.refs) != 2 or getattr(self.sheet, "loops", True):
            return
        source, target = (values.get(c.caption) for c in self.refs)
        chain_of = values.get("下游产业链") or values.get("产业链") or ""
        same_chain = norm(str(chain_of)) == norm(str(values.get("产业链") or ""))
        if source and target and same_chain and norm(str(source)) == norm(str(target)):
            column = self.refs[1]
            at = f"{column_letter(self.at[column.caption])}{row.number}"
            yield self._fault(at, f"环节“{target}”不能供给自己", "改正上游环节或下游环节", column, str(target))

    def _lost(self, row: RawRow) -> Iterator[Finding]:
        """Cells of columns nobody knows are kept as they are, but not what is no text any more."""
        for index, cell in enumerate(row.cells):
            if isinstance(cell, CellError) and _is_lost(cell) and index not in self.header.columns:
                bad = bad_cell(cell)
                at, caption = f"{column_letter(index)}{row.number}", self.header.extras.get(index)
                yield self.spot.finding("error", at, bad.message, bad.hint, caption, cell.text)

    def _extras(self, row: RawRow, values: dict[str, Any]) -> None:
        extras = {
            caption: show(row.cells[i]).strip()
            for i, caption in self.header.extras.items()
            if i < len(row.cells) and not is_blank(row.cells[i])
        }
        for index, cell in enumerate(row.cells):
            named = index in self.header.columns or index in self.header.extras or index in self.header.serial
            if not named and not is_blank(cell):
                extras[f"{column_letter(index)}列"] = show(cell).strip()
        if extras:
            values["附加列"] = extras


def _words(cell: Cell) -> str:
    """The text of a cell in the form in which texts are compared; a number says no words."""
    return norm(cell) if isinstance(cell, str) else ""


def _is_lost(cell: Cell) -> bool:
    """Whether what stood in a cell is not to be had: too long, broken bytes, a quotation that swallowed lines."""
    return isinstance(cell, CellError) and cell.reason in ("overlong", "garbled", "quote")
