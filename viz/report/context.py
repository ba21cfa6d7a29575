"""What every chapter of a report works with: what it tells, the page being written, the references given so far."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graph.answers.documents.recruiting import CandidatesDocument
from graph.answers.papers.report import ReportFacts
from graph.looks import ListColumn, ListLook
from graph.model import ChainView, ViewNode
from graph.naming.chain import chain_title
from viz.paper.document import Paper
from viz.paper.official import numeral
from viz.paper.styles import STYLES, ParagraphStyle
from viz.report.cite import Citations
from viz.theme import demo_notice

Row = Mapping[str, Any]
NO_DATA = "暂无数据，列入附录“待补清单”。"


@dataclass(frozen=True, slots=True)
class Blank:
    """Something that nobody filed: of which chain, what, and what is to be filled in."""

    chain: str
    subject: str
    needs: str


@dataclass(slots=True)
class Context:
    """One chain told in a paper. `level` is that of its chapters' headings: 1 in a report of one chain, 2 in that of a county.

    `counted` are the segments without markets and without sums of others.
    """

    facts: ReportFacts
    paper: Paper
    cite: Citations = field(default_factory=Citations)
    level: int = 1
    blanks: list[Blank] = field(default_factory=list)
    view: ChainView = field(init=False)
    plan: CandidatesDocument = field(init=False)
    title: str = field(init=False)  # what the chain is called
    segments: list[Row] = field(init=False)
    counted: list[Row] = field(init=False)
    counts: Counter[str] = field(init=False)

    def __post_init__(self) -> None:
        self.view, self.plan = self.facts.view, self.facts.plan
        self.title = chain_title(self.view.county, self.view.chain)
        self.segments = [s for s in self.view.segments if s["status"] != "不适用"]
        self.counted = [s for s in self.segments if s["counted"]]
        self.counts = Counter(s["status"] for s in self.counted)

    # -- what stands in the paper -----------------------------------------------------------------

    def chapter(self, number: int, text: str, *, new_page: bool = False) -> None:
        """The heading of a chapter: 一、 in a report of one chain, （一） within another report."""
        mark = f"{numeral(number)}、" if self.level == 1 else f"（{numeral(number)}）"
        self.paper.heading(f"{mark}{text}", self.level, new_page=new_page and self.level == 1)

    def section(self, text: str, deeper: int = 1) -> None:
        """A heading below that of the chapter."""
        self.paper.heading(text, min(self.level + deeper, 3))

    def say(self, *texts: str) -> None:
        """Paragraphs, those without text left out."""
        for text in texts:
            if text:
                self.paper.say(text)

    def blank(self, subject: str, needs: str) -> bool:
        """Say once that there is no data on something, and keep what is to be filled in for the appendix; whether it said."""
        new = self.note(subject, needs)
        if new:
            self.paper.say(f"{subject}{NO_DATA}")
        return new

    def mention(self, subject: str, needs: str) -> None:
        """The same; where it was said before, only that there is none: no heading stands empty."""
        if not self.blank(subject, needs):
            self.paper.say(f"{subject}暂无数据。")

    def note(self, subject: str, needs: str) -> bool:
        """Keep for the appendix what is to be filled in; whether it is new."""
        blank = Blank(self.title, subject, needs)
        new = blank not in self.blanks
        if new:
            self.blanks.append(blank)
        return new

    def listed(self, look: ListLook, nodes: Sequence[ViewNode], more: Sequence[str] = (), size: float = 9) -> None:
        """A table of nodes: name, the columns of the look, more of their values, references; columns without a cell go."""
        shown = {c.header for c in look.columns}
        columns = [*look.columns, *(ListColumn(caption, value=caption) for caption in more if caption not in shown)]
        cells = [[self._cell(n, c) for c in columns] for n in nodes]
        kept = [i for i, c in enumerate(columns) if i < len(look.columns) or any(row[i] for row in cells)]
        rows = [(n.name, *(row[i] for i in kept), self.refs(n.records)) for n, row in zip(nodes, cells, strict=True)]
        self.paper.table(look.title, ("名称", *(columns[i].header for i in kept), "依据"), rows, size=size)

    def _cell(self, node: ViewNode, column: ListColumn) -> object:
        if column.value:
            return node.values.get(column.value)
        if column.of_chain:
            return self.own_segments(node, column.relation)
        ends = self.view.origins if column.back else self.view.targets
        return _once(ends(node.id, column.relation))

    # -- what it is told from ---------------------------------------------------------------------

    def refs(self, records: Iterable[int]) -> str:
        """The reference marks of ledger rows."""
        return self.cite.of(self.view.sources[r] for r in records if r in self.view.sources)

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

    def of_status(self, *codes: str) -> list[Row]:
        """Segments with one of the statuses, in the order of the codes."""
        return [s for code in codes for s in self.counted if s["status"] == code]

    def buyers(self, segment: str) -> list[str]:
        """Names of the segments that a segment (id) feeds, those of other chains with their chain."""
        return [n.name for n in self.view.targets(segment, "FEEDS")]


def paper_of(facts: ReportFacts, title: str, styles: Mapping[str, ParagraphStyle] = STYLES) -> Paper:
    """An empty paper about one chain."""
    notice = demo_notice([facts.view.county]) if facts.view.demo else ""
    return Paper(title, facts.day, notice=notice, styles=styles)


def _once(nodes: Iterable[ViewNode]) -> str:
    """Names, each once: segments of several chains may be called the same."""
    return "、".join(dict.fromkeys(n.name for n in nodes))
