"""A row of a relation's sheet, read into the graph as an edge."""

from __future__ import annotations

from graph.model import Record
from graph.projection.draft import Draft, End, support
from graph.projection.identity import Miss
from graph.schema.kinds import Column, Relation


class EdgeRows:
    """Reads rows of relations into a draft. Most rows of a large ledger are such."""

    def __init__(self, draft: Draft) -> None:
        self._draft, self._known = draft, draft.known
        self._ends = {
            relation.name: [(c, c.end) for c in relation.columns if c.value_type.refers and c.end]
            for relation in draft.schema.relations.values()
        }

    def read(self, record: Record, relation: Relation) -> None:
        """Take in a row; it waits where one of its ends is not known."""
        draft, known = self._draft, self._known
        ends: dict[str, End] = {}
        missed: list[tuple[Column, str, Miss]] = []
        for column, end in self._ends[relation.name]:
            name = str(record.values[column.caption])
            ident = (
                draft.define(column.to[0], name, record)
                if column.defines and not missed
                else known.resolve(record, relation, column, name)
            )
            if isinstance(ident, Miss):
                missed.append((column, name, ident))
            else:
                ends[end] = draft.end(ident, column.to)
        if not missed and not relation.loops and ends["source"].id == ends["target"].id:
            missed = [(relation.columns[0], str(record.values[relation.columns[1].caption]), Miss("loop"))]
        if missed:
            known.unresolved.wait(record, *missed[0])
        else:
            support(draft.edge(relation, ends["source"], ends["target"], record.values), record)
