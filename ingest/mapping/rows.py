"""Rows of somebody's own table, read by a mapping: one row gives several records, or is rejected whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from graph.errors import LianpuError
from graph.ledger.ledger import RowEntry, row_digest
from graph.schema.kinds import Schema
from graph.text import norm, split
from ingest.finding import Finding, column_letter
from ingest.mapping.binding import Binding, Place
from ingest.mapping.mapping import OUTSIDE, base_kind, is_list
from ingest.mapping.plan import Plan, Plans, plans_of, targets_of
from ingest.readers.base import Cell, RawRow
from ingest.table.cells import FALSE, TRUE, is_blank, show
from ingest.table.header import Header, Recognised
from ingest.table.parties import Party, parties, pieces
from ingest.table.rows import RowReader, SheetResult, Spot

_LEVELS = ("国家级", "省级", "市级", "县级", "区级", "国家", "省", "市", "县")
Said = dict[str, Cell]  # our caption -> what the row says for it


@dataclass(frozen=True, slots=True)
class About:
    """What stands around a table: the money unit and the year of its title, and addresses when it is a form."""

    unit: str | None = None
    year: int | None = None
    addresses: Sequence[str] = ()


class Lacking(LianpuError):
    """What a table is about cannot be read for want of a column."""

    code = "lacking_columns"

    def __init__(self, record: str, lacking: Sequence[str], where: str) -> None:
        said = f"缺少“{'、'.join(lacking)}”，不能写入“{record}”"
        super().__init__(said, "加上这些列，或在映射的 constants 里写固定值（年份也可写在标题里）", where)


class _RecordReader(RowReader):
    """Validates one record of a row; what it finds carries our captions, not yet the row's addresses."""

    def __init__(self, plan: Plan, binding: Binding, unit: str | None, extras: Sequence[str], spot: Spot) -> None:
        columns = dict(enumerate(plan.column(c) for c in plan.captions))
        units = {
            i: binding.units[p]
            for i, c in enumerate(plan.captions)
            for p in plan.cells.get(c, [])[:1]
            if p in binding.units
        }
        header = Header(0, 0, columns, units, dict(enumerate(extras, len(columns))), title_unit=unit)
        super().__init__(Recognised(plan.sheet, header), spot, SheetResult(plan.sheet.sheet or "", spot.sheet))

    def read(self, number: int, cells: list[Cell]) -> tuple[dict[str, Any], list[Finding], list[Finding]]:
        """Values, faults, and what else there is to say."""
        values, faults = self._values(RawRow(number, cells))
        said, self.result.findings = self.result.findings, []
        return values, faults, said


class MappedReader(RowReader):
    """Reads the rows of one mapped table. `results` has one entry for each record that a row may give."""

    def __init__(self, place: Place, schema: Schema, spot: Spot, about: About) -> None:
        self.binding, self.about = place.binding, about
        self.plans: Plans = plans_of(place.binding, schema, about.year)
        for plan, lacking in self.plans.left_out:
            if plan.record == place.binding.table.kinds[0]:
                raise Lacking(plan.record, lacking, f"{spot.sheet}!A{place.row}")
        main = self.plans.plans[0]
        used = {p for plan in self.plans.plans for p in plan.positions()}
        self.extras = {p: c for p, c in place.binding.captions.items() if p not in used | place.binding.serial}
        self.extras |= {p: c for p, c in place.binding.extras.items() if p in self.extras}
        first = SheetResult(main.sheet.sheet or "", spot.sheet, places=self._places(main))
        super().__init__(Recognised(main.sheet, self._header(place, main)), spot, first)
        self.results = [first] + [
            SheetResult(p.sheet.sheet or "", spot.sheet, header=self.header, places=self._places(p), derived=True)
            for p in self.plans.plans[1:]
        ]
        first.header = self.header
        kept = list(self.extras.values())
        self.readers = [
            _RecordReader(p, self.binding, self.binding.table.unit or about.unit, kept if p is main else (), spot)
            for p in self.plans.plans
        ]

    # -- where things stand -----------------------------------------------------------------------

    def address(self, position: int, row: int) -> str:
        """The address within the sheet of a cell of a row."""
        return self.about.addresses[position] if self.about.addresses else f"{column_letter(position)}{row}"

    def _position(self, plan: Plan, caption: str) -> int:
        """Where what fills a caption stands; a constant stands with the name."""
        if places := plan.cells.get(caption) or [p for p, c in self.extras.items() if c == caption]:
            return places[0]
        listed = (p for p, k in sorted(self.binding.keys.items()) if k in self.binding.table.parties)
        named = next(self.plans.plans[0].positions(), 0)
        return next(listed, named) if caption in plan.told else named

    def _places(self, plan: Plan) -> dict[str, str]:
        found = {c: self._position(plan, c) for c in plan.captions}
        return {c: self.address(p, 0) if self.about.addresses else column_letter(p) for c, p in found.items()}

    def _header(self, place: Place, main: Plan) -> Header:
        """The header with its columns where they really are, by which rows that are no data are known."""
        own = {p: main.column(c) for c, places in main.cells.items() for p in places}
        others = {p: plan.column(c) for plan in self.plans.plans for c, places in plan.cells.items() for p in places}
        columns = {**{p: c for p, c in others.items() if p not in own}, **own}  # of one caption the last counts
        captions = place.binding.captions
        return Header(place.first, place.row, columns, extras=captions, serial=place.binding.serial, texts=place.texts)

    # -- rows -------------------------------------------------------------------------------------

    def take(self, row: RawRow, filled: Mapping[int, int]) -> None:
        """Skip, reject or accept one row with all its records."""
        if reason := self.is_no_data(row):
            self.skip(row, reason)
            return
        if filled:
            self._unmerge_numbers(row, filled)
        if row.hidden:
            self.hidden.append(row.number)
        self.take_record(row)

    def take_record(self, row: RawRow, raw: Mapping[int, list[Cell]] | None = None) -> None:
        """Reject or accept a row. `raw`: what to show of it when rejected, if not its own cells."""
        made, faults, said = self._records(row)
        self.result.findings += faults or said
        if faults:
            self.result.rejected += 1
            self.result.raw |= raw or {row.number: row.cells}
            return
        values = made[0][1]
        as_of, grade = values.pop("数据日期", None), values.pop("可信度", "B")
        source: dict[str, Any] = {c: values[c] for c in ("来源", "来源网址") if c in values}
        digest = row_digest(
            {"记录": [[self.plans.plans[i].record, v] for i, v in made], "数据日期": as_of, "可信度": grade}
        )
        for index, found in made:
            own = found if index == 0 else {**source, **found}
            dated, graded = own.pop("数据日期", as_of), own.pop("可信度", grade)
            self.results[index].accepted.append(RowEntry(row.number, own, dated, graded, digest))

    def _records(self, row: RawRow) -> tuple[list[tuple[int, dict[str, Any]]], list[Finding], list[Finding]]:
        made: list[tuple[int, dict[str, Any]]] = []
        faults: dict[tuple[str, str], Finding] = {}
        said: dict[tuple[str, str], Finding] = {}
        silent: set[int] = set()
        shared: set[int] = set()
        for index, (plan, reader) in enumerate(zip(self.plans.plans, self.readers, strict=True)):
            variants = list(self._variants(plan, row.cells))
            if not variants:
                silent |= set(plan.positions())
            undivided = _amounts(plan) if len(variants) > 1 else {}
            shared |= {p for places in undivided.values() for p in places}
            for variant in variants:
                cells = [None if c in undivided else variant.get(c) for c in plan.captions]
                cells += [_at(row.cells, p) for p in self.extras] if index == 0 else []
                values, wrong, remarks = reader.read(row.number, cells)
                made.append((index, values))
                for kept, found in ((faults, wrong), (said, remarks)):
                    placed = [self._placed(f, plan, row.number) for f in found]
                    kept.update({(f.where, f.message): f for f in placed})
        if made:
            read = {p for i, _ in made for p in self.plans.plans[i].positions()}
            lost = "“{}”有内容，但这一行没有对应的{}，作为附加列保留", "补填同一行的名称后重新导入"
            self._keep_unused(row, silent - read, lost, made[0][1], said)
            whole = "“{}”是这一行几项{}合计的，不知道各占多少，作为附加列保留", "分行填写：一行一项"
            self._keep_unused(row, shared, whole, made[0][1], said)
        return made, list(faults.values()), list(said.values())

    def _placed(self, finding: Finding, plan: Plan, row: int) -> Finding:
        at = self.address(self._position(plan, finding.field or ""), row)
        return replace(finding, where=f"{self.spot.sheet}!{at}")

    def _keep_unused(
        self, row: RawRow, places: set[int], why: tuple[str, str], values: dict[str, Any],
        said: dict[tuple[str, str], Finding],
    ) -> None:  # fmt: skip
        """A cell that no record takes (a budget without a need, or one for several needs) is kept, and told."""
        for place in sorted(places):
            if is_blank(_at(row.cells, place)):
                continue
            caption, text = self.binding.captions.get(place, ""), show(_at(row.cells, place)).strip()
            if norm(text).upper() in FALSE:
                continue
            values.setdefault("附加列", {})[caption] = text
            at = self.address(place, row.number)
            kind = base_kind(targets_of(self.binding, place)[0].record)
            message = why[0].format(caption, kind)
            note = self.spot.finding("warning", at, message, why[1], caption, text)
            said[note.where, message] = note

    # -- what a row says for a record -------------------------------------------------------------

    def _variants(self, plan: Plan, cells: Sequence[Cell]) -> Iterator[Said]:
        """What a row says for one record, once for each record of it."""
        said = {c: self._said(plan, c, cells) for c in plan.captions}
        for caption, constant in plan.constants.items():
            if is_blank(said.get(caption)):
                said[caption] = constant
        if base_kind(plan.record) == OUTSIDE and "外部来源" not in plan.cells:
            yield from self._outside(said, cells)
        elif plan is self.plans.plans[0] or plan.is_wanted(said):
            yield from self._each(plan, said, cells)

    def _each(self, plan: Plan, said: Said, cells: Sequence[Cell]) -> Iterator[Said]:
        """A record for each thing that a cell lists: each firm, each difficulty."""
        table = self.binding.table
        for caption, places in plan.cells.items():
            key, column = self.binding.keys[places[0]], plan.column(caption)
            if is_blank(said[caption]) or is_list(column) or column.type == "bool":
                continue
            if key in table.parties and column.type == "ref":
                yield from self._parties(plan, caption, said, cells)
                return
            if key in table.splits:
                yield from ({**said, caption: item} for item in pieces(show(said[caption]), table.splits[key]))
                return
        yield said

    def _said(self, plan: Plan, caption: str, cells: Sequence[Cell]) -> Cell:
        places, column = plan.cells.get(caption, []), plan.column(caption)
        filled = [c for p in places if not is_blank(c := _at(cells, p))]
        cell: Cell = filled[0] if len(filled) == 1 else "、".join(map(show, filled)) or None
        if cell is None or not places:
            return None
        if self._names_or_flags(places[0]):
            flag = norm(show(cell)).upper() in TRUE | FALSE
            if column.type == "bool":
                return cell if flag else "是"
            return None if flag else self._called(plan, places[0], show(cell), cells)
        # A row of several chains does not say which of them its need is of.
        several = column.type == "ref" and not column.list and len(split(show(cell))) > 1
        return None if several and plan is not self.plans.plans[0] and self._is_shared(places[0]) else cell

    def _names_or_flags(self, place: int) -> bool:
        """Whether a column may hold a name or yes and no: 研发机构."""
        types = {p.column(c).type == "bool" for p in self.plans.plans for c, at in p.cells.items() if place in at}
        return len(types) == 2

    def _is_shared(self, place: int) -> bool:
        return place in set(self.plans.plans[0].positions())

    def _called(self, plan: Plan, place: int, name: str, cells: Sequence[Cell]) -> str:
        """A name that is a mere word (研发中心) is that of the row's firm."""
        words = self.binding.table.generic.get(self.binding.keys[place], ())
        bare = norm(name)
        bare = next((bare.removeprefix(level) for level in _LEVELS if bare.startswith(level)), bare)
        if bare not in words and norm(name) not in words:
            return name
        main = self.plans.plans[0]
        named = next((c.caption for c in main.sheet.columns if c.type == "name"), "")
        return f"{show(self._said(main, named, cells))}{name}" if plan is not main else name

    # -- firms in cells ---------------------------------------------------------------------------

    def _parties(self, plan: Plan, caption: str, said: Said, cells: Sequence[Cell]) -> Iterator[Said]:
        """One record for each firm in a cell, but for those that stand as outside sources."""
        supplying = plan.column(caption).end == "source"
        gone = {p for p, _ in self._sources(cells)} if supplying else set()
        for party in parties(show(said[caption]), self._home(cells)):
            if party not in gone:
                told = {"内容": party.what, "环节": party.what, "占比": party.share}
                yield {**said, caption: party.name, **{c: told[c] for c in plan.told if told.get(c)}}

    def _outside(self, said: Said, cells: Sequence[Cell]) -> Iterator[Said]:
        for party, segment in self._sources(cells):
            yield {**said, "外部来源": party.name, "环节": segment, "占比": party.share or said.get("占比")}

    def _sources(self, cells: Sequence[Cell]) -> list[tuple[Party, str]]:
        """Suppliers that a row says are from elsewhere, with the segment that they supply; where it says one."""
        plan = next((p for p in self.plans.plans if base_kind(p.record) == OUTSIDE), None)
        if plan is None or "外部来源" in plan.cells or is_blank(self._first(plan, "产业链", cells)):
            return []
        named = split(show(self._first(plan, "环节", cells)))
        found = [p for p in self._suppliers(cells) if p.outside]
        pairs: list[tuple[Party, str]] = []
        for number, party in enumerate(found):
            if len(named) == len(found):
                pairs.append((party, named[number]))
            elif len(named) == 1 or len(found) == 1:
                pairs += [(party, segment) for segment in named or [party.what or ""] if segment]
            elif party.what:
                pairs.append((party, party.what))
        return pairs

    def _first(self, plan: Plan, caption: str, cells: Sequence[Cell]) -> Cell:
        said = self._said(plan, caption, cells)
        return plan.constants.get(caption) if is_blank(said) else said

    def _suppliers(self, cells: Sequence[Cell]) -> Iterator[Party]:
        for plan in self.plans.plans:
            for caption, places in plan.cells.items():
                if self.binding.keys[places[0]] in self.binding.table.parties and plan.column(caption).end == "source":
                    yield from parties(show(self._said(plan, caption, cells)), self._home(cells))

    def _home(self, cells: Sequence[Cell]) -> str:
        main = self.plans.plans[0]
        return show(self._first(main, "县市区", cells)) if "县市区" in main.captions else ""


def _amounts(plan: Plan) -> dict[str, Sequence[int]]:
    """Where the amounts of a record stand: one amount over several records is the amount of none of them."""
    return {c: places for c, places in plan.cells.items() if plan.column(c).type == "money"}


def _at(cells: Sequence[Cell], place: int) -> Cell:
    return cells[place] if place < len(cells) else None
