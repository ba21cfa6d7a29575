"""From raw rows to accepted rows: validation cell by cell, with every fault at its address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any

from graph.ledger import RowEntry, row_digest
from graph.schema import Column, Kind, Relation, Schema
from graph.text import norm
from ingest.cells import BadCell, is_blank, parse_cell, show
from ingest.finding import Finding, column_letter
from ingest.header import HEADER_WITHIN, Header, find_header, kind_by_columns, kind_by_name
from ingest.readers.base import Cell, CellError, RawRow, RawSheet

EXAMPLE = "示例（请删除）"
_TOTAL = re.compile(r"^(合\s*计|小\s*计|总\s*计|汇\s*总)$")
_NOTE = re.compile(
    r"^(注|说明|备注|填表人|填报人|制表人|审核人|填表说明|填报单位|填表单位|填表日期|填报日期|联系人)\s*\d*\s*:"
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

    def letters(self) -> dict[str, str]:
        """The column letter of each caption."""
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


def read_sheet(raw: RawSheet, file: str, schema: Schema) -> SheetResult | None:
    """Validate one sheet. None when it is no sheet that Lianpu knows."""
    spot = Spot(file, raw.name)
    rows = iter(raw.rows)
    top = list(islice(rows, HEADER_WITHIN))
    sheet, note = kind_by_name(raw.name, schema), None
    header = find_header(top, sheet) if sheet else None
    if header is None:
        guess = kind_by_columns(top, schema)
        if guess is not None:
            sheet, header = guess, find_header(top, guess)
            said = f"按列名认作“{guess.sheet}”表"
            note = spot.finding("note", "", said, "如不对，把工作表改名为要导入的表名")
    if sheet is None:
        return None
    result = SheetResult(sheet.sheet or "", raw.name, header=header)
    if note:
        result.findings.append(note)
    if header is None:
        if any(not is_blank(c) for row in top for c in row.cells):
            said = f"“{sheet.sheet}”表没有找到表头"
            result.findings.append(spot.finding("error", "", said, f"表头应有：{_required(sheet)}"))
        return result
    if missing := [c.caption for c in sheet.columns if c.required and not header.has(c.caption)]:
        said = f"缺少必填列：{'、'.join(missing)}"
        result.findings.append(spot.finding("error", f"A{header.row}", said, f"表头应有：{_required(sheet)}"))
    if raw.hidden:
        result.findings.append(spot.finding("note", "", "这是隐藏的工作表，已照常读取", "不需要请删除该表"))
    _note_extras(result, header, spot)
    reader = _RowReader(sheet, header, spot, result)
    for row in chain((r for r in top if r.number > header.row), rows):
        reader.take(row)
    reader.close()
    return result


def _required(sheet: Kind | Relation) -> str:
    return "、".join(c.caption for c in sheet.columns if c.required)


def _note_extras(result: SheetResult, header: Header, spot: Spot) -> None:
    for index, caption in sorted(header.extras.items()):
        at = f"{column_letter(index)}{header.row}"
        said = f"不认识的列“{caption}”，作为附加列保留"
        result.findings.append(spot.finding("note", at, said, "附加列可查看和导出，不参与计算", caption))


class _RowReader:
    def __init__(self, sheet: Kind | Relation, header: Header, spot: Spot, result: SheetResult) -> None:
        self.sheet, self.header, self.spot, self.result = sheet, header, spot, result
        self.first_required = next((c.caption for c in sheet.columns if c.required), "")
        self.hidden: list[int] = []
        self.required = [c for c in sheet.columns if c.required]
        self.at = {c.caption: i for i, c in header.columns.items()}
        self.refs = [c for c in sheet.columns if c.end and c.to == ("环节",)]

    def take(self, row: RawRow) -> None:
        """Skip, reject or accept one row."""
        filled = [i for i, c in enumerate(row.cells) if isinstance(c, CellError) or show(c).strip()]
        if not filled:
            return
        if self._is_no_data(row, filled):
            self.result.skipped += 1
            return
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

    def close(self) -> None:
        """Say once which hidden rows were read."""
        if self.hidden:
            some = "、".join(map(str, self.hidden[:10])) + ("等" if len(self.hidden) > 10 else "")
            said = f"第 {some} 行是隐藏行，已照常读取（共 {len(self.hidden)} 行）"
            self.result.findings.append(self.spot.finding("note", f"A{self.hidden[0]}", said, "不需要请删除这些行"))

    def _is_no_data(self, row: RawRow, filled: list[int]) -> bool:
        first = norm(show(row.cells[filled[0]]))
        key_at = self.at.get(self.first_required, -1)
        key = norm(show(row.cells[key_at])) if 0 <= key_at < len(row.cells) else ""
        reason = None
        if _TOTAL.match(key) or (not key and _TOTAL.match(first)):
            reason = "合计行"
        elif all(i in self.header.serial for i in filled):
            reason = "只有序号的行"
        elif _NOTE.match(first):
            reason = "表下说明"
        elif self._is_header_again(row):
            reason = "重复的表头"
        elif self._is_example(row):
            reason = "模板示例行"
        if reason is None:
            return False
        at = f"{column_letter(filled[0])}{row.number}"
        said = f"{reason}，已跳过"
        self.result.findings.append(self.spot.finding("note", at, said, "不是数据则不必处理", value=first))
        return True

    def _is_header_again(self, row: RawRow) -> bool:
        same = [
            i for i in self.header.columns if i < len(row.cells) and norm(show(row.cells[i])) == self.header.texts[i]
        ]
        return len(same) >= max(2, len(self.header.columns) // 2 + 1) or len(same) == len(self.header.columns)

    def _is_example(self, row: RawRow) -> bool:
        named = [c.caption for c in self.sheet.columns if c.type == "name"] or [c.caption for c in self.required]
        places = [self.at[c] for c in named if c in self.at]
        return any(i < len(row.cells) and norm(show(row.cells[i])).startswith(norm(EXAMPLE)) for i in places)

    def _values(self, row: RawRow) -> tuple[dict[str, Any], list[Finding]]:
        values: dict[str, Any] = {}
        faults: list[Finding] = []
        implied: dict[str, str] = {}
        for index, column in self.header.columns.items():
            cell = row.cells[index] if index < len(row.cells) else None
            at = f"{column_letter(index)}{row.number}"
            unit = self.header.units.get(index) or (self.header.title_unit if column.type == "money" else None)
            try:
                parsed = parse_cell(cell, column, unit)
            except BadCell as bad:
                faults.append(self._fault(at, bad.message, bad.hint, column, show(cell)))
                continue
            for level, said in (("note", parsed.note), ("warning", parsed.warning)):
                if said:
                    self.result.findings.append(
                        self.spot.finding(level, at, said, "请核对", column.caption, show(cell))
                    )
            if parsed.value is not None:
                values[column.caption] = parsed.value
            implied.update(parsed.extra or {})
        for caption, said in implied.items():
            values.setdefault(caption, said)
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
