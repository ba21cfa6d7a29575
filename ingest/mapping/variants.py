"""What the cells of a row say for one of its records, once for each thing that a cell lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from graph.schema.kinds import Column
from graph.schema.types.flag import FALSE, TRUE
from graph.text import norm, split
from ingest.mapping.binding import Binding
from ingest.mapping.mapping import OUTSIDE, base_kind
from ingest.mapping.plan import RecordPlan, RowPlan
from ingest.readers.base import Cell
from ingest.table.cells import is_blank, meaning, show
from ingest.table.no_value import is_placeholder
from ingest.table.parties import Party, parties, pieces

_LEVELS = ("国家级", "省级", "市级", "县级", "区级", "国家", "省", "市", "县")
Cells = Sequence[Cell]  # of a row, by position
Variant = dict[str, Cell]  # our caption -> what the row says for it


class SupplyCell(NamedTuple):
    """A firm from elsewhere and the segment that it supplies."""

    party: Party
    segment: str


class Variants:
    """Takes rows apart by the plan of a mapped table: each firm that a cell lists, each difficulty."""

    def __init__(self, binding: Binding, row: RowPlan) -> None:
        self.binding, self.table, self.row = binding, binding.table, row
        self._main_positions = set(row.main.positions())

    def of(self, plan: RecordPlan, cells: Cells) -> Iterator[Variant]:
        """What a row says for one record, once for each record of it."""
        variant = {c: self._cell(plan, c, cells) for c in plan.captions}
        for caption, constant in plan.constants.items():
            if is_blank(variant.get(caption)):
                variant[caption] = constant
        if base_kind(plan.record) == OUTSIDE and "外部来源" not in plan.cells:
            yield from self._outside(variant, cells)
        elif plan is self.row.main or plan.is_wanted(variant):
            yield from self._each(plan, variant, cells)

    def _each(self, plan: RecordPlan, variant: Variant, cells: Cells) -> Iterator[Variant]:
        """A variant for each thing that a cell lists."""
        for caption, positions in plan.cells.items():
            key, column = self.binding.keys[positions[0]], plan.column(caption)
            if is_blank(variant[caption]) or column.several or column.value_type.is_flag:
                continue
            if key in self.table.parties and column.value_type.refers:
                yield from self._parties(plan, caption, variant, cells)
                return
            if key in self.table.splits:
                items = pieces(show(variant[caption]), self.table.splits[key])
                yield from ({**variant, caption: item} for item in items)
                return
        yield variant

    # -- one cell ---------------------------------------------------------------------------------

    def _cell(self, plan: RecordPlan, caption: str, cells: Cells) -> Cell:
        positions, column = plan.cells.get(caption, []), plan.column(caption)
        filled = [c for p in positions if not is_blank(c := self._meant(p, cell_at(cells, p), column))]
        cell: Cell = filled[0] if len(filled) == 1 else "、".join(map(show, filled)) or None
        if cell is None or not positions or (is_placeholder(cell) and not column.value_type.is_flag):
            return None
        if self._names_or_flags(positions[0]):
            is_flag = norm(show(cell)).upper() in TRUE | FALSE
            if column.value_type.is_flag:
                return cell if is_flag else "是"
            return None if is_flag else self._full_name(plan, positions[0], show(cell), cells)
        # A row of several chains does not say which of them its need is of.
        several = column.value_type.refers and not column.list and len(split(show(cell))) > 1
        unclear = several and plan is not self.row.main and positions[0] in self._main_positions
        return None if unclear else cell

    def _meant(self, position: int, cell: Cell, column: Column) -> Cell:
        """What a cell means by the mapping; in a list each of its words."""
        words = self.table.values.get(self.binding.keys.get(position, ""))
        if not words or is_blank(cell):
            return cell
        whole = meaning(cell, words)
        if whole != cell or not column.several:
            return whole
        return "、".join(show(meaning(item, words)) for item in split(show(cell))) or cell

    def _cell_or_constant(self, plan: RecordPlan, caption: str, cells: Cells) -> Cell:
        cell = self._cell(plan, caption, cells)
        return plan.constants.get(caption) if is_blank(cell) else cell

    def _names_or_flags(self, position: int) -> bool:
        """Whether a column may hold a name or yes and no: 研发机构."""
        columns = (p.column(c) for p in self.row.records for c, at in p.cells.items() if position in at)
        return len({column.value_type.is_flag for column in columns}) == 2

    def _full_name(self, plan: RecordPlan, position: int, name: str, cells: Cells) -> str:
        """A name that is a mere word (研发中心) is that of the row's firm."""
        words = self.table.generic.get(self.binding.keys[position], ())
        bare = norm(name)
        bare = next((bare.removeprefix(level) for level in _LEVELS if bare.startswith(level)), bare)
        if bare not in words and norm(name) not in words:
            return name
        main = self.row.main
        named = next((c.caption for c in main.sheet.names), "")
        return f"{show(self._cell(main, named, cells))}{name}" if plan is not main else name

    # -- firms in cells ---------------------------------------------------------------------------

    def _parties(self, plan: RecordPlan, caption: str, variant: Variant, cells: Cells) -> Iterator[Variant]:
        """One variant for each firm in a cell, but for those that stand as outside sources."""
        supplying = plan.column(caption).end == "source"
        elsewhere = {supply.party for supply in self._outside_supplies(cells)} if supplying else set()
        for party in parties(show(variant[caption]), self._home(cells)):
            if party not in elsewhere:
                about = {"内容": party.what, "环节": party.what, "占比": party.share}
                yield {**variant, caption: party.name, **{c: about[c] for c in plan.by_party if about.get(c)}}

    def _outside(self, variant: Variant, cells: Cells) -> Iterator[Variant]:
        for party, segment in self._outside_supplies(cells):
            share = party.share or variant.get("占比")
            yield {**variant, "外部来源": party.name, "环节": segment, "占比": share}

    def _outside_supplies(self, cells: Cells) -> list[SupplyCell]:
        """Suppliers that a row says are from elsewhere, with the segment that they supply; where it says one."""
        plan = next((p for p in self.row.records if base_kind(p.record) == OUTSIDE), None)
        if plan is None or "外部来源" in plan.cells or is_blank(self._cell_or_constant(plan, "产业链", cells)):
            return []
        segments = split(show(self._cell_or_constant(plan, "环节", cells)))
        outside = [p for p in self._suppliers(cells) if p.outside]
        supplies: list[SupplyCell] = []
        for number, party in enumerate(outside):
            if len(segments) == len(outside):
                supplies.append(SupplyCell(party, segments[number]))
            elif len(segments) == 1 or len(outside) == 1:
                supplies += [SupplyCell(party, segment) for segment in segments or [party.what or ""] if segment]
            elif party.what:
                supplies.append(SupplyCell(party, party.what))
        return supplies

    def _suppliers(self, cells: Cells) -> Iterator[Party]:
        for plan in self.row.records:
            for caption, positions in plan.cells.items():
                if self.binding.keys[positions[0]] in self.table.parties and plan.column(caption).end == "source":
                    yield from parties(show(self._cell(plan, caption, cells)), self._home(cells))

    def _home(self, cells: Cells) -> str:
        main = self.row.main
        return show(self._cell_or_constant(main, "县市区", cells)) if "县市区" in main.captions else ""


def cell_at(cells: Cells, position: int) -> Cell:
    """The cell at a position; a row may be shorter."""
    return cells[position] if position < len(cells) else None
