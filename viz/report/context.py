"""What every chapter of a report works with: the view, the page being written, the references given so far."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from graph.analysis.config import GapConfig
from graph.answers.documents.recruiting import CandidatesDocument
from graph.looks import ListColumn, ListLook
from graph.model import ChainView, ViewNode
from graph.naming.chain import chain_title
from viz.paper.document import Paper
from viz.report.cite import Citations
from viz.theme import demo_notice

Row = Mapping[str, Any]
UNFILED = "尚未填报"


@dataclass(slots=True)
class Context:
    """One report under construction. `counted` are the segments without markets and without sums of others."""

    view: ChainView
    config: GapConfig
    generated: date
    plan: CandidatesDocument  # the gaps in their order, with candidates and other ways to close them
    title: str = field(init=False)  # what the chain is called
    paper: Paper = field(init=False)
    cite: Citations = field(init=False)
    segments: list[Row] = field(init=False)
    counted: list[Row] = field(init=False)
    counts: Counter[str] = field(init=False)

    def __post_init__(self) -> None:
        self.title = chain_title(self.view.county, self.view.chain)
        notice = demo_notice([self.view.county]) if self.view.demo else ""
        self.paper = Paper(f"{self.title}技术分析报告", self.generated, notice=notice)
        self.cite = Citations(self.view.sources)
        self.segments = [s for s in self.view.segments if s["status"] != "不适用"]
        self.counted = [s for s in self.segments if s["counted"]]
        self.counts = Counter(s["status"] for s in self.counted)

    def linked(self, kind: str) -> list[ViewNode]:
        """Nodes of a kind that belong to the chain or stand on its segments."""
        return self.view.belonging(kind)

    def names(self, node: ViewNode, relation: str) -> str:
        """Names of what a node points to."""
        return _once(self.view.targets(node.id, relation))

    def own_segments(self, node: ViewNode, relation: str) -> str:
        """Names of the chain's segments that a node points to."""
        own = {s["segment_id"] for s in self.view.segments}
        return _once(n for n in self.view.targets(node.id, relation) if n.id in own)

    def listed(self, look: ListLook, nodes: Sequence[ViewNode], size: float = 10.5) -> None:
        """A table of nodes: name, the columns of the look, references."""
        rows = [(n.name, *(self._cell(n, c) for c in look.columns), self.cite(n.records)) for n in nodes]
        self.paper.table(look.title, ("名称", *(c.header for c in look.columns), "依据"), rows, size=size)

    def _cell(self, node: ViewNode, column: ListColumn) -> object:
        if column.value:
            return node.values.get(column.value)
        if column.of_chain:
            return self.own_segments(node, column.relation)
        ends = self.view.origins if column.back else self.view.targets
        return _once(ends(node.id, column.relation))

    def unfiled(self, what: str, sheet: str) -> None:
        """Say that something was not filed, and where to file it."""
        self.paper.say(f"{what}{UNFILED}。请在“{sheet}”表填写后重新生成本报告。")

    def of_status(self, *codes: str) -> list[Row]:
        """Segments with one of the statuses, in the order of the codes."""
        return [s for code in codes for s in self.counted if s["status"] == code]


def _once(nodes: Iterable[ViewNode]) -> str:
    """Names, each once: segments of several chains may be called the same."""
    return "、".join(dict.fromkeys(n.name for n in nodes))
