"""The same graph in two engines: every store method and every query file, and what they must agree on."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.resources import files
from itertools import product
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import neo4j

from graph.city.waits import like_any
from graph.projection.result import Projection
from graph.schema.kinds import Schema
from graph.store.compare import content_hash
from graph.store.protocol import GraphStore
from graph.store.queries import edge_returns, node_returns, query_text
from graph.store.rows import Row

COMPARED: Counter[str] = Counter()
SMALL = 100  # nodes and edges
Case = tuple[dict[str, str], dict[str, Any]]
QUERIES = Path(str(files("cypher")))
SPARE_PASSWORD = "密码:p@ss/w0rd#1?%41 "  # full of what URLs make special
SPARE = {
    "dbms__security__auth_max_failed_attempts": "0",  # tests fail to log in again and again
    "db__transaction__monitor__check__interval": "10ms",  # of overdue transactions; two seconds let a quick one through
}


def driver(url: str) -> neo4j.Driver:
    """A connection of our own, past the store."""
    parts = urlsplit(url)
    auth = (unquote(parts.username or ""), unquote(parts.password or ""))
    return neo4j.GraphDatabase.driver(
        f"{parts.scheme}://{parts.hostname}:{parts.port}", auth=auth, notifications_min_severity="OFF"
    )


def emptied(url: str) -> str:
    """The URL, once nothing of ours is left there. What is not ours stays, and fails the test."""
    with driver(url) as connection, connection.session() as session:
        for label in ("Lianpu", "LianpuState", "LianpuWaiting"):
            query = f"MATCH (n:{label}) CALL {{ WITH n DETACH DELETE n }} IN TRANSACTIONS OF 5000 ROWS"
            session.run(query).consume()  # type: ignore[arg-type]
    return url


def without_keys(url: str) -> None:
    """Drop the keys and indexes that our store made."""
    with driver(url) as connection, connection.session() as session:
        for kind in ("CONSTRAINT", "INDEX"):
            for record in session.run(f"SHOW {kind} YIELD name WHERE name STARTS WITH 'lianpu_' RETURN name").data():
                session.run(f"DROP {kind} {record['name']} IF EXISTS").consume()


_opened: set[str] = set()


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "open" and str(arguments[0]).endswith(".cypher"):
        path = Path(str(arguments[0]))
        _opened.add(f"{path.parent.name}/{path.stem}")


sys.addaudithook(_watch)


@contextmanager
def queries_used() -> Iterator[set[str]]:
    """The query files read inside the block, as `folder/name`."""
    query_text.cache_clear()
    _opened.clear()
    yield _opened


# What people ask has tests of its own (test_asked.py), and so have the steps by which a copy is made for it.
ASKED = {"ladybug/drop_table", "ladybug/join_tables"}


def all_queries() -> set[str]:
    """Every query file by which a store works."""
    files = (path for path in QUERIES.rglob("*.cypher") if path.parent.name != "named")
    return {f"{path.parent.name}/{path.stem}" for path in files} - ASKED


def build_both(pair: tuple[GraphStore, GraphStore], projection: Projection, state: Any, waiting: list[Row]) -> None:
    """The same graph into both stores."""
    for store in pair:
        store.build(projection, state, waiting)


def compare(pair: tuple[GraphStore, GraphStore], schema: Schema, like: Projection) -> None:
    """Every method and every read query give equal values on both engines, in order where that is promised."""
    one, other = pair
    for what in ("state", "waiting", "counts"):
        _equal(what, getattr(one, what)(), getattr(other, what)())
    for kind in schema.kinds.values():
        _equal(kind.label, _bag(one.nodes(kind)), _bag(other.nodes(kind)))
    for relation in schema.relations.values():
        for a, b in relation.ends:
            ends = schema.kinds[a], schema.kinds[b]
            _equal(relation.name, _bag(one.edges(relation, *ends)), _bag(other.edges(relation, *ends)))
    for query, cases in read_cases(schema, like).items():
        ordered = "ORDER BY" in query_text(query, "ladybug")
        for names, parameters in cases:
            rows = [store.read(query, names, **parameters) for store in pair]
            _equal(f"{query} {names} {parameters}", *map(_exact if ordered else _bag, rows))
    _equal("hash", content_hash(one, schema), content_hash(other, schema))


def _equal(what: str, one: Any, other: Any) -> None:
    assert one == other, what
    COMPARED["results"] += 1
    COMPARED["rows"] += len(one) if isinstance(one, list) else 1


def _exact(rows: list[Row]) -> list[str]:
    return [repr(sorted(row.items())) for row in rows]  # repr tells 1 from 1.0 and from True


def _bag(rows: list[Row]) -> list[str]:
    return sorted(_exact(rows))


def read_cases(schema: Schema, like: Projection) -> Mapping[str, list[Case]]:
    """For every file of `cypher/read` the names and parameters to run it with."""
    kinds = schema.kinds.values()
    ids = {k.caption: sorted(like.nodes.get(k.caption, {})) for k in kinds}
    chosen = {caption: [[*some[:1], "不存在"], some[::3][:500]] for caption, some in ids.items()}
    if like.size() < SMALL:  # there are many small graphs: one lookup that finds and misses says it all
        chosen = {caption: [[*some, "不存在"]] for caption, some in ids.items()}
    filled = {(e.relation, e.source_kind, e.target_kind) for some in like.edges.values() for e in some.values()}
    labels = [{"label": k.label, "columns": node_returns(k)} for k in kinds]
    ends = [
        (a, b, {
            "relation": r.name, "source": schema.kinds[a].label, "target": schema.kinds[b].label,
            "columns": edge_returns(r),
        })
        for number, (r, a, b) in enumerate((r, a, b) for r in schema.relations.values() for a, b in r.ends)
        if (r.name, a, b) in filled or number % 8 == 0
    ]  # fmt: skip
    texts = _texts(like)[:: 1 if like.size() >= SMALL else 3]
    endings = sorted({n.name[-2:] for nodes in like.nodes.values() for n in nodes.values() if n.name})[::7]
    named = [k for k in kinds if any(c.field == "name" for c in k.fields)]
    skeleton = {
        slot: schema.kinds[kind].label
        for slot, kind in
        {"chain": "产业链", "segment": "环节", "firm": "企业", "source": "外部来源", "product": "产品"}.items()
        if kind in schema.kinds
    }  # fmt: skip
    linked = [(skeleton, {"ids": some}) for some in chosen["产业链"]] if len(skeleton) == 5 else []
    makes = {"product": schema.kinds["产品"].label, "firm": schema.kinds["企业"].label, "makes": "MAKES"}
    return {
        "state": [({}, {})],
        "waiting": [({}, {})],
        "count_nodes": [(names, {}) for names in labels],
        "nodes_of_kind": [(names, {}) for names in labels],
        "nodes_by_id": [
            ({"label": k.label, "columns": node_returns(k)}, {"ids": some})
            for k in kinds for some in [[], *chosen[k.caption]]
        ],
        "count_edges": [(names, {}) for _, _, names in ends],
        "edges_of_relation": [(names, {}) for _, _, names in ends],
        "edges_from": [(names, {"ids": some}) for a, _, names in ends for some in chosen[a]],
        "edges_to": [(names, {"ids": some}) for _, b, names in ends for some in chosen[b]],
        "edges_from_named": [
            (names, {"ids": some}) for a, b, names in ends if schema.kinds[b] in named for some in chosen[a]
        ],
        "edges_to_named": [
            (names, {"ids": some}) for a, b, names in ends if schema.kinds[a] in named for some in chosen[b]
        ],
        "chains_linked": linked,
        "chains_alike": linked,
        "nodes_by_name": [
            ({"label": k.label, "columns": node_returns(k)}, {"texts": some})
            for k in named for some in ([], texts, [n.name for n in like.nodes.get(k.caption, {}).values()][:5])
        ],
        "count_endings": [
            ({"label": k.label}, {"words": some}) for k in named for some in ([], texts[:1], [*texts, *endings])
        ],
        "names_like": [({"label": k.label}, {"pattern": like_any(t)}) for k, t in product(named, texts) if t],
        "values_of_node": [
            ({"label": k.label, "property": c.field or ""}, {}) for k in kinds for c in k.fields if c.value_type.is_amount
        ],
        "values_of_edge": [
            ({**names, "property": c.field or ""}, {})
            for _, _, names in ends
            for c in schema.relations[names["relation"]].fields if c.value_type.is_amount
        ],
        "search_names": [({"label": k.label}, {"text": t}) for k, t in product(named, texts)],
        "search_property": [
            ({"label": k.label, "property": c.field or ""}, {"text": t})
            for k in kinds for c in k.fields if c.sought for t in texts
        ],
        "makers_by_term": [(makes, {"terms": some}) for some in ([], texts[:1], texts)],
    }  # fmt: skip


def _texts(like: Projection) -> list[str]:
    """Things to search for: nothing, what is everywhere, what is nowhere, and parts of real names."""
    names = sorted({n.name for nodes in like.nodes.values() for n in nodes.values() if n.name})
    parts = [name[:2] for name in names[:: max(1, len(names) // 3)]][:3]
    return ["", "有限公司", "没有这样的名字", "'", "\\", *dict.fromkeys(parts)]
