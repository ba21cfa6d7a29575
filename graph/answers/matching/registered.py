"""What a city holds of needs and of what may answer them, as it is matched."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graph.analysis.matching.matchable import Matchable
from graph.answers.lookup import find_chain, find_county
from graph.answers.state import State
from graph.model import ViewNode

NEED, RESULT = "技术需求", "科技成果"
OTHERS = ("高校院所", "平台", "人才")  # in the order in which they are shown
TEXTS = (
    "需求描述", "主要问题", "技术关键", "预期目标", "技术指标", "现状",
    "摘要", "应用情况", "合作内容", "类型", "角色", "专长",
)  # fmt: skip
WORDS = ("关键字", "领域", "制度名称")
HOLDERS = {RESULT: "HELD_BY", "平台": "HOSTED_BY", "人才": "AFFILIATED_WITH", NEED: "RAISED_BY"}
FILED = {
    NEED: (("ON_SEGMENT", "环节"), ("NEEDS_TECHNOLOGY", "关键技术")),
    RESULT: (("ON_SEGMENT", "环节"), ("USES_TECHNOLOGY", "关键技术")),
    "平台": (("ON_SEGMENT", "环节"),),
    "高校院所": (),
    "人才": (("EXPERT_IN", "关键技术"),),
}


@dataclass(frozen=True, slots=True)
class Registered:
    """What a city holds of needs and of what may answer them, by kind and id; `chains` and `linked` by id."""

    things: Mapping[str, Mapping[str, Matchable]]
    chains: Mapping[str, tuple[str, ...]]
    linked: frozenset[tuple[str, str]]  # a result or project, and its need
    projects: Mapping[str, str]


def chains_asked(state: State, chain: str | None, county: str | None) -> set[str] | None:
    """The chains (ids) asked for; None for all. Raises Unknown and Ambiguous."""
    if chain:
        return {find_chain(state, chain, county).id}
    if county:
        own = find_county(state, county)
        return {c.id for c in state.chains() if c.county == own}
    return None


def registered_of(state: State) -> Registered:
    """Everything that is matched, read once."""
    return state.once(("matching",), lambda: _read(state))


def _read(state: State) -> Registered:
    chains: dict[str, tuple[str, ...]] = {}
    things: dict[str, dict[str, Matchable]] = {}
    for kind in (NEED, RESULT, *OTHERS):
        holders, marks, held = _holders(state, kind), _marks(state, kind), _named_at(state, "HELD_BY", RESULT, kind)
        nodes = state.explorer.nodes(kind)
        things[kind] = {n.id: _matchable(n, marks[n.id], holders[n.id], held.get(n.id, ())) for n in nodes}
        if kind != "高校院所":
            chains |= _grouped(state, "IN_CHAIN", kind, "产业链")
    linked = {
        (e["source"], e["target"])
        for relation, kind in (("MEETS", RESULT), ("SOLVES", "项目"))
        for e in state.reader.edges(relation, kind, NEED)
    }
    projects = {n.id: n.name for n in state.explorer.nodes("项目", {s for s, _ in linked})}
    return Registered(things, chains, frozenset(linked), projects)


def _matchable(node: ViewNode, marks: Iterable[str], holders: Iterable[str], held: Iterable[str]) -> Matchable:
    """A node by what is said of it; an institute or platform also by the results that it holds."""
    texts = [*(str(node.values[c]) for c in TEXTS if node.values.get(c)), *held]
    words = [str(node.values[c]) for c in WORDS if node.values.get(c)]
    return Matchable(node.id, node.name, "。".join(texts), tuple(dict.fromkeys((*marks, *words))), tuple(holders))


def _grouped(state: State, relation: str, source: str, target: str) -> dict[str, tuple[str, ...]]:
    """By the id of the source, the ids that a relation leads to."""
    groups: dict[str, list[str]] = defaultdict(list)
    for e in state.reader.edges(relation, source, target):
        groups[e["source"]].append(e["target"])
    return {ident: tuple(of) for ident, of in groups.items()}


def _named(state: State, relation: str, kind: str, target: str) -> dict[str, list[str]]:
    names = {n.id: n.name for n in state.explorer.nodes(target)}
    return {ident: [names[t] for t in of] for ident, of in _grouped(state, relation, kind, target).items()}


def _named_at(state: State, relation: str, source: str, kind: str) -> dict[str, list[str]]:
    """By the id at the end of a relation, the names where it begins; nothing where no such relation ends at a kind."""
    if (source, kind) not in state.city.schema.relations[relation].ends:
        return {}
    names: dict[str, list[str]] = defaultdict(list)
    for e in state.reader.edges(relation, source, kind):
        names[e["target"]].append(e["source"])
    called = {n.id: n.name for n in state.explorer.nodes(source)}
    return {ident: [called[s] for s in sources] for ident, sources in names.items()}


def _marks(state: State, kind: str) -> defaultdict[str, list[str]]:
    """By id, the segments and technologies that a thing is filed under, or leads in."""
    marks: defaultdict[str, list[str]] = defaultdict(list)
    for relation, target in FILED[kind]:
        for ident, names in _named(state, relation, kind, target).items():
            marks[ident] += names
    for ident, names in _named_at(state, "LED_BY", "关键技术", kind).items():
        marks[ident] += names
    return marks


def _holders(state: State, kind: str) -> defaultdict[str, list[str]]:
    """By id, who holds a thing, or where a person works."""
    holders: defaultdict[str, list[str]] = defaultdict(list)
    if relation := HOLDERS.get(kind):
        for source, target in state.city.schema.relations[relation].ends:
            if source == kind:
                for ident, names in _named(state, relation, kind, target).items():
                    holders[ident] += names
    return holders
