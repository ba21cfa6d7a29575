"""Names as people write them, resolved in one state of a city: counties, chains, segments, nodes, outside sources.

Chains, segments and nodes may be called by their id as well, as links do: names repeat, change, and hold a /.
Every function raises Unknown with near names where nothing is called so, and Ambiguous where several things are.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from graph.analysis.facts import SegmentFact
from graph.answers.state import State
from graph.errors import Ambiguous, Unknown
from graph.naming.firm import parse_firm
from graph.naming.similarity import Similarity
from graph.projection.identity import is_id
from graph.queries.chain_view import Chain
from graph.queries.rows import node_name
from graph.schema.kinds import Kind
from graph.text import near, norm

NEAR = 3  # names proposed for one that nobody knows


def find_county(state: State, name: str) -> str:
    """The county's name as written in the data; `name` may be its id."""
    rows = state.reader.nodes("县市区")
    if called := [str(r["name"]) for r in rows if r["id"] == name]:
        return called[0]
    names = [str(r["name"]) for r in rows]
    for known in names:
        if norm(known) == norm(name):
            return known
    raise Unknown("县市区", name, near(name, names))


def find_chain(state: State, name: str, county: str | None = None) -> Chain:
    """A chain; `name` may be 县/链, or its id."""
    chains = state.chains()
    if called := [c for c in chains if c.id == name]:
        return called[0]
    fitting = [c for c in chains if norm(c.name) == norm(name) and (not county or norm(c.county) == norm(county))]
    place, _, rest = name.partition("/")
    if not fitting and rest and (not county or norm(place) == norm(county)):
        return find_chain(state, rest.strip(), place.strip())
    if not fitting:
        raise Unknown("产业链", name, near(name, [c.name for c in chains]))
    if len(fitting) > 1:
        raise Ambiguous("产业链", name, [f"{c.county}/{c.name}" for c in fitting])
    return fitting[0]


def find_kind(state: State, caption: str) -> Kind:
    """A kind by its caption."""
    kinds = state.city.schema.kinds
    if caption not in kinds:
        raise Unknown("类别", caption, near(caption, kinds) or list(kinds))
    return kinds[caption]


def find_node(state: State, kind: Kind, name: str) -> dict[str, Any]:
    """The graph's row of a node; `name` may begin or end with what tells it from others of its name (县/链/环节, 县/企业,
    对象/期限/指标), or be its id.
    """
    rows = state.reader.nodes(kind.caption, [name]) if is_id(name) else []
    rows = rows or state.reader.nodes_called(kind.caption, name)
    steps = [step.strip() for step in name.split("/")]
    for cut in range(1, len(steps)):  # a name may hold a / itself
        for called, places in ((steps[cut:], steps[:cut]), (steps[:-cut], steps[-cut:])):
            if not rows:
                named = state.reader.nodes_called(kind.caption, "/".join(called))
                rows = [r for r in named if _stands_at(state, kind, r, places)]
    if not rows:
        names = (node_name(kind, r) for r in state.reader.nodes(kind.caption))
        raise Unknown(kind.caption, name, near_firms(state, name) if kind.caption == "企业" else near(name, names))
    if len(rows) > 1:
        raise Ambiguous(kind.caption, name, [path_of(state, kind, r) for r in rows])
    return rows[0]


def find_firm(state: State, name: str) -> dict[str, Any]:
    """The graph's row of an enterprise by name or former name."""
    return find_node(state, state.city.schema.kinds["企业"], name)


def near_firms(state: State, name: str) -> list[str]:
    """The known firms that a name may mean, by what tells firms apart: neither place nor legal form."""

    def read() -> tuple[list[str], Similarity]:
        names = sorted(set(state.reader.names("企业")))
        parsed = [parse_firm(n) for n in names]
        return names, Similarity([p.core for p in parsed], [p.brand for p in parsed])

    names, alike = state.once(("names of firms",), read)
    return [names[place] for place, _ in alike.nearest(parse_firm(name).core, limit=NEAR)]


def path_of(state: State, kind: Kind, row: dict[str, Any]) -> str:
    """A node's name with what tells it from others of its name before it: 县/链/环节, 县/企业, 对象/期限/指标."""
    if kind.caption == "环节" and (path := state.paths().get(row["id"])):
        return path
    name = node_name(kind, row)
    columns = [c for k in kind.key if (c := kind.by_caption[k]) is not kind.name_column and c.field]
    keys = [
        str(c.value_type.show(v)) for c in columns if (v := row.get(c.field or "")) is not None and str(v) not in name
    ]
    place = str(row.get("county") or row.get("code") or "")
    return "/".join((*([place] if place and place not in keys else []), *keys, name))


def _stands_at(state: State, kind: Kind, row: dict[str, Any], places: list[str]) -> bool:
    """Whether some places, in their order, are among what tells a node from others of its name."""
    above = iter(norm(p) for p in path_of(state, kind, row).removesuffix(f"/{node_name(kind, row)}").split("/"))
    return all(norm(p) in above for p in places)


def find_segment(state: State, chain: str, name: str) -> SegmentFact:
    """A segment by id, name, 上级/名称, 链/名称 or 县/链/名称: of the chain (id) first, else of any that fits the path."""
    segments = [s.fact for s in state.supply().segments.values()]
    if called := [s for s in segments if s.id == name]:
        return called[0]
    own = [s for s in segments if s.chain == chain]
    wanted = [s for s in own if norm(name) in _ways_to_write(state, s)]
    if not wanted and "/" in name:
        wanted = [s for s in segments if norm(name) in _ways_to_write(state, s)]
    if not wanted:
        raise Unknown("环节", name, near(name, [s.name for s in own]))
    if len(wanted) > 1:
        raise Ambiguous("环节", name, [state.paths()[s.id] for s in wanted])
    return wanted[0]


def _ways_to_write(state: State, segment: SegmentFact) -> Iterator[str]:
    """Every way to write a segment; its own name may hold a / itself."""
    row = state.by_id()[segment.id]
    county, chain, name = norm(row.county), norm(row.chain), norm(row.segment)
    above = state.supply().segments.get(segment.parent or "")
    between = [norm(above.fact.name)] if above else []
    for line in ([name], [*between, name]):
        yield from ("/".join(line), "/".join([chain, *line]), "/".join([county, chain, *line]))


def find_source(state: State, name: str) -> str:
    """An outside source, as it is written in the data."""
    names = sorted({e.name for e in state.facts().sources})
    for known in names:
        if norm(known) == norm(name):
            return known
    raise Unknown("外部来源", name, near(name, names))
