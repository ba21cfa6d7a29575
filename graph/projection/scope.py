"""The rows that an update must read: what is new or gone, all that names it, and all by which those names are told.

`project` over these rows alone, without and with the change, differs exactly as `project` over all rows would.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple, TypeVar

from graph.model import Edge, Node, Record, Waiting
from graph.projection.decisions import SHEET
from graph.projection.draft import Draft
from graph.projection.mentions import COUNTY, Mentions, forms, key_of
from graph.projection.project import drafted
from graph.projection.result import Projection
from graph.projection.row_change import RowChange
from graph.schema.kinds import Column, Kind
from graph.text import norm

T = TypeVar("T", Node, Edge)
Listed = Callable[[Collection[int]], Iterable[tuple[int, Record]]]


class TooWide(Exception):
    """So many rows hang on a change that reading them all is quicker."""


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


class Scope:
    """Rows, and the columns of each in which names must mean what they mean among all rows."""

    def __init__(self, change: RowChange, listed: Listed, mentions: Mentions, most: int) -> None:
        self.schema, self.mentions = mentions.schema, mentions
        self.rows: dict[int, Record] = {}
        self._listed, self._most = listed, most
        self._under: dict[int, list[int]] = defaultdict(list)  # key -> rows
        self._known: set[int] = set()  # keys whose rows are all here
        self._resolved: dict[int, set[str]] = defaultdict(set)  # row -> captions
        self._queue: list[tuple[int, Column]] = []
        for record in (*change.fresh.values(), *change.gone.values()):
            for key in self.mentions.keys(record):
                self._under[key].append(record.seq)
        for record in (*change.fresh.values(), *change.gone.values()):
            self._take(record)
            self.resolve_all(record.seq)

    # -- rows and columns -------------------------------------------------------------------------

    def rows_under(self, keys: Iterable[int]) -> set[int]:
        """The rows listed under these keys; they are in from now on."""
        wanted = set(keys)
        unknown = wanted - self._known
        if unknown:
            self._known |= unknown
            for key, record in self._listed(unknown):
                if record.seq not in self._under[key]:
                    self._under[key].append(record.seq)
                self._take(record)
        return {seq for key in wanted if key in self._under for seq in self._under[key]}

    def _take(self, record: Record) -> None:
        if record.seq in self.rows:
            return
        if len(self.rows) >= self._most:
            raise TooWide
        self.rows[record.seq] = record
        sheet = self.schema.sheets[record.kind]
        if record.kind == SHEET:
            self.resolve_all(record.seq)
        if isinstance(sheet, Kind):
            for caption in sheet.key:
                self.resolve(record.seq, sheet.by_caption[caption])

    def resolve_all(self, seq: int) -> bool:
        """All names in a row must mean what they mean; whether that is new."""
        sheet = self.schema.sheets[self.rows[seq].kind]
        return sum(self.resolve(seq, column) for column in sheet.columns) > 0

    def resolve(self, seq: int, column: Column) -> bool:
        """The names in a column of a row must mean what they mean; whether that is new."""
        if column.caption in self._resolved[seq] or not (column.value_type.refers or column.caption == COUNTY):
            return False
        self._resolved[seq].add(column.caption)
        self._queue.append((seq, column))
        return True

    # -- what they hang on ------------------------------------------------------------------------

    def gather(self) -> None:
        """Take in every row on which the meaning of names in the rows that are in depends."""
        siblings: set[int] = set()
        while True:
            queue, self._queue = self._queue, []
            fresh = [seq for seq in self.rows if seq not in siblings]
            siblings.update(fresh)
            if not queue and not fresh:
                return
            keys = {key for seq in fresh for key in self._own_keys(self.rows[seq])}
            for seq, column in queue:
                keys.update(self._defining_keys(self.rows[seq], column))
            self.rows_under(keys)
            for seq, column in queue:
                self._follow(self.rows[seq], column)

    def _own_keys(self, record: Record) -> Iterator[int]:
        """Where the rows are listed that are about the same thing, or may be."""
        sheet = self.schema.sheets[record.kind]
        if not isinstance(sheet, Kind):
            return
        for term in self.mentions.own(record, sheet):
            if record.kind == SHEET:
                yield from (key_of(s, *term) for s in self.mentions.defining[term.kind])
            else:
                yield from (key_of(s, *term) for s in (record.kind, *self.mentions.deciding(sheet.caption)))

    def _defining_keys(self, record: Record, column: Column) -> Iterator[int]:
        for term in self.mentions.named(record, column):
            yield from (key_of(sheet, *term) for sheet in self.mentions.defining[term.kind])

    def _follow(self, record: Record, column: Column) -> None:
        """What else must be known for the names in a column."""
        sheet = self.schema.sheets[record.kind]
        for caption in (column.within, column.within_else, COUNTY):
            if caption and caption in sheet.by_caption:
                self.resolve(record.seq, sheet.by_caption[caption])
        if not isinstance(sheet, Kind) or not column.relation or not column.value_type.refers:
            return
        # The last word of all rows about a thing counts.
        for seq in self.rows_under(key_of(record.kind, *t) for t in self.mentions.own(record, sheet)):
            if self.rows[seq].kind == record.kind:
                self.resolve(seq, column)
        if column.acyclic:
            for seq in self.rows_under(key_of(record.kind, *t) for t in self.mentions.named(record, column)):
                self.resolve(seq, column)


class Demand(NamedTuple):
    """Rows that must be read, by where they are listed, and the columns in which their names must be known."""

    keys: set[int]
    wanted: Callable[[Column], bool]


class Growth:
    """What must be read besides, once it is known what the rows come to before and after."""

    def __init__(self, scope: Scope, before: Draft, after: Draft) -> None:
        self._scope, self._sides = scope, (before, after)
        self._schema, self._mentions = scope.schema, scope.mentions
        self._grown = False
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
        demands = list(self._users())
        for kind in self._schema.kinds:
            for node in _differing(before.out.nodes.get(kind, {}), after.out.nodes.get(kind, {})):
                demands += self._stating_node(node)
        for relation in self._schema.relations:
            for edge in _differing(before.out.edges.get(relation, {}), after.out.edges.get(relation, {})):
                demands += self._stating_edge(edge)
        self._scope.rows_under({key for demand in demands for key in demand.keys})
        for demand in demands:
            for seq in self._scope.rows_under(demand.keys):
                self._resolve(seq, demand.wanted)
        about = [side.known.entity for side in self._sides]
        moved = {seq for seq in about[0].keys() | about[1].keys() if about[0].get(seq) != about[1].get(seq)}
        waits, waited = waits_of(before), waits_of(after)
        moved |= {seq for seq in waits.keys() | waited.keys() if waits.get(seq) != waited.get(seq)}
        for seq in moved:
            self._grown |= self._scope.resolve_all(seq)
        return self._grown or len(self._scope.rows) > size

    def _resolve(self, seq: int, wanted: Callable[[Column], bool]) -> None:
        sheet = self._schema.sheets[self._scope.rows[seq].kind]
        if sheet.sheet == SHEET or not isinstance(sheet, Kind):
            self._grown |= self._scope.resolve_all(seq)
            return
        for column in filter(wanted, (*sheet.columns, *sheet.common)):
            self._grown |= self._scope.resolve(seq, column)

    def _users(self) -> Iterator[Demand]:
        """Rows that name something that means something else now."""
        before, after = (side.known for side in self._sides)
        for kind in self._schema.kinds:
            exact = {norm(name) for name, _ in before.names[kind].exact.items() ^ after.names[kind].exact.items()}
            known = before.names[kind].normal.keys() | after.names[kind].normal.keys()
            moved = {f for f in known if f in exact or before.meaning(kind, f) != after.meaning(kind, f)}
            if keys := self._keys(self._mentions.naming[kind], kind, moved):
                yield Demand(keys, partial(_may_name, kind))

    @staticmethod
    def _keys(sheets: Iterable[str], kind: str, names: Iterable[str]) -> set[int]:
        """Where the rows of these sheets are listed that name one of these."""
        sought = {form for name in names for form in forms(name)}
        return {key_of(sheet, kind, form) for sheet in sheets for form in sought}

    def _stating_node(self, node: Node) -> Iterator[Demand]:
        """Every row that states a node: those about it are in; now those that name it in passing."""
        yield from self._owned(node)
        names = self._names[node.kind].get(node.id, set())
        if keys := self._keys(self._mentions.defining[node.kind], node.kind, names):
            yield Demand(keys, partial(_defines, node.kind))

    def _owned(self, node: Node) -> Iterator[Demand]:
        """The rows about a thing that is known by whose it is, whatever they call that."""
        kind = self._schema.kinds[node.kind]
        owner = self._mentions.owner(kind)
        if owner is None or kind.sheet is None:
            return
        keys: set[int] = set()
        for record in (self._scope.rows[seq] for seq in node.records):
            sheet = self._schema.sheets[record.kind]
            if record.kind == kind.sheet:
                terms = self._mentions.named(record, owner)
            else:  # an honour that the row of a firm states
                assert isinstance(sheet, Kind)
                terms = set(self._mentions.own(record, sheet))
            for term in terms:
                nodes = {n for side in self._sides for n in side.known.names[term.kind].normal.get(term.name, ())}
                names = {term.name}.union(*(self._names[term.kind].get(n, set()) for n in nodes))
                keys |= self._keys([kind.sheet], term.kind, names)
        yield Demand(keys, _nothing)

    def _stating_edge(self, edge: Edge) -> Iterator[Demand]:
        """Every row that states an edge: of the sheet of its relation, or about its source."""
        relation, source = self._schema.relations[edge.relation], self._schema.kinds[edge.source_kind]
        names = self._names[source.caption].get(edge.source, set())
        sheets = [s for s in (relation.sheet, source.sheet, SHEET) if s]
        yield Demand(self._keys(sheets, source.caption, names), partial(_states, edge.relation))
        for side in self._sides:
            if node := side.out.nodes.get(source.caption, {}).get(edge.source):
                yield from self._owned(node)
                for seq in node.records:
                    self._resolve(seq, partial(_states, edge.relation))


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


def _may_name(kind: str, column: Column) -> bool:
    return kind in column.to or kind == column.caption == COUNTY


def _defines(kind: str, column: Column) -> bool:
    return column.defines and kind in column.to


def _states(relation: str, column: Column) -> bool:
    return column.relation == relation or relation in {rule.relation for rule in column.edges}


def _nothing(_column: Column) -> bool:
    return False


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
