"""The ways to close a gap from what a chain already has: transfer of achievements, platforms, talent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from graph.answers.documents.parts import SourceDocument
from graph.answers.documents.recruiting import ResourceDocument
from graph.model import ChainView

OF_CHAIN = "属于本链"  # why, for what is merely of the chain
THROUGH = {"关键技术": "涉及关键技术", "技术需求": "对应技术需求"}  # kinds of a segment that lead to a remedy, and why


@dataclass(frozen=True, slots=True)
class _Way:
    """One way to close a gap: the kind that does it, and how it is reached."""

    kind: str
    relations: Sequence[str] = ()  # to a key technology or need of the segment
    of_chain: bool = False  # whether anything of the chain will do where nothing is nearer


WAYS = {
    "转化": _Way("科技成果", ("USES_TECHNOLOGY", "MEETS")),
    "平台": _Way("平台", of_chain=True),
    "人才": _Way("人才", ("EXPERT_IN",), of_chain=True),
}


def paths(view: ChainView, segment: str) -> dict[str, list[ResourceDocument]]:
    """Achievements to transfer, platforms and talent for a segment (id), nearest first, each with why and rows.

    Nearest: on the segment itself; through one of its key technologies or needs; then, for platforms and
    talent, anything of the chain.
    """
    return {name: [_remedy(view, *item) for item in _reasons(view, segment, way).items()] for name, way in WAYS.items()}


def _reasons(view: ChainView, segment: str, way: _Way) -> dict[str, str]:
    """Why each thing (id) is a remedy, the nearest reason first."""
    reasons = dict.fromkeys(_origins(view, "ON_SEGMENT", segment, way.kind), "就在本环节")
    for kind, why in THROUGH.items():
        for between in _origins(view, "ON_SEGMENT", segment, kind):
            for relation in way.relations:
                for ident in _origins(view, relation, between, way.kind):
                    reasons.setdefault(ident, f"{why}“{view.nodes[between].name}”")
    if way.of_chain and not reasons:
        return dict.fromkeys(_origins(view, "IN_CHAIN", view.chain_id, way.kind), OF_CHAIN)
    return reasons


def _origins(view: ChainView, relation: str, end: str, kind: str) -> list[str]:
    """What of a kind points at something by a relation."""
    ends_here = (e.source for e in view.edges if e.relation == relation and e.target == end)
    return [ident for ident in ends_here if ident in view.nodes and view.nodes[ident].kind == kind]


def _remedy(view: ChainView, ident: str, why: str) -> ResourceDocument:
    node = view.nodes[ident]
    sources = [cast(SourceDocument, view.sources[r]) for r in node.records if r in view.sources]
    return {"name": node.name, "why": why, "sources": sources}
