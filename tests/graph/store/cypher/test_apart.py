"""A query runs in a process of its own on a copy: it ends in time, and leaves the graph and the disk as they were."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path

import orjson
import pytest

from graph.model import Edge, Node
from graph.projection.result import Projection
from graph.schema.parse import load_schema
from graph.store.cypher.apart import QueryLimits
from graph.store.cypher.errors import CypherRefused, QueryFailed, QueryTooLarge, QueryTooSlow
from graph.store.ladybug_ import child
from graph.store.ladybug_.store import LadybugStore
from graph.store.protocol import GraphState

SCHEMA = load_schema()
USUAL, SHORT = QueryLimits(), QueryLimits(seconds=1.0, memory=256 << 20)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("asked") / "graph"
    store = LadybugStore(folder, SCHEMA)
    projection = Projection()
    for number in range(120):
        name = f"示例{number}厂"
        projection.nodes["企业"][name] = Node(
            "企业", f"f{number}", name, {"name": name, "output": number, "year": 2024}, [1]
        )
    for number in range(119):
        edge = Edge("SUPPLIES", f"e{number}", "企业", f"f{number}", "企业", f"f{number + 1}", {"what": "示例件"}, [1])
        projection.edges["SUPPLIES"][edge.id] = edge
    store.build(projection, GraphState("ledger", "schema"), [{"name": "等待"}])
    yield store
    store.close()


def asked(store, text, limits=USUAL, **parameters):
    return store.ask(text, parameters, limits)


def test_rows_come_in_the_order_of_the_columns_and_nothing_of_the_store_is_among_them(store):
    answered = asked(store, "MATCH (n) RETURN label(n) AS 类别, count(*) AS 个数")
    assert (answered.columns, answered.rows) == (("类别", "个数"), [["Enterprise", 120]])
    node = asked(store, "MATCH (n:Enterprise {name: $name}) RETURN n", name="示例7厂").rows[0][0]
    assert node["label"] == "Enterprise"
    assert {k: v for k, v in node["values"].items() if v is not None and k != "records"} == {
        "id": "f7", "name": "示例7厂", "output": 7.0, "year": 2024,
    }  # fmt: skip


def test_an_edge_is_walked_once_as_on_a_server(store):
    text = "MATCH (a:Enterprise)-[:SUPPLIES]->(b)<-[:SUPPLIES]-(c) RETURN count(*)"
    assert asked(store, text).rows == [[0]]
    assert asked(store, "MATCH (a:Enterprise)-[:SUPPLIES*2..2]-(b) RETURN count(*)").rows == [[236]]


def test_what_the_graph_does_not_have_is_an_empty_answer_with_a_hint(store):
    answered = asked(
        store, "MATCH p=(a:Company)-[:SELLS|SUPPLIES*1..3]->(b:Company) RETURN length(p), b.revenue LIMIT 5"
    )
    assert answered.rows == []
    assert [h.partition("，")[0] for h in answered.hints] == ["图中没有“Company”这个类别", "图中没有“SELLS”这种关系"]
    assert asked(store, "MATCH (n:Company) RETURN count(n), sum(n.revenue)").rows == [[0, None]]


def test_more_rows_than_the_limit_are_told(store):
    answered = asked(store, "UNWIND range(1, 100000) AS x RETURN x", QueryLimits(rows=50))
    assert (len(answered.rows), answered.more) == (50, True)
    assert asked(store, "UNWIND range(1, 100000) AS x RETURN x", QueryLimits(bytes=600)).more


ENDLESS = [
    "UNWIND range(1,100000) AS x UNWIND range(1,100000) AS y RETURN sum(x*y)",
    "UNWIND range(1,100000000) AS x RETURN collect(x)",
    "MATCH (a:Enterprise),(b:Enterprise),(c:Enterprise),(d:Enterprise),(e:Enterprise) WHERE a.name < b.name + c.name + d.name RETURN count(*)",
    "MATCH (a:Enterprise),(b:Enterprise),(c:Enterprise),(d:Enterprise) RETURN a.name ORDER BY a.name+b.name+c.name+d.name",
    "MATCH p=(a:Enterprise)-[* ALL SHORTEST 1..30]-(b:Enterprise) MATCH q=(c:Enterprise)-[*1..30]-(d:Enterprise) RETURN count(p), count(q)",
]


@pytest.mark.parametrize("text", ENDLESS)
def test_what_would_not_end_is_stopped_in_time_and_the_next_query_answers(store, text):
    start = time.perf_counter()
    with pytest.raises((QueryTooSlow, QueryTooLarge)):
        asked(store, text, SHORT)
    assert time.perf_counter() - start < SHORT.seconds + 2
    assert asked(store, "RETURN 1 AS x").rows == [[1]]


def test_a_query_leaves_nothing_on_the_disk_and_the_graph_as_it_was(store):
    folder = Path(store.url.removeprefix("ladybug:///"))
    before = {p.name: p.stat().st_mtime_ns for p in folder.iterdir()}
    asked(store, "MATCH (n:Company) RETURN count(n)")
    with pytest.raises(QueryFailed, match="没有属性"):
        asked(store, "MATCH (n:Enterprise) RETURN n.colour")
    with pytest.raises(CypherRefused):
        asked(store, "MATCH (n:Enterprise) SET n.name = 'x'")
    assert {p.name: p.stat().st_mtime_ns for p in folder.iterdir()} == before
    assert store.counts()[0] == {"企业": 120}


def test_queries_run_beside_each_other_and_beside_a_change(store):
    answers: list[int] = []
    threads = [
        threading.Thread(target=lambda: answers.append(asked(store, "MATCH (n:Enterprise) RETURN count(n)").rows[0][0]))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [120] * 4


@pytest.mark.skipif(sys.platform == "win32", reason="no limits of this kind there")
@pytest.mark.parametrize(
    "text",
    [
        "COPY (RETURN 1 AS x) TO '{out}/x.csv'",
        "LOAD FROM '/etc/passwd' (header=false, delim=':', file_format='csv') RETURN *",
        "EXPORT DATABASE '{out}/d'",
    ],
)
def test_even_a_statement_that_nobody_checked_writes_no_file_and_reads_none(store, tmp_path, text):
    graph = next(Path(store.url.removeprefix("ladybug:///")).glob("*.lbug"))
    copy = tmp_path / "graph"
    copy.write_bytes(graph.read_bytes())
    (tmp_path / "out").mkdir()
    request = {
        "path": str(copy), "size": copy.stat().st_size, "text": text.format(out=tmp_path / "out"), "parameters": {},
        "prepare": [], "seconds": 5, "rows": 10, "bytes": 10_000, "memory": 256 << 20,
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-I", child.__file__], input=orjson.dumps(request), capture_output=True, check=False
    )
    answer = orjson.loads(done.stdout) if done.stdout else {"fault": "ended"}
    assert "rows" not in answer
    assert [p for p in (tmp_path / "out").rglob("*") if p.is_file() and p.stat().st_size] == []
