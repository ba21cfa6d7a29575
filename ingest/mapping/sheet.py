"""A whole sheet, or the forms on it, read by a mapping."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from graph.schema.kinds import Schema
from graph.text import norm
from ingest.finding import Finding
from ingest.mapping.binding import BoundHeader, bind, locate, suits
from ingest.mapping.form import Form
from ingest.mapping.mapping import FileMapping, TableMapping, alternatives, base_kind
from ingest.mapping.rows import MappedReader, Surroundings
from ingest.readers.base import RawRow, RawSheet
from ingest.table.amounts import about_units
from ingest.table.captions import caption_key, year_over
from ingest.table.cells import Answers, show
from ingest.table.header import HEADER_DEPTH, HEADER_WITHIN
from ingest.table.layout import MergedCells, RowQueue, title_in
from ingest.table.result import SheetResult, Spot
from ingest.table.units import FOOT_WITHIN, unit_over, unit_under


def titles(raw: RawSheet, rows: Sequence[RawRow], first: int) -> list[str]:
    """The lines over a table that begins in row `first`, and the name of its sheet."""
    over = (" ".join(show(c) for c in r.cells if c is not None) for r in rows if r.number < first)
    return [raw.name, *raw.above, *over]


def surroundings(raw: RawSheet, over: Sequence[RawRow], file: str, answers: Answers) -> Surroundings:
    """The money unit and the year that the title states; the year else from the sheet's or the file's name."""
    lines = titles(raw, over, 1 << 30)[1:]
    year = year_over(lines, raw.name, file)
    stem = file.rpartition("/")[2].rpartition(".")[0]
    return Surroundings(unit_over(raw.above, over, raw.name, stem), year, titles=tuple(lines), answers=answers)


class SheetReader:
    """Reads a sheet by a mapping; a second table below the first may be another of its tables.

    `note` tells how the sheet is read; {name} and {kinds} stand for the mapping and what it gives.
    """

    def __init__(
        self, raw: RawSheet, schema: Schema, spot: Spot, mapping: FileMapping, note: str, answers: Answers
    ) -> None:
        self.raw, self.schema, self.spot, self.mapping, self.note = raw, schema, spot, mapping, note
        self.answers = answers
        self.tables = [t for t in mapping.tables if suits(t, raw.name)]
        self.words = frozenset(caption_key(w) for t in self.tables for k in t.columns for w in (k, *alternatives(k)))

    def read(self, header: BoundHeader) -> list[SheetResult]:
        """The results of all tables on the sheet, the first of which begins with this header."""
        rows, merges = RowQueue(iter(self.raw.rows)), MergedCells(self.raw.merges)
        over = [r for r in rows.peek(HEADER_WITHIN) if r.number < header.first]
        around = surroundings(self.raw, over, self.spot.file, self.answers)
        if around.unit is None and not any(r.number > header.row and self._names(r) for r in rows.peek(1 << 20)):
            around = replace(around, unit=unit_under(rows.peek(1 << 20)[-FOOT_WITHIN:]))
        reader = self._open(header, around)
        results = reader.results
        for row in rows:
            filled = merges.fill(row)
            if row.number <= header.row:
                continue
            if again := self._header_here(row, rows, reader):
                reader.gate.close()
                header, reader = again, self._open(again, around)
                results = results + reader.results
            elif any(re.fullmatch(_pattern(p), _first_text(row)) for p in reader.binding.table.skip):
                reader.gate.skip(row, "按映射的 skip")
            elif title_in(row, len(reader.header.columns), merges, rows.peek(1), self.words) is not None:
                reader.gate.skip(row, reader.gate.no_data.reason(row) or "分段或另一张表的标题")
            else:
                reader.take(row, filled)
        reader.gate.close()
        return results

    def _header_here(self, row: RawRow, rows: RowQueue, reader: MappedReader) -> BoundHeader | None:
        if not self._names(row) or reader.gate.no_data.is_header_again(row):
            return None
        block = [row, *rows.peek(HEADER_DEPTH)]
        fits = [h for t in self.tables if (h := locate(block, t, self.schema)) and h.first == row.number]
        return max(fits, key=lambda h: len(h.binding.keys), default=None)

    def _names(self, row: RawRow) -> bool:
        """Whether a row names columns."""
        texts = [c for c in row.cells if c is not None]
        known = sum(isinstance(c, str) and caption_key(c) in self.words for c in texts)
        return known >= 2 and 2 * known >= len(texts)

    def _open(self, header: BoundHeader, around: Surroundings) -> MappedReader:
        reader = MappedReader(header, self.schema, self.spot, around)
        kinds = "、".join(dict.fromkeys(base_kind(p.record) for p in reader.plan.records))
        message = self.note.format(name=self.mapping.name, kinds=kinds)
        findings = reader.result.findings
        findings.append(self.spot.finding("note", "", message, "如不对，用 lianpu map 生成映射，改好后用 --map 导入"))
        if self.raw.hidden:
            findings.append(self.spot.finding("note", "", "这是隐藏的工作表，已照常读取", "不需要请删除该表"))
        findings += [self.spot.finding("note", "", n.message, n.hint) for n in self.raw.notes]
        findings += about_columns(reader, header.row)
        return reader


def about_columns(reader: MappedReader, row: int) -> Iterator[Finding]:
    """What there is to say about the columns: not there, not known, not to be used for want of another."""
    table, plan, spot = reader.binding.table, reader.plan, reader.spot
    if not any("|" in key for key in table.columns):  # a mapping of many alternatives expects few
        for key in reader.binding.missing:
            message, hint = f"映射中的列“{key}”在表中没有", "检查列名是否改过；不再需要就从映射中删去"
            yield spot.finding("warning", f"A{max(1, row)}", message, hint, key)
    yield from _about_left_out(reader, row)
    cells = {p: reader.addresses.cell(p, row) for p in reader.header.columns}
    yield from about_units(reader.header, reader.binding.units, reader.unit, cells, spot)
    if plan.year:
        message = f"没有“年份”列，按标题中的 {plan.year} 年记录"
        yield spot.finding("note", "", message, "如不对，在表中加一列“年份”", "年份")
    left_out = {p for record in plan.left_out for p in record.plan.positions()}
    for position, caption in sorted(reader.addresses.extras.items()):
        if position not in left_out:
            message = f"不认识的列“{caption}”，作为附加列保留"
            at = reader.addresses.cell(position, row)
            yield spot.finding("note", at, message, "附加列可查看和导出，不参与计算", caption)


def _about_left_out(reader: MappedReader, row: int) -> Iterator[Finding]:
    """The columns of records that this table cannot give."""
    main, extras = set(reader.plan.main.positions()), reader.addresses.extras
    for plan, lacking in reader.plan.left_out:
        own = [p for p in dict.fromkeys(plan.positions()) if p not in main and p in extras]
        if own:
            columns, needed = "、".join(reader.binding.captions[p] for p in own), "、".join(lacking)
            message = f"缺少“{needed}”，“{columns}”不能写入{base_kind(plan.record)}，作为附加列保留"
            hint = f"在表中加上“{needed}”列（年份也可写在标题或文件名里）"
            yield reader.spot.finding("warning", reader.addresses.cell(own[0], row), message, hint, columns)


def read_forms(
    forms: Sequence[Form], table: TableMapping, schema: Schema, spot: Spot, around: Surroundings
) -> list[SheetResult]:
    """Each form as one row of the survey."""
    results: list[SheetResult] = []
    for form in forms:
        header = BoundHeader(1, 1, bind(form.stacks(), table), [])
        reader = MappedReader(header, schema, spot, replace(around, addresses=form.addresses))
        keys = header.binding.keys
        name = next(p for p, k in keys.items() if any(d.caption == "名称" for d in table.columns[k]))
        at, result = form.addresses[name], reader.result
        row = RawRow(int(re.sub(r"\D", "", at)), list(form.values))
        if reason := reader.gate.no_data.reason(row):
            result.skipped += 1
            result.findings.append(spot.finding("note", at, f"{reason}，已跳过", "不是数据则不必处理"))
        else:
            reader.take_records(row, form.rows)
        what = "列名在左边、一列一家的表" if form.turned else "一页一家的表单"
        message = f"{what}，按企业调查表读取：{show(form.values[name])}"
        note = spot.finding("note", at, message, "如不对，改用 lianpu template --survey 的表")
        result.findings += [
            spot.finding("note", r.address, f"“同上”按“{r.label}”的“{show(r.value)[:40]}”读取", "请核对", r.label)
            for r in form.remarks
        ]
        result.findings[:0] = [note, *about_columns(reader, row.number)]
        results += reader.results
    return results


def _pattern(skip: str) -> str:
    return ".*".join(re.escape(part) for part in norm(skip).split("*"))


def _first_text(row: RawRow) -> str:
    return norm(show(next(c for c in row.cells if c is not None)))
