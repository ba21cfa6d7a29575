"""What a change does to the graph, from the rows that it touches: those that are new or gone, all that names them,
and all by which those names are told.

`project` over these rows alone, without and with the change, differs exactly as `project` over all rows would.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from graph.ledger.batch import RowChange
from graph.model import Edge, Node, Record, Waiting
from graph.projection.decisions import SHEET
from graph.projection.draft import Draft
from graph.projection.mentions import COUNTY, FIRM, Mentions, forms, key_of
from graph.projection.project import drafted
from graph.projection.result import Projection
from graph.projection.scope import Listed, Scope
from graph.projection.settled import OUTSIDE
from graph.schema.kinds import Column, Kind
from graph.text import norm

T = TypeVar("T", Node, Edge)
Wanted = tuple[str, str]  # why names must be known: "names" a kind, "defines" a kind, "states" a relation, "nothing"


@dataclass(frozen=True, slots=True)
class Update:
    """The rows that were read, and what they come to before and after the change."""

    rows: Mapping[int, Record]
    before: Draft
    after: Draft

    def waits(self) -> dict[int, list[Waiting]]:
        """What waits now, by row, of the rows of which something else waits than before."""
        before, after = waits_of(self.before), waits_of(self.after)
        rows = before.keys() | after.keys()
        return {seq: list(after.get(seq, ())) for seq in rows if before.get(seq) != after.get(seq)}

    def whole(self, whole: Projection) -> Projection:
        """The projection of everything after the change, from the one before it; without remarks."""
        before, after = self.before.out, self.after.out
        waits = self.waits()
        waiting = [w for w in whole.waiting if w.record not in waits]
        gone = {a.other for a in before.alike}
        alike = [*(a for a in whole.alike if a.other not in gone), *after.alike]
        return Projection(
            _moved(whole.nodes, before.nodes, after.nodes),
            _moved(whole.edges, before.edges, after.edges),
            waiting + [w for of_row in waits.values() for w in of_row],
            alike=sorted(alike, key=lambda a: a.other),
            decisions=whole.decisions.moved(before.decisions, after.decisions),
        )


def update(change: RowChange, listed: Listed, mentions: Mentions, most: int) -> Update:
    """Project what a change touches. `listed` gives (key, row) for the visible rows listed under some keys.

    Raises TooWide where that takes more than `most` rows.
    """
    scope, schema = Scope(change, listed, mentions, most), mentions.schema
    while True:
        scope.gather()
        rows = scope.rows
        before = drafted((r for seq, r in rows.items() if seq not in change.fresh), schema)
        after = drafted((r for seq, r in rows.items() if seq not in change.gone), schema)
        if not Growth(scope, before, after).grow():
            return Update(rows, before, after)


class Growth:
    """What must be read besides, once it is known what the rows come to before and after."""

    def __init__(self, scope: Scope, before: Draft, after: Draft) -> None:
        self._scope, self._sides = scope, (before, after)
        self._schema, self._mentions = scope.schema, scope.mentions
        self._grown = False
        self._sought: dict[Wanted, set[int]] = defaultdict(set)  # keys
        self._wanted: dict[Wanted, set[int]] = defaultdict(set)  # rows
        self._columns: dict[tuple[str, Wanted], tuple[Column, ...]] = {}
        self._names: dict[str, dict[str, set[str]]] = {}
        for kind in self._schema.kinds:
            names: dict[str, set[str]] = defaultdict(set)
            for side in self._sides:
                for form, bearers in side.known.names[kind].normal.items():
                    for node in bearers:
                        names[node].add(form)
            self._names[kind] = names

    def grow(self) -> bool:
        """Take in the rows that name what means something else now, or state what differs; whether there are more."""
        size = len(self._scope.rows)
        before, after = self._sides
        self._users()
        for kind in self._schema.kinds:
            for node in _differing(before.out.nodes.get(kind, {}), after.out.nodes.get(kind, {})):
                self._stating_node(node)
        for relation in self._schema.relations:
            for edge in _differing(before.out.edges.get(relation, {}), after.out.edges.get(relation, {})):
                self._stating_edge(edge)
        self._scope.rows_under(set().union(*self._sought.values()))
        for wanted, keys in self._sought.items():
            self._wanted[wanted] |= self._scope.rows_under(keys)
        for wanted, seqs in self._wanted.items():
            for seq in seqs:
                self._resolve(seq, wanted)
        about = [side.known.entity for side in self._sides]
        moved = {seq for seq in about[0].keys() | about[1].keys() if about[0].get(seq) != about[1].get(seq)}
        waits, waited = waits_of(before), waits_of(after)
        moved |= {seq for seq in waits.keys() | waited.keys() if waits.get(seq) != waited.get(seq)}
        moved |= self._placed_otherwise()
        for seq in moved:
            self._grown |= self._scope.resolve_all(seq)
        return self._grown or len(self._scope.rows) > size

    def _placed_otherwise(self) -> set[int]:
        """The rows about firms that are outside on one side only: what they say of segments counts differently there."""
        old, new = (side.out.nodes.get(FIRM, {}) for side in self._sides)
        firms = [(old[i], new[i]) for i in old.keys() & new.keys()]
        return {
            seq
            for pair in firms
            if len({node.values.get("state") == OUTSIDE for node in pair}) > 1
            for node in pair
            for seq in node.records
            if self._scope.rows[seq].kind == FIRM
        }

    def _resolve(self, seq: int, wanted: Wanted) -> None:
        sheet = self._scope.rows[seq].kind
        columns = self._columns.get((sheet, wanted))
        if columns is None:
            columns = self._columns[sheet, wanted] = tuple(self._naming(sheet, wanted))
        for column in columns:
            self._grown |= self._scope.resolve(seq, column)

    def _naming(self, caption: str, wanted: Wanted) -> Iterator[Column]:
        """The columns of a sheet that name, define or state this; all of a decision and of a row about a relation."""
        sheet = self._schema.sheets[caption]
        everything = caption == SHEET or not isinstance(sheet, Kind)
        for column in sheet.columns if everything else (*sheet.columns, *sheet.common):
            if everything or _is_wanted(column, wanted):
                yield column

    def _users(self) -> None:
        """Rows that name something that means something else now."""
        before, after = (side.known for side in self._sides)
        for kind in self._schema.kinds:
            exact = {norm(name) for name, _ in before.names[kind].exact.items() ^ after.names[kind].exact.items()}
            known = before.names[kind].normal.keys() | after.names[kind].normal.keys()
            moved = {f for f in known if f in exact or before.meaning(kind, f) != after.meaning(kind, f)}
            self._sought["names", kind] |= self._keys(self._mentions.naming[kind], kind, moved)

    @staticmethod
    def _keys(sheets: Iterable[str], kind: str, names: Iterable[str]) -> set[int]:
        """Where the rows of these sheets are listed that name one of these."""
        sought = {form for name in names for form in forms(name)}
        return {key_of(sheet, kind, form) for sheet in sheets for form in sought}

    def _stating_node(self, node: Node) -> None:
        """Every row that states a node: those about it are in, or come with its edge; now those that name it in passing,
        and those of its years, against which what its own row states is held."""
        names = self._names[node.kind].get(node.id, set())
        self._sought["defines", node.kind] |= self._keys(self._mentions.defining[node.kind], node.kind, names)
        self._sought["nothing", ""] |= self._keys(self._mentions.owned[node.kind], node.kind, names)

    def _owned(self, node: Node) -> None:
        """The rows about a thing that is known by whose it is, whatever they call that."""
        kind = self._schema.kinds[node.kind]
        owner = self._mentions.owner(kind)
        if owner is None or kind.sheet is None:
            return
        for record in (self._scope.rows[seq] for seq in node.records):
            sheet = self._schema.sheets[record.kind]
            if record.kind == kind.sheet:
                mentions = self._mentions.named(record, owner)
            else:  # an honour that the row of a firm states
                assert isinstance(sheet, Kind)
                mentions = set(self._mentions.own(record, sheet))
            for of, name in mentions:
                nodes = {n for side in self._sides for n in side.known.names[of].normal.get(name, ())}
                names = {name}.union(*(self._names[of].get(n, set()) for n in nodes))
                self._sought["nothing", ""] |= self._keys([kind.sheet], of, names)

    def _stating_edge(self, edge: Edge) -> None:
        """Every row that states an edge: of the sheet of its relation, or about its source."""
        relation, source = self._schema.relations[edge.relation], self._schema.kinds[edge.source_kind]
        wanted = ("states", edge.relation)
        names = self._names[source.caption].get(edge.source, set())
        sheets = [s for s in (relation.sheet, source.sheet, SHEET) if s]
        self._sought[wanted] |= self._keys(sheets, source.caption, names)
        for side in self._sides:
            if node := side.out.nodes.get(source.caption, {}).get(edge.source):
                self._owned(node)
                self._wanted[wanted].update(node.records)


def _is_wanted(column: Column, wanted: Wanted) -> bool:
    what, of = wanted
    if what == "names":
        return of in column.to or of == column.caption == COUNTY
    if what == "defines":
        return column.defines and of in column.to
    return what == "states" and (column.relation == of or of in {rule.relation for rule in column.edges})


Things = Mapping[str, Mapping[str, T]]


def _moved(whole: Things[T], before: Things[T], after: Things[T]) -> dict[str, dict[str, T]]:
    """All things of each sort, with what differs between some before and after; what stays is shared."""
    moved: dict[str, dict[str, T]] = defaultdict(dict, whole)  # type: ignore[arg-type]  # replaced below, never changed
    for sort in before.keys() | after.keys():
        old, new = before.get(sort, {}), after.get(sort, {})
        if old != new:
            kept = dict(whole.get(sort, {}))
            for ident in old.keys() | new.keys():
                if ident not in new:
                    del kept[ident]
                elif old.get(ident) != new[ident]:
                    kept[ident] = new[ident]
            moved[sort] = kept
    return moved


def waits_of(side: Draft) -> Mapping[int, list[Waiting]]:
    """What waits, by row."""
    waits: dict[int, list[Waiting]] = defaultdict(list)
    for waiting in side.out.waiting:
        waits[waiting.record].append(waiting)
    return waits


def _differing(before: Mapping[str, T], after: Mapping[str, T]) -> Iterator[T]:
    for ident, thing in before.items():
        other = after.get(ident)
        if other is None:
            yield thing
        elif other != thing:
            yield thing
            yield other
    yield from (thing for ident, thing in after.items() if ident not in before)
