"""The four ways to close a gap, from what a chain already has: recruit, transfer, platform, talent."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from graph.model import ChainView

Found = dict[str, Any]
OF_CHAIN = "属于本链"  # why, for what is merely of the chain


def paths(view: ChainView, segment: str) -> dict[str, list[Found]]:
    """Achievements to transfer, platforms and talent for a segment (id), nearest first, each with why and rows.

    Nearest: on the segment itself; through one of its key technologies or needs; then, for platforms and
    talent, anything of the chain.
    """
    technologies = _sources(view, "ON_SEGMENT", segment, "关键技术")
    needs = _sources(view, "ON_SEGMENT", segment, "技术需求")
    through = [(t, "涉及关键技术") for t in technologies] + [(n, "对应技术需求") for n in needs]
    return {
        "转化": _gather(view, "科技成果", segment, through, ("USES_TECHNOLOGY", "MEETS"), of_chain=False),
        "平台": _gather(view, "平台", segment, through, (), of_chain=True),
        "人才": _gather(view, "人才", segment, through, ("EXPERT_IN",), of_chain=True),
    }


def _sources(view: ChainView, relation: str, target: str, kind: str) -> list[str]:
    return [e.source for e in view.edges if e.relation == relation and e.target == target and _is(view, e.source, kind)]


def _is(view: ChainView, ident: str, kind: str) -> bool:
    return ident in view.nodes and view.nodes[ident].kind == kind


def _gather(
    view: ChainView, kind: str, segment: str, through: Iterable[tuple[str, str]], relations: Iterable[str], *,
    of_chain: bool,
) -> list[Found]:  # fmt: skip
    found: dict[str, str] = {}
    for ident in _sources(view, "ON_SEGMENT", segment, kind):
        found.setdefault(ident, "就在本环节")
    for target, why in through:
        for relation in relations:
            for ident in _sources(view, relation, target, kind):
                found.setdefault(ident, f"{why}“{view.nodes[target].name}”")
    if of_chain and not found:
        for ident in _sources(view, "IN_CHAIN", view.chain_id, kind):
            found.setdefault(ident, OF_CHAIN)
    return [
        {
            "name": view.nodes[ident].name,
            "why": why,
            "sources": [view.sources[r] for r in view.nodes[ident].records if r in view.sources],
        }
        for ident, why in found.items()
    ]
