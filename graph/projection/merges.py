"""What decisions do to the graph while it is projected: names made one, firms placed on segments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from graph.model import Node, Record
from graph.naming.classes import SameNames
from graph.projection.decisions import APART, MERGE, SHEET, Decision, Decisions
from graph.projection.identity import UNDEFINED, Miss, NameIndex, Segments, make_id
from graph.projection.unresolved import Unresolved
from graph.schema.kinds import Kind, Schema
from graph.text import norm, split

NOT_MERGED = "两家各有自己的代码，没有合并"
NOT_PARTED = "两个名称的代码相同，没有分开"
Nodes = dict[str, dict[str, Node]]


class Merging:
    """Which names of a kind are one: by decisions, and by rows that give a thing other names."""

    def __init__(self, schema: Schema, decisions: Decisions, segments: Segments, unresolved: Unresolved) -> None:
        self._schema, self._segments, self._unresolved = schema, segments, unresolved
        self._sheet = schema.kinds[SHEET]
        self.decisions = decisions
        self.same: dict[str, SameNames] = {}
        self.kept: list[tuple[Decision, str]] = []  # decisions to merge, with the name kept as it is compared

    def node_id(self, kind: str, *parts: str) -> str:
        """The id of a node by its key; names that were made one give one id."""
        same = self.same.get(kind)
        return make_id(kind, same.of("\0".join(parts))) if same else make_id(kind, *parts)

    def learn_names(self, kind: Kind, records: list[Record], keys: Mapping[int, list[str]]) -> None:
        """Which names of a kind decisions, or rows by their 别名, make one."""
        if kind.caption == "环节":
            for chain, name in keys.values():
                self._segments.of_chain[chain].setdefault(name, "")
        same = self.learn_decided(kind)
        pairs: set[tuple[str, str]] = set()
        for record in records:
            if (cell := record.values.get(kind.aliases or "")) and (parts := keys.get(record.seq)):
                pairs |= {("\0".join(parts), "\0".join((*parts[:-1], norm(a)))) for a in split(str(cell))}
        for name, other in sorted(pairs):
            same.join(name, other)

    def learn_decided(self, kind: Kind) -> SameNames:
        """What decisions alone say of the names of a kind."""
        same = SameNames((a, b) for _, a, b in self._decided(APART, kind))
        for decision, kept, other in self._decided(MERGE, kind):
            same.join(kept, other)
            self.kept.append((decision, kept))
        self.same[kind.caption] = same
        return same

    def _decided(self, verdict: str, kind: Kind) -> Iterator[tuple[Decision, str, str]]:
        """Decisions about two names of a kind, with both in the form in which they are compared."""
        for decision in self.decisions.of_verdict(verdict, kind.caption):
            if kind.caption != "环节":
                yield decision, norm(decision.kept), norm(decision.other)
                continue
            kept, other = self._segments.keys(decision.kept), self._segments.keys(decision.other)
            within = [(a, b) for a in kept for b in other if a.chain == b.chain]
            if len(within) == 1:
                yield decision, "\0".join(within[0][0]), "\0".join(within[0][1])
            else:
                self.wait(decision, UNDEFINED)

    def wait(self, decision: Decision, miss: Miss) -> None:
        """Keep a decision until its first name is defined."""
        self._unresolved.wait_decision(decision, self._sheet.by_caption["名称"], miss, decision.kind)

    def index_others(self, kind: Kind, index: NameIndex) -> None:
        """Let a merged name be found where rows name it."""
        for other, stands in self.same[kind.caption].others():
            node = make_id(kind.caption, stands)
            if node in index.nodes:
                *scope, name = other.split("\0")
                index.add(name, node)
                if scope:
                    self._segments.of_chain[scope[0]][name] = node

    def against_codes(self, kind: Kind, index: NameIndex) -> None:
        """Say where a decision about two firms cannot be followed: valid codes identify."""
        for verdict, differ in ((MERGE, True), (APART, False)):
            for decision in self.decisions.of_verdict(verdict, kind.caption):
                a, b = index.find(decision.kept), index.find(decision.other)
                if len(a) == len(b) == 1 and (a[0] != b[0]) == differ:
                    refused = NOT_MERGED if differ else NOT_PARTED
                    self._unresolved.remark(decision.record, "名称", refused, "核对代码；代码有误请先更正")


class MergedNodes:
    """Calls the nodes of a projection by the names that were kept."""

    def __init__(self, merging: Merging, names: Mapping[str, NameIndex], schema: Schema, nodes: Nodes) -> None:
        self._merging, self._names, self._schema, self._nodes = merging, names, schema, nodes

    def call(self, by_seq: Mapping[int, Record]) -> None:
        """A merged node is called by the name that was kept; the others are its aliases."""
        merging = self._merging
        for caption, same in merging.same.items():
            merges = merging.decisions.of_verdict(MERGE, caption)
            spelled = {norm(n): n for d in merges for n in _last_names(d)}
            for stands, members in same.classes():
                if node := self._of_class(caption, stands, members):
                    names = MergedNames(stands, members, same, spelled)
                    names.call(node, (by_seq[seq].values.get("名称") for seq in node.records))
        for decision, kept in merging.kept:
            same = merging.same[decision.kind]
            if node := self._of_class(decision.kind, same.of(kept), same.members(kept)):
                node.records.append(decision.record.seq)
            elif not any(self._names[decision.kind].find(n) for n in (decision.kept, decision.other)):
                merging.wait(decision, UNDEFINED)

    def _of_class(self, caption: str, stands: str, members: set[str]) -> Node | None:
        there = self._nodes[caption]
        if not self._schema.kinds[caption].codes:
            return there.get(make_id(caption, stands))
        bearers = {i for m in members for i in self._names[caption].find(m) if i in there}
        return there[bearers.pop()] if len(bearers) == 1 else None


@dataclass(frozen=True, slots=True)
class MergedNames:
    """Names that are one: the one that stands for all, and how decisions spell them."""

    stands: str
    members: set[str]
    same: SameNames
    spelled: Mapping[str, str]

    def call(self, node: Node, written: Iterable[Any]) -> None:
        """Give a node its name, as its rows write it, and its aliases."""
        *scope, name = self.stands.split("\0")
        if self.same.is_lesser("\0".join((*scope, norm(node.name)))):
            node.name = ({norm(str(n)): str(n) for n in written if n} | dict(self.spelled)).get(name, name)
            node.values["name"] = node.name
        aliases = {norm(a): a for a in split(str(node.values.get("aliases") or ""))}
        for member in self.members:
            form = member.rpartition("\0")[2]
            aliases.setdefault(form, self.spelled.get(form, form))
        aliases.pop(norm(node.name), None)
        node.values["aliases"] = "、".join(sorted(aliases.values())) or None


def _last_names(decision: Decision) -> list[str]:
    """The two names of a decision without the places in front of a segment's."""
    names = [decision.kept, decision.other]
    return [n.rpartition("/")[2] for n in names] if decision.kind == "环节" else names
