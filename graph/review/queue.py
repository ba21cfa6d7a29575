"""What waits for a person: names that may be one, firms that may be placed; what was decided, by whom.

Computed from the projection and its decisions each time; deciding is adding a row to the sheet 决定.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.model import Node
from graph.projection.decisions import Decision
from graph.projection.result import Projection
from graph.review.duplicates import Duplicate, NameInQuestion, find_duplicates
from graph.review.placements import Placement, find_placements
from graph.schema.kinds import Schema
from graph.text import norm

ROWS = 5  # rows shown for one name
Document = dict[str, Any]
Sources = Callable[[Iterable[int]], Mapping[int, Document]]


@dataclass(frozen=True, slots=True)
class ReviewQueue:
    """The whole queue of one state of the ledger."""

    projection: Projection
    same: list[Duplicate]
    placing: list[Placement]

    @classmethod
    def of(cls, projection: Projection, schema: Schema) -> ReviewQueue:
        """Find everything that waits. What is shown of it does not tell in which order the rows came."""
        known = projection.in_order()
        return cls(known, find_duplicates(known, schema), find_placements(known))

    def document(self, sources: Sources, kind: str | None, top: int) -> Document:
        """The document of `lianpu review`: at most `top` of each list, and how many there are."""
        same = [d for d in self.same if kind in (None, d.kind)]
        placing = self.placing if kind in (None, "企业") else []
        decided = [d for k, ds in sorted(self.projection.decisions.by_kind.items()) for d in ds if kind in (None, k)]
        alike = self.projection.alike if kind in (None, "企业") else []
        decided.sort(key=lambda d: -d.record.seq)
        shown, placed = same[:top], placing[:top]
        ids = {norm(n.name): n.id for n in self.projection.nodes.get("企业", {}).values()} if alike else {}
        sources_of = sources(sorted({s for r in _all_records(shown, placed, decided[:top]) for s in r[:ROWS]}))
        return {
            "count": {"same": len(same), "placing": len(placing), "alike": len(alike), "decided": len(decided)},
            "same": [_same(d, sources_of) for d in shown],
            "placing": [_placing(p, sources_of) for p in placed],
            "alike": [
                {"kind": "企业", "name": a.kept, "id": ids.get(norm(a.kept)), "other": a.other, "why": a.why}
                for a in alike[:top]
            ],
            "decided": [_decided(d, sources_of) for d in decided[:top]],
        }


def _all_records(
    same: Iterable[Duplicate], placing: Iterable[Placement], decided: Iterable[Decision]
) -> Iterable[Sequence[int]]:
    for d in same:
        yield d.named.records
        yield from (c.named.records for c in d.candidates)
    yield from (p.firm.records for p in placing)
    yield from ([d.record.seq] for d in decided)


def _rows(records: Sequence[int], sources_of: Mapping[int, Document]) -> list[Document]:
    return [sources_of[seq] for seq in records[:ROWS] if seq in sources_of]


def _named(named: NameInQuestion, sources_of: Mapping[int, Document]) -> Document:
    values = _values(named.node) if named.node else {}
    return {"name": named.name, "waits": named.node is None, **values, "rows": _rows(named.records, sources_of)}


def _values(node: Node) -> Document:
    """What helps to tell two things apart, where it is known."""
    fields = ("county", "location", "code", "state", "type", "aliases", "stage")
    return {f: node.values[f] for f in fields if node.values.get(f) is not None}


def _same(duplicate: Duplicate, sources_of: Mapping[int, Document]) -> Document:
    candidates = [
        {**_named(c.named, sources_of), "score": c.score, "reasons": list(c.reasons)} for c in duplicate.candidates
    ]
    return {"kind": duplicate.kind, **_named(duplicate.named, sources_of), "candidates": candidates}


def _placing(placement: Placement, sources_of: Mapping[int, Document]) -> Document:
    suggestions = [
        {"segment": s.path, "evidence": s.evidence, "score": s.score, "words": s.words, "reasons": s.reasons}
        for s in placement.suggestions
    ]
    firm = {"firm": placement.firm.name, **_values(placement.firm), "text": placement.text}
    return {**firm, "rows": _rows(placement.firm.records, sources_of), "suggestions": suggestions}


def _decided(decision: Decision, sources_of: Mapping[int, Document]) -> Document:
    values = decision.record.values
    decided = {"decision": decision.verdict, "kind": decision.kind, "name": decision.kept, "other": decision.other}
    why = {"reason": values.get("理由"), "by": values.get("决定人"), "on": values.get("决定时间")}
    return {**decided, **why, "source": sources_of.get(decision.record.seq)}
