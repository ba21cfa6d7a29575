"""What people ask in Cypher, and every named query, has the same answer in both engines; what would not end is stopped."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from both import build_both

from graph.city.city import open_city
from graph.queries.named.query import named_query
from graph.store.cypher.apart import Answered, QueryLimits
from graph.store.cypher.errors import CypherRefused, QueryTooLarge, QueryTooSlow

ASKED = [
    "MATCH (n) RETURN label(n) AS 类别, count(*) AS 个数 ORDER BY 类别",
    "MATCH p=(a:Company)-[:SELLS*1..3]->(b:Company) RETURN length(p) LIMIT 5",
    "MATCH (a:Enterprise)-[:SUPPLIES]->(b)<-[:SUPPLIES]-(c) RETURN a.name, b.name, c.name ORDER BY a.name, b.name, c.name",
    "MATCH p=(a:Enterprise)-[:SUPPLIES*1..3]->(b:Enterprise) RETURN a.name, b.name, length(p) AS n ORDER BY a.name, b.name, n",
    "MATCH (a:Segment)-[r:FEEDS*1..2]-(b)<-[s:FEEDS]-(c) RETURN count(*)",
    "MATCH p = shortestPath((a:Enterprise {name: '示例甲锯床有限公司'})-[*1..6]-(b:Segment)) RETURN length(p) AS n, b.id ORDER BY n, b.id",
    "MATCH (n:Enterprise) WHERE NOT (n)-[:SUPPLIES]->() AND n.name =~ '.*锯.*' RETURN n.name ORDER BY n.name",
    "MATCH (n:Enterprise) WHERE n.output > 1000 AND NOT n.year IS NULL RETURN round(avg(n.output)) AS a, sum(n.output), min(n.name), max(n.year)",
    "MATCH (n:Enterprise {name: '示例甲锯床有限公司'}) RETURN n",
    "UNWIND range(1, 10) AS x WITH x WHERE x % 2 = 0 RETURN sum(x) AS s, -x ^ 2 AS y ORDER BY y",
    "RETURN substring('带锯床', 1) AS a, substring('带锯床', 0, 2) AS b, split('甲、乙', '、') AS c, size('锯床') AS d, 7 / 2 AS e, ln(1) AS f, any(x IN [1, 2] WHERE x > 1) AS g",
]
GIVEN = {"firm": "示例甲锯床有限公司", "segment": "示例圆锯床", "one": "示例县", "other": "示例邻县"}
NAMED = ("企业的二级供应商", "环节的上游", "有需求没有项目的技术需求")
ENDLESS = [
    "UNWIND range(1,100000) AS x UNWIND range(1,100000) AS y RETURN sum(x*y)",
    "UNWIND range(1,100000000) AS x RETURN collect(x)",
]


def plain(value: Any) -> Any:
    """A value without what is empty, numbers rounded: one engine names empty properties, the other does not."""
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items() if v is not None}
    if isinstance(value, list):
        return [plain(v) for v in value]
    return round(float(value), 6) if isinstance(value, int | float) and not isinstance(value, bool) else value


@pytest.fixture
def both(pair, copy_examples, tmp_path):
    city = open_city(copy_examples(tmp_path / "home"))
    build_both(pair, city.projection(), city.target_state(), city.store.waiting())
    ids = {
        name: row["id"]
        for kind in ("企业", "环节")
        for row in city.store.nodes(city.schema.kinds[kind])
        for name in [row["name"]]
    }
    city.close()
    return pair, ids


def test_what_people_ask_has_one_answer(both):
    (own, server), ids = both
    usual = QueryLimits(seconds=60)
    with ThreadPoolExecutor(2) as threads:

        def answers(text: str, bound: dict[str, Any]) -> list[Answered]:
            return list(threads.map(lambda store: store.ask(text, bound, usual), (own, server)))

        for text in ASKED:
            ours, theirs = answers(text, {})
            assert (ours.columns, ours.hints) == (theirs.columns, theirs.hints)
            assert plain(ours.rows) == plain(theirs.rows), text
        for name in NAMED:
            query = named_query(name)
            given = query.values({p.name: GIVEN.get(p.name, "2020" if p.required else None) for p in query.parameters})
            bound = {k: ids.get(v, v) if isinstance(v, str) else v for k, v in given.items()}
            ours, theirs = answers(query.text, bound)
            assert plain(ours.rows) == plain(theirs.rows), name


def test_on_a_server_what_would_not_end_is_stopped_in_time_and_nothing_is_written(pair):
    server, short = pair[1], QueryLimits(seconds=2)
    for text in ENDLESS:
        start = time.perf_counter()
        with pytest.raises((QueryTooSlow, QueryTooLarge)):
            server.ask(text, {}, short)
        assert time.perf_counter() - start < short.seconds + 2
    assert server.ask("RETURN 1 AS x", {}, QueryLimits()).rows == [[1]]
    with pytest.raises(CypherRefused):
        server.ask("MATCH (n) DETACH DELETE n", {}, short)
