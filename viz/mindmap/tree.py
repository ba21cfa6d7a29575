"""The innovation mind map as a tree: chain, stage, segment, technology, need, and who can answer it.

A node may stand in several places; nothing of the chain is dropped: what has no technology or no
segment hangs on a branch of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from graph.answers.documents.recruiting import CandidateDocument, CandidatesDocument
from graph.looks import BranchLook
from graph.model import ChainView, ViewNode
from viz.mindmap.node import MindLink, MindNode, MindRow
from viz.theme import GROUP, STAGES, STATUS_STYLES, is_pale

NO_STAGE, NO_SEGMENT, NO_TECHNOLOGY, DIRECT = "未分阶段", "未归环节", "未归技术", "本环节"
STAGE_COLOR = "#2459b8"
FIRM_GROUPS = {
    "makers": "在产企业", "pending": "在建或签约", "stopped": "停产", "city": "市内其他县", "outside": "外地企业",
}  # fmt: skip


def mind_tree(view: ChainView, plan: CandidatesDocument | None = None) -> MindNode:
    """The tree of one chain: nothing that is stated of the chain is left out. `plan` says whom to invite, in order."""
    root = _Grower(view, plan).grow()
    colors = {kind: look.color for kind, look in view.looks.items()} | {"阶段": STAGE_COLOR}
    for node in root.walk():
        node.color = colors.get(node.kind, GROUP)
    _tie(root, "", {(e.source, e.target): e.relation for e in view.edges})
    return root


def _tie(node: MindNode, above: str, relations: Mapping[tuple[str, str], str]) -> None:
    """Say of each box which relation puts it under the nearest thing above it, where one does."""
    for ends in ((node.ref, above), (above, node.ref)):
        if node.link is None and (relation := relations.get(ends)):
            node.link = MindLink(relation, *ends)
    for child in node.children:
        _tie(child, node.ref or above, relations)


class _Grower:
    def __init__(self, view: ChainView, plan: CandidatesDocument | None) -> None:
        self.view = view
        self.invited = plan["candidates"] if plan else []
        self.to_ask = [c for ask in plan["to_survey"] for c in ask["targets"]] if plan else []
        self.shown: set[str] = set()
        self.out: dict[tuple[str, str], list[str]] = {}
        self.back: dict[tuple[str, str], list[str]] = {}
        for e in view.edges:
            self.out.setdefault((e.relation, e.source), []).append(e.target)
            self.back.setdefault((e.relation, e.target), []).append(e.source)
        self.segments = {s["segment_id"]: s for s in view.segments}
        self.branches = {look.kind: look.branch for look in view.ranked() if look.branch}
        under = sorted((branch.segment, kind) for kind, branch in self.branches.items() if branch.segment)
        self.answers = [kind for _, kind in under]

    def grow(self) -> MindNode:
        chain = self.view.nodes[self.view.chain_id]
        root = MindNode(self.view.chain, "产业链", rows=self._rows(chain), ref=chain.id, name=self.view.chain)
        stages = {s: MindNode(s, "阶段", name=s) for s in STAGES} | {NO_STAGE: MindNode(NO_STAGE, "阶段")}
        children: dict[str, list[str]] = {}
        for ident in self.segments:
            parent = next((p for p in self._to("SUBSEGMENT_OF", ident) if p in self.segments), "")
            children.setdefault(parent, []).append(ident)
        for ident in children.get("", []):
            stage = stages.get(self.segments[ident]["stage"] or NO_STAGE, stages[NO_STAGE])
            stage.children.append(self._segment(ident, children))
        root.children = [s for s in stages.values() if s.children]
        if loose := self._loose():
            root.children.append(MindNode(NO_SEGMENT, "阶段", children=loose))
        return root

    # -- branches ---------------------------------------------------------------------------------

    def _segment(self, ident: str, children: dict[str, list[str]]) -> MindNode:
        row = self.segments[ident]
        style = STATUS_STYLES[row["status"]]
        node = MindNode(f"{row['segment']}　{style.icon} {row['caption']}", "环节", row["status"], ref=ident)
        node.name = row["segment"]
        node.pale = is_pale(row["flags"])
        if node.pale and row["status"] != "断链" and "待核实" in row["flags"]:  # a break says so itself
            node.label += "·待核实"
        node.rows = [MindRow.of(e) for e in row["evidence"]]
        node.facts = [f for f in (row.get("reason"), "、".join(row["flags"])) if f]
        below, own = [self._segment(c, children) for c in children.get(ident, [])], self._own(ident)
        if below and own:  # sub-segments can be seen without unfolding what stands on the parent
            own = [MindNode(DIRECT, "分组", children=own)]
        node.children = below + own
        return node

    def _own(self, ident: str) -> list[MindNode]:
        """What stands on a segment itself."""
        invited = self._invited(ident)
        firms = self._standing_firms(ident, {leaf.ref for group in invited for leaf in group.children}) + invited
        needs = self._from("ON_SEGMENT", ident, "技术需求")
        here = {t.id for t in self._from("ON_SEGMENT", ident, "关键技术")}
        asked = {t for n in needs for t in self._to("NEEDS_TECHNOLOGY", n.id)}
        branches = []
        for technology in self._nodes(here | asked):
            mine = [n for n in needs if technology.id in self._to("NEEDS_TECHNOLOGY", n.id)]
            if technology.id in here:
                mine += self._placeless(technology.id)
            branches.append(self._technology(technology, mine))
        if bare := [n for n in needs if not self._to("NEEDS_TECHNOLOGY", n.id)]:
            branches.append(MindNode(NO_TECHNOLOGY, "关键技术", children=[self._need(n, ()) for n in bare]))
        seen = {n.ref for b in branches for n in b.walk()}
        for kind in self.answers:
            branches += [self._answer(n) for n in self._standing(kind, ident) if n.id not in seen]
        return firms + branches + self._sources(ident)

    def _standing(self, kind: str, place: str) -> list[ViewNode]:
        """Nodes of a kind that point to a segment, by whatever relation."""
        return [n for n in self._nodes(self.view.pointing({place})) if n.kind == kind]

    def _standing_firms(self, ident: str, invited: set[str]) -> list[MindNode]:
        """The firms that stand on a segment itself, in the lists that every page has; below it they stand by its parts."""
        groups = []
        for key, title in FIRM_GROUPS.items():
            own = (f for f in self.segments[ident]["firms"][key] if ident in f["on"])
            firms = [f for f in own if key != "outside" or f["id"] not in invited]
            # 在产, 停产 and 外部 are what the title says already
            notes = [f["state"] if key in ("pending", "city") or f["state"] == "状态未注明" else None for f in firms]
            leaves = [self._leaf(self.view.nodes[f["id"]], n, prefix=False) for f, n in zip(firms, notes, strict=True)]
            if leaves:
                groups.append(MindNode(f"{title} {len(leaves)} 家", "企业", children=leaves))
        return groups

    def _firms(self, firms: list[ViewNode]) -> list[MindNode]:
        """Firms of the chain that stand on none of its segments."""
        groups = []
        for title, outside in (("企业", False), (FIRM_GROUPS["outside"], True)):
            if some := [f for f in firms if (f.values.get("状态") == "外部") == outside]:
                leaves = [self._leaf(f, None if outside else f.values.get("状态"), prefix=False) for f in some]
                groups.append(MindNode(f"{title} {len(leaves)} 家", "企业", children=leaves))
        return groups

    def _invited(self, ident: str) -> list[MindNode]:
        """Whom to invite, or to ask about first where nobody surveyed, as the list of candidates has them."""
        groups = []
        for title, candidates in (("招引目标", self.invited), ("待核实企业", self.to_ask)):
            if leaves := [self._candidate(c) for c in candidates if c["segment_id"] == ident]:
                groups.append(MindNode(f"{title} {len(leaves)} 家", "企业", children=leaves))
        return groups

    def _candidate(self, candidate: CandidateDocument) -> MindNode:
        node, reasons = self.view.nodes.get(candidate["firm_id"]), [candidate["reasons"], candidate["change"]]
        if node:
            leaf = self._leaf(node, prefix=False)
            leaf.facts += reasons
            return leaf
        rows = [MindRow.of(s) for s in candidate["sources"]]
        ident, name = candidate["firm_id"], candidate["firm"]
        return MindNode(name, "企业", rows=rows, facts=reasons, ref=ident, name=name)

    def _sources(self, ident: str) -> list[MindNode]:
        sources = self._nodes(self._to("BOUGHT_FROM", ident))
        leaves = [self._leaf(s, prefix=False) for s in sources]
        return [MindNode(f"外购来源 {len(leaves)} 个", "外部来源", children=leaves)] if leaves else []

    def _technology(self, node: ViewNode, needs: Iterable[ViewNode]) -> MindNode:
        branch = self._leaf(node, node.values.get("水平"))
        branch.children = [self._need(n, (node.id,)) for n in needs]
        branch.children += [self._leaf(n, "优势单位") for n in self._nodes(self._to("LED_BY", node.id))]
        if not branch.children or all(c.kind != "技术需求" for c in branch.children):
            branch.children += self._experts((node.id,))
        seen = {n.ref for n in branch.walk()}
        used = self._nodes(self.back.get(("USES_TECHNOLOGY", node.id), []))
        branch.children += [self._answer(a) for a in used if a.id not in seen]
        return branch

    def _need(self, node: ViewNode, technologies: Iterable[str]) -> MindNode:
        values = node.values
        note = "·".join(str(values[k]) for k in ("类别", "进展") if values.get(k))
        branch = self._leaf(node, note)
        branch.children += [self._leaf(n, "提出") for n in self._nodes(self._to("RAISED_BY", node.id))]
        for relation in ("SOLVES", "MEETS"):
            branch.children += [self._answer(n) for n in self._nodes(self.back.get((relation, node.id), []))]
        branch.children += self._experts(technologies)
        due = [f"{short} {values[k]}" for k, short in (("责任人", "责任人"), ("期望时限", "时限")) if values.get(k)]
        if due:
            branch.children.append(MindNode(" · ".join(due), "责任", rows=self._rows(node), facts=list(branch.facts)))
        return branch

    def _answer(self, node: ViewNode) -> MindNode:
        """A project, result or platform, with who carries it."""
        branch = self._leaf(node)
        branch.children = [self._leaf(n) for n in self._nodes(self._to(self._branch(node).holder, node.id))]
        return branch

    def _experts(self, technologies: Iterable[str]) -> list[MindNode]:
        experts = [i for t in technologies for i in self.back.get(("EXPERT_IN", t), [])]
        return [self._talent(t) for t in self._nodes(experts)]

    def _talent(self, node: ViewNode) -> MindNode:
        units = [n.name for n in self._nodes(self._to("AFFILIATED_WITH", node.id))]
        return self._leaf(node, "、".join(units) or node.values.get("单位"))

    # -- what has no segment ----------------------------------------------------------------------

    def _loose(self) -> list[MindNode]:
        """What is stated to belong to the chain and has not been shown yet."""
        linked = self.view.pointing({self.view.chain_id})
        branches: list[MindNode] = []
        for kind in (kind for kind, branch in self.branches.items() if branch.loose):
            for node in self.view.of_kind(kind):
                if node.id in linked and node.id not in self.shown:
                    branches.append(self._loose_one(node))
        firms = [f for f in self.view.of_kind("企业") if f.id in linked and f.id not in self.shown]
        return branches + self._firms(firms)

    def _loose_one(self, node: ViewNode) -> MindNode:
        if node.kind == "关键技术":
            return self._technology(node, self._placeless(node.id))
        if node.kind == "技术需求":
            return self._need(node, self._to("NEEDS_TECHNOLOGY", node.id))
        return self._talent(node) if node.kind == "人才" else self._answer(node)

    def _placeless(self, technology: str) -> list[ViewNode]:
        """Needs of this chain for a technology that name no segment of it."""
        linked = self.back.get(("IN_CHAIN", self.view.chain_id), [])
        needs = set(self.back.get(("NEEDS_TECHNOLOGY", technology), [])).intersection(linked)
        return self._nodes(n for n in needs if not self.segments.keys() & self._to("ON_SEGMENT", n))

    # -- small things -----------------------------------------------------------------------------

    def _branch(self, node: ViewNode) -> BranchLook:
        return self.branches.get(node.kind) or BranchLook()

    def _to(self, relation: str, ident: str) -> list[str]:
        return self.out.get((relation, ident), [])

    def _from(self, relation: str, ident: str, kind: str) -> list[ViewNode]:
        return [n for n in self._nodes(self.back.get((relation, ident), [])) if n.kind == kind]

    def _nodes(self, ids: Iterable[str]) -> list[ViewNode]:
        return sorted((self.view.nodes[i] for i in set(ids)), key=lambda n: (n.kind, n.name, n.id))

    def _leaf(self, node: ViewNode, note: object = None, prefix: bool = True) -> MindNode:
        self.shown.add(node.id)
        branch = self._branch(node)
        title = branch.title if prefix else ""
        label = f"{title}：{node.name}" if title else node.name
        facts = [f"{k}：{node.values[k]}" for k in branch.facts if node.values.get(k) not in (None, "")]
        label = f"{label}（{note}）" if note else label
        return MindNode(label, node.kind, rows=self._rows(node), facts=facts, ref=node.id, name=node.name)

    def _rows(self, node: ViewNode) -> list[MindRow]:
        return [MindRow.of(self.view.sources[r]) for r in node.records if r in self.view.sources]
