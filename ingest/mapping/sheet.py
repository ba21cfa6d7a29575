"""A whole sheet, or the forms on it, read by a mapping."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from graph.schema.kinds import Schema
from graph.text import norm
from ingest.finding import Finding
from ingest.mapping.binding import Place, bind, locate, suits, year_in
from ingest.mapping.form import Form
from ingest.mapping.mapping import Mapping, TableMapping, alternatives, base_kind
from ingest.mapping.rows import About, MappedReader
from ingest.readers.base import RawRow, RawSheet
from ingest.table.cells import show
from ingest.table.header import HEADER_DEPTH, HEADER_WITHIN, said, title_unit
from ingest.table.layout import Merges, Rows, title_in
from ingest.table.rows import SheetResult, Spot


def titles(raw: RawSheet, rows: Sequence[RawRow], first: int) -> list[str]:
    """The lines over a table that begins in row `first`, and the name of its sheet."""
    over = (" ".join(show(c) for c in r.cells if c is not None) for r in rows if r.number < first)
    return [raw.name, *raw.above, *over]


def about(raw: RawSheet, over: Sequence[RawRow], file: str) -> About:
    """The money unit and the year that the title states; the year else from the sheet's or the file's name."""
    lines = titles(raw, over, 1 << 30)[1:]
    stem = file.rpartition("/")[2].rpartition(".")[0]
    return About(title_unit(lines), year_in(lines) or year_in([raw.name]) or year_in([stem]))


class SheetReader:
    """Reads a sheet by a mapping; a second table below the first may be another of its tables.

    `note` tells how the sheet is read; {name} and {kinds} stand for the mapping and what it gives.
    """

    def __init__(self, raw: RawSheet, schema: Schema, spot: Spot, mapping: Mapping, note: str) -> None:
        self.raw, self.schema, self.spot, self.mapping, self.note = raw, schema, spot, mapping, note
        self.tables = [t for t in mapping.tables if suits(t, raw.name)]
        self.words = frozenset(said(w) for t in self.tables for k in t.columns for w in (k, *alternatives(k)))

    def read(self, place: Place) -> list[SheetResult]:
        """The results of all tables on the sheet, the first of which begins with this header."""
        rows, merges = Rows(iter(self.raw.rows)), Merges(self.raw.merges)
        over = [r for r in rows.peek(HEADER_WITHIN) if r.number < place.first]
        around = about(self.raw, over, self.spot.file)
        reader = self._open(place, around)
        results = reader.results
        for row in rows:
            filled = merges.fill(row)
            if row.number <= place.row:
                continue
            if again := self._header_here(row, rows, reader):
                reader.close()
                place, reader = again, self._open(again, around)
                results = results + reader.results
            elif any(re.fullmatch(_pattern(p), _first_text(row)) for p in reader.binding.table.skip):
                reader.skip(row, "按映射的 skip")
            elif title_in(row, len(reader.header.columns), merges, rows.peek(1), self.words) is not None:
                reader.skip(row, reader.is_no_data(row) or "分段或另一张表的标题")
            else:
                reader.take(row, filled)
        reader.close()
        return results

    def _header_here(self, row: RawRow, rows: Rows, reader: MappedReader) -> Place | None:
        texts = [c for c in row.cells if c is not None]
        known = sum(isinstance(c, str) and said(c) in self.words for c in texts)
        if known < 2 or 2 * known < len(texts) or reader.is_header_again(row):
            return None
        block = [row, *rows.peek(HEADER_DEPTH)]
        fits = [p for t in self.tables if (p := locate(block, t, self.schema)) and p.first == row.number]
        return max(fits, key=lambda p: len(p.binding.keys), default=None)

    def _open(self, place: Place, around: About) -> MappedReader:
        reader = MappedReader(place, self.schema, self.spot, around)
        kinds = "、".join(dict.fromkeys(base_kind(p.record) for p in reader.plans.plans))
        message = self.note.format(name=self.mapping.name, kinds=kinds)
        hint = "如不对，用 lianpu map 生成映射，改好后用 --map 导入"
        reader.result.findings.append(self.spot.finding("note", "", message, hint))
        if self.raw.hidden:
            hidden = self.spot.finding("note", "", "这是隐藏的工作表，已照常读取", "不需要请删除该表")
            reader.result.findings.append(hidden)
        reader.result.findings += [self.spot.finding("note", "", m, h) for m, h in self.raw.notes]
        reader.result.findings += about_columns(reader, self.spot, place.row)
        return reader


def about_columns(reader: MappedReader, spot: Spot, row: int) -> Iterator[Finding]:
    """What there is to say about the columns: not there, not known, not to be used for want of another."""
    main = set(reader.plans.plans[0].positions())
    table = reader.binding.table
    if not any("|" in key for key in table.columns):  # a mapping of many alternatives expects few
        for key in reader.binding.missing:
            message, hint = f"映射中的列“{key}”在表中没有", "检查列名是否改过；不再需要就从映射中删去"
            yield spot.finding("warning", f"A{max(1, row)}", message, hint, key)
    for plan, lacking in reader.plans.left_out:
        own = [p for p in dict.fromkeys(plan.positions()) if p not in main and p in reader.extras]
        if own:
            named = "、".join(reader.binding.captions[p] for p in own)
            message = f"缺少“{'、'.join(lacking)}”，“{named}”不能写入{base_kind(plan.record)}，作为附加列保留"
            hint = f"在表中加上“{'、'.join(lacking)}”列（年份也可写在标题或文件名里）"
            yield spot.finding("warning", reader.address(own[0], row), message, hint, named)
    if reader.plans.year:
        message = f"没有“年份”列，按标题中的 {reader.plans.year} 年记录"
        yield spot.finding("note", "", message, "如不对，在表中加一列“年份”", "年份")
    told = {p for plan, _ in reader.plans.left_out for p in plan.positions()}
    for place, caption in sorted(reader.extras.items()):
        if place not in told:
            message = f"不认识的列“{caption}”，作为附加列保留"
            at = reader.address(place, row)
            yield spot.finding("note", at, message, "附加列可查看和导出，不参与计算", caption)


def read_forms(
    forms: Sequence[Form], table: TableMapping, schema: Schema, spot: Spot, around: About
) -> list[SheetResult]:
    """Each form as one row of the survey."""
    results: list[SheetResult] = []
    for form in forms:
        place = Place(1, 1, bind(form.stacks(), table), [])
        reader = MappedReader(place, schema, spot, About(around.unit, around.year, form.addresses))
        name = next(p for p, k in place.binding.keys.items() if any(t.caption == "名称" for t in table.columns[k]))
        number = int(re.sub(r"\D", "", form.addresses[name]))
        row = RawRow(number, list(form.values))
        if reason := reader.is_no_data(row):
            reader.result.skipped += 1
            at = form.addresses[name]
            reader.result.findings.append(spot.finding("note", at, f"{reason}，已跳过", "不是数据则不必处理"))
        else:
            reader.take_record(row, form.rows)
        said_ = f"一页一家的表单，按企业调查表读取：{show(form.values[name])}"
        note = spot.finding("note", form.addresses[name], said_, "如不对，改用 lianpu template --survey 的表")
        reader.result.findings[:0] = [note, *about_columns(reader, spot, number)]
        results += reader.results
    return results


def _pattern(skip: str) -> str:
    return ".*".join(re.escape(part) for part in norm(skip).split("*"))


def _first_text(row: RawRow) -> str:
    return norm(show(next(c for c in row.cells if c is not None)))
