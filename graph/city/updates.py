"""Changes that cost what they touch: the rows that matter are found in the ledger, and nothing else is read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property, partial
from itertools import chain, islice, takewhile
from threading import Lock
from typing import TYPE_CHECKING

from graph.city.outcome import Outcome
from graph.ledger.batch import RowChange
from graph.ledger.ledger import Ledger
from graph.ledger.mentions import sum_of
from graph.model import Record
from graph.schema.kinds import Schema
from graph.store.compare import ProjectedRows, Tally, difference
from graph.store.protocol import GraphStore

if TYPE_CHECKING:  # what reads names loads only where something changes
    from graph.projection.mentions import Mentions

LISTED_AT_ONCE = 500_000  # rows


class Updates:
    """Finds what changes of one city touch."""

    small_part = 20  # a change of fewer than one row in so many is worth finding what it touches
    wide_part = 4  # one that touches more than one row in so many is not

    def __init__(self, ledger: Ledger, store: GraphStore, schema: Schema) -> None:
        self._ledger, self._store, self._schema = ledger, store, schema
        self._listing = Lock()

    @cached_property
    def _mentions(self) -> Mentions:
        from graph.projection.mentions import Mentions

        return Mentions(self._schema)

    def is_small(self, rows: int) -> bool:
        """Whether a change of so many rows is worth finding what it touches."""
        return rows * self.small_part <= self._ledger.last()

    def take(self, fresh: Mapping[int, Record]) -> None:
        """List new rows by what they name, where all before them are listed; else they wait for the next update."""
        with self._listing:
            mentions = self._mentions
            if fresh and self._ledger.mentions.listed(mentions.rules) == min(fresh) - 1:
                self._add(iter(fresh.values()), mentions)

    def _list_all(self) -> None:
        """List whatever is not: rows of an older version, or of a start that was cut off."""
        with self._listing:
            mentions = self._mentions
            listed = self._ledger.mentions.listed(mentions.rules)
            if listed == self._ledger.last():
                return
            if not listed:
                self._ledger.mentions.forget()
            self._add(self._ledger.written(listed), mentions)

    def is_list_true(self) -> bool:
        """Whether every row that is listed is listed under the names in it, and no other."""
        keys, table = self._mentions.keys, self._ledger.mentions
        last = table.listed(self._mentions.rules)
        rows = takewhile(lambda r: r.seq <= last, self._ledger.written(0))
        return not last or table.sum() == sum_of((key, r.seq) for r in rows for key in set(keys(r)))

    def forget(self) -> None:
        """Drop the list: the next update makes it anew."""
        with self._listing:
            self._ledger.mentions.forget()

    def _add(self, records: Iterator[Record], mentions: Mentions) -> None:
        while some := list(islice(records, LISTED_AT_ONCE)):
            self._ledger.mentions.add(some, mentions.keys, mentions.rules)

    def outcome(self, change: RowChange) -> Outcome | None:
        """What a change does, `change` being rows that the ledger shows or will; None where it touches too much.

        The graph shows the state before it; the ledger that, or the one after.
        """
        from graph.city.waits import NameChanges, waiting_after
        from graph.projection.scope import TooWide
        from graph.projection.update import update

        self._list_all()
        try:
            most = self._ledger.last() // self.wide_part + len(change.fresh) + len(change.gone)
            updated = update(change, self._listed, self._mentions, most)
        except TooWide:
            return None
        compared = difference(ProjectedRows(updated.before.out), updated.after.out, self._schema)
        kept = self._store.kept_summary()
        nodes, edges = (kept.nodes, kept.edges) if kept else self._store.counts()
        names = partial(NameChanges, compared.changes, self._store, self._schema)
        waited = kept.waiting if kept else self._store.waiting()
        waiting = waiting_after(waited, updated, names)
        return Outcome(
            _whole(compared.nodes, nodes),
            _whole(compared.edges, edges),
            updated.after.out,
            waiting,
            fresh=dict(change.fresh),
            rows={seq: r for seq, r in updated.rows.items() if seq not in change.gone},
            changes=compared.changes,
            part=updated,
            same_waits=waiting is waited,
            amounts=self._amounts(change.fresh.values()),
        )

    def _listed(self, keys: Collection[int]) -> Iterator[tuple[int, Record]]:
        pairs = list(self._ledger.mentions.of(keys))
        rows = {r.seq: r for r in self._ledger.shown(seq for _, seq in pairs)}
        return ((key, rows[seq]) for key, seq in pairs if seq in rows)

    def _amounts(self, fresh: Iterable[Record]) -> dict[str, list[float]]:
        """What the graph has in the columns in which new rows state an amount, and these rows."""
        amounts: dict[str, list[float]] = {}
        for record in fresh:
            for column in self._schema.sheets[record.kind].columns:
                value = record.values.get(column.caption)
                if column.value_type.is_amount and value is not None:
                    if column.caption not in amounts:
                        amounts[column.caption] = self._values(column.caption)
                    amounts[column.caption].append(float(value))
        return amounts

    def _values(self, caption: str) -> list[float]:
        values: list[float] = []
        for kind in self._schema.kinds.values():
            column = kind.by_caption.get(caption)
            if kind.sheet and column is not None and column.field and column.value_type.is_amount:
                names = {"label": kind.label, "property": column.field}
                values += [float(r["value"]) for r in self._store.read("values_of_node", names)]
        for relation in self._schema.relations.values():
            column = relation.by_caption.get(caption) if relation.sheet else None
            if column is not None and column.field and column.value_type.is_amount:
                for source, target in relation.ends:
                    ends = {"source": self._schema.kinds[source].label, "target": self._schema.kinds[target].label}
                    names = {**ends, "relation": relation.name, "property": column.field}
                    values += [float(r["value"]) for r in self._store.read("values_of_edge", names)]
        return values


def _whole(part: Mapping[str, Tally], counts: Mapping[str, int]) -> dict[str, Tally]:
    """Tallies over a whole graph of so many things, of which a part was compared."""
    tallies = {k: part.get(k, Tally()) for k in chain(counts, (k for k in part if k not in counts))}
    whole = {k: replace(t, unchanged=counts.get(k, 0) - t.changed - t.removed) for k, t in tallies.items()}
    return {k: t for k, t in whole.items() if t != Tally()}


def counted(before: Mapping[str, int], tallies: Mapping[str, Tally]) -> dict[str, int]:
    """How many of each there are after a change."""
    after = {k: before.get(k, 0) + t.added - t.removed for k, t in tallies.items()}
    return {k: n for k, n in after.items() if n}
