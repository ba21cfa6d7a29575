"""The lists of a chain, as its kinds show them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.answers.documents.recruiting import CandidatesDocument
from graph.answers.papers.snapshot import ELSEWHERE, PublishedChain
from graph.looks import ListColumn
from graph.model import ChainView, ViewNode

OUTSIDE = "外部"  # firms to be invited stand in a list of their own
INVITED = ("环节", "状态", "候选企业", "所在地", "产品", "得分", "理由", "落地后变化")


@dataclass(frozen=True, slots=True)
class PublishedList:
    """A list: its columns, its rows as text, and how many rows there are in all."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    of: int


def lists_of(chain: PublishedChain, most: int) -> list[PublishedList]:
    """The lists that hold something, each with so many rows at most."""
    view = chain.view
    looks = sorted((k.annex.order, k.annex, k.kind) for k in view.looks.values() if k.annex)
    listed = []
    for _, look, kind in looks:
        nodes = [
            n for n in view.belonging(kind) if n.values.get("状态") != OUTSIDE and not n.name.startswith(ELSEWHERE)
        ]
        rows = [(n.name, *(_cell(view, n, c) for c in look.columns)) for n in nodes]
        listed.append(_list(look.title, ("名称", *(c.header for c in look.columns)), rows, most))
    listed.append(_list("招引清单", INVITED, list(_invited(chain.plan)), most))
    return [one for one in listed if one.of]


def _list(title: str, columns: tuple[str, ...], rows: Sequence[tuple[str, ...]], most: int) -> PublishedList:
    return PublishedList(title, columns, tuple(rows[:most]), len(rows))


def _cell(view: ChainView, node: ViewNode, column: ListColumn) -> str:
    if column.value:
        value = node.values.get(column.value)
        return "" if value is None else str(value)
    ends = view.origins if column.back else view.targets
    own = {s["segment_id"] for s in view.segments}
    names = (n.name for n in ends(node.id, column.relation) if not column.of_chain or n.id in own)
    return "、".join(dict.fromkeys(names))


def _invited(plan: CandidatesDocument) -> Iterator[tuple[str, ...]]:
    for c in plan["candidates"]:
        yield (
            c["segment"], c["caption"], c["firm"], c["location"] or "", c["product"] or "", f"{c['score']:.0f}", c["reasons"],
            c["change"],
        )  # fmt: skip
