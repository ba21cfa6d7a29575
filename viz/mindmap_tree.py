"""The innovation mind map as a tree: chain, stage, segment, technology, need, and who can answer it.

A node may stand in several places; nothing of the chain is dropped: what has no technology or no
segment hangs on a branch of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from graph.model import ChainView, ViewNode
from viz.theme import PALE_FLAGS, STAGES, STATUS_STYLES

NO_STAGE, NO_SEGMENT, NO_TECHNOLOGY = "未分阶段", "未归环节", "未归技术"
PREFIX = {
    "科技成果": "成果",
    "高校院所": "院所",
    "技术需求": "需求",
    "项目": "项目",
    "平台": "平台",
    "人才": "人才",
    "企业": "企业",
    "活动": "活动",
}
LOOSE = ("关键技术", "技术需求", "项目", "科技成果", "平台", "人才", "活动")


@dataclass(slots=True)
class MindNode:
    """One box of the map. `rows` are the ledger rows behind it, in words."""

    label: str
    kind: str
    status: str | None = None
    rows: list[str] = field(default_factory=list)
    children: list[MindNode] = field(default_factory=list)
    pale: bool = False

    def walk(self) -> Iterator[MindNode]:
        """This node and all below it."""
        yield self
        for child in self.children:
            yield from child.walk()


def mind_tree(view: ChainView) -> MindNode:
    """The tree of one chain."""
    return _Grower(view).grow()


class _Grower:
    def __init__(self, view: ChainView) -> None:
        self.view = view
        self.shown: set[str] = set()
        self.out: dict[tuple[str, str], list[str]] = {}
        self.back: dict[tuple[str, str], list[str]] = {}
        for e in view.edges:
            self.out.setdefault((e.relation, e.source), []).append(e.target)
            self.back.setdefault((e.relation, e.target), []).append(e.source)
        self.rows = {s["segment_id"]: s for s in view.segments}

    def grow(self) -> MindNode:
        root = MindNode(self.view.chain, "产业链", rows=self._rows(self.view.nodes[self.view.chain_id]))
        stages = {s: MindNode(s, "阶段") for s in (*STAGES, NO_STAGE)}
        children: dict[str, list[str]] = {}
        for ident in self.rows:
            parent = next((p for p in self._to("SUBSEGMENT_OF", ident) if p in self.rows), "")
            children.setdefault(parent, []).append(ident)
        for ident in children.get("", []):
            stages[self.rows[ident]["stage"] or NO_STAGE].children.append(self._segment(ident, children))
        root.children = [s for s in stages.values() if s.children]
        if loose := self._loose():
            root.children.append(MindNode(NO_SEGMENT, "阶段", children=loose))
        return root

    # -- branches ---------------------------------------------------------------------------------

    def _segment(self, ident: str, children: dict[str, list[str]]) -> MindNode:
        row = self.rows[ident]
        style = STATUS_STYLES[row["status"]]
        node = MindNode(
            f"{row['segment']}　{style.icon}{row['caption']}", "环节", row["status"], [_row(e) for e in row["evidence"]]
        )
        node.pale = any(f in PALE_FLAGS for f in row["flags"])
        node.children += [self._segment(c, children) for c in children.get(ident, [])]
        node.children += self._firms(ident)
        technologies = self._from("ON_SEGMENT", ident, "关键技术")
        needs = self._from("ON_SEGMENT", ident, "技术需求")
        own = {t.id for t in technologies}
        node.children += [
            self._technology(t, [n for n in needs if t.id in self._to("NEEDS_TECHNOLOGY", n.id)]) for t in technologies
        ]
        bare = [n for n in needs if not own.intersection(self._to("NEEDS_TECHNOLOGY", n.id))]
        if bare:
            node.children.append(MindNode(NO_TECHNOLOGY, "关键技术", children=[self._need(n) for n in bare]))
        answered = {i for n in needs for r in ("SOLVES", "MEETS") for i in self.back.get((r, n.id), [])}
        for kind in ("平台", "项目", "科技成果"):
            node.children += [self._leaf(n) for n in self._from("ON_SEGMENT", ident, kind) if n.id not in answered]
        return node

    def _firms(self, ident: str) -> list[MindNode]:
        firms = self._from("STANDS_ON", ident, "企业")
        states = {
            e.source: e.values.get("状态") for e in self.view.edges if e.relation == "STANDS_ON" and e.target == ident
        }
        local = [f for f in firms if states.get(f.id) != "外部" and f.values.get("状态") != "外部"]
        outside = [f for f in firms if f not in local]
        made = []
        for title, some in (("企业", local), ("招引目标", outside)):
            if some:
                leaves = [self._leaf(f, note=states.get(f.id) if title == "企业" else None, prefix=False) for f in some]
                made.append(MindNode(f"{title} {len(some)} 家", "企业", children=leaves))
        sources = [self.view.nodes[t] for t in self.out.get(("BOUGHT_FROM", ident), [])]
        if sources:
            leaves = [MindNode(s.name, "外部来源", rows=self._rows(s)) for s in sources]
            made.append(MindNode(f"外购来源 {len(sources)} 个", "外部来源", children=leaves))
        return made

    def _technology(self, node: ViewNode, needs: Iterable[ViewNode]) -> MindNode:
        made = self._leaf(node, note=str(node.values.get("水平") or "") or None)
        made.children = [self._need(n) for n in needs]
        made.children += [self._leaf(n) for n in self._nodes(self._to("LED_BY", node.id))]
        made.children += [self._talent(t) for t in self._nodes(self.back.get(("EXPERT_IN", node.id), []))]
        used = [a for a in self._nodes(self.back.get(("USES_TECHNOLOGY", node.id), [])) if not self._to("MEETS", a.id)]
        made.children += [self._leaf(a) for a in used]
        return made

    def _need(self, node: ViewNode) -> MindNode:
        made = self._leaf(node, note=str(node.values.get("类别") or "") or None)
        made.children += [self._leaf(n) for n in self._nodes(self._to("RAISED_BY", node.id))]
        made.children += [self._answer(n, "UNDERTAKEN_BY") for n in self._nodes(self.back.get(("SOLVES", node.id), []))]
        made.children += [self._answer(n, "HELD_BY") for n in self._nodes(self.back.get(("MEETS", node.id), []))]
        values = node.values
        due = [f"{k} {values[k]}" for k in ("责任人", "期望时限", "进展") if values.get(k)]
        if due:
            made.children.append(MindNode(" · ".join(due), "责任", rows=self._rows(node)))
        return made

    def _answer(self, node: ViewNode, relation: str) -> MindNode:
        made = self._leaf(node)
        made.children = [self._leaf(n) for n in self._nodes(self._to(relation, node.id))]
        return made

    def _talent(self, node: ViewNode) -> MindNode:
        unit = node.values.get("单位")
        return self._leaf(node, note=str(unit) if unit else None)

    def _loose(self) -> list[MindNode]:
        """What belongs to the chain and has not been shown yet."""
        chain = self.view.chain_id
        made: list[MindNode] = []
        for kind in LOOSE:
            linked = {e.source for e in self.view.edges if e.relation == "IN_CHAIN" and e.target == chain}
            for node in self.view.of_kind(kind):
                if node.id in linked and node.id not in self.shown:
                    made.append(self._loose_one(node))
        return made

    def _loose_one(self, node: ViewNode) -> MindNode:
        if node.kind == "关键技术":
            return self._technology(node, self._nodes(self.back.get(("NEEDS_TECHNOLOGY", node.id), [])))
        if node.kind == "技术需求":
            return self._need(node)
        if node.kind == "人才":
            return self._talent(node)
        relation = {"项目": "UNDERTAKEN_BY", "科技成果": "HELD_BY", "平台": "HOSTED_BY"}.get(node.kind, "")
        return self._answer(node, relation)

    # -- small things -----------------------------------------------------------------------------

    def _to(self, relation: str, ident: str) -> list[str]:
        return self.out.get((relation, ident), [])

    def _from(self, relation: str, ident: str, kind: str) -> list[ViewNode]:
        return [n for n in self._nodes(self.back.get((relation, ident), [])) if n.kind == kind]

    def _nodes(self, ids: Iterable[str]) -> list[ViewNode]:
        return sorted((self.view.nodes[i] for i in dict.fromkeys(ids)), key=lambda n: (n.kind, n.name))

    def _leaf(self, node: ViewNode, note: str | None = None, prefix: bool = True) -> MindNode:
        self.shown.add(node.id)
        title = PREFIX.get(node.kind) if prefix else None
        label = f"{title}：{node.name}" if title else node.name
        return MindNode(f"{label}（{note}）" if note else label, node.kind, rows=self._rows(node))

    def _rows(self, node: ViewNode) -> list[str]:
        return [_row(self.view.sources[r]) for r in node.records if r in self.view.sources]


def _row(source: dict[str, Any]) -> str:
    dated = f"，{source['as_of']}" if source.get("as_of") else ""
    return f"{source['file']} {source['sheet']} 第{source['row']}行{dated}，{source['grade']}级"
