"""A database that several use: never wiped when it holds what is not ours, marked while it is built, taken over."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from time import monotonic, sleep

import httpx
import pytest
from both import driver, emptied
from builders import BASICS, FIRMS, write_book
from serving import lianpu, served

from graph.errors import GraphForeign, Rebuilding
from graph.model import Edge, Node
from graph.projection.result import Projection
from graph.schema.parse import load_schema
from graph.store.opening import open_store
from graph.store.protocol import GraphState

SCHEMA = load_schema()
DATABASE_URL = "LIANPU_GRAPH_URL"


def firms(count: int, name: str = "示例") -> Projection:
    made = Projection()
    for n in range(count):
        made.nodes["企业"][f"{name}{n}"] = Node("企业", f"{name}{n}", f"{name}{n}", {"name": f"{name}{n}"}, [n])
    made.edges["SUPPLIES"]["边"] = Edge("SUPPLIES", "边", "企业", f"{name}0", "企业", f"{name}1", {})
    return made


def ask(url: str, query: str, **parameters):
    with driver(url) as connection:
        return [record.data() for record in connection.execute_query(query, parameters).records]


@pytest.fixture
def server(neo4j_url):
    yield emptied(neo4j_url)
    ask(neo4j_url, "MATCH (n:别人) DETACH DELETE n")
    ask(neo4j_url, "MATCH (n:Enterprise) DETACH DELETE n")


@pytest.fixture
def home(tmp_path):
    folder = tmp_path / "home"
    assert lianpu(folder, "load", str(write_book(tmp_path / "示例.xlsx", dict(BASICS))))[0] == 0
    return folder


@pytest.mark.parametrize(
    "foreign",
    [
        "CREATE (:别人 {x: 1})",
        "CREATE (:别人 {x: 1})-[:MAKES]->(:别人)",
        "CREATE (:Enterprise {id: 'x', name: '别人的企业'})",
    ],
)
def test_a_database_that_holds_anything_else_is_refused_and_not_touched(server, home, foreign):
    ask(server, foreign)
    everything = (
        "MATCH (n) RETURN labels(n) AS labels, properties(n) AS values, COUNT { (n)--() } AS edges ORDER BY values"
    )
    before = ask(server, everything)
    code, d, _ = lianpu(home, "rebuild", "--graph", server)
    assert (code, d["error"]["code"]) == (2, "graph_foreign")
    assert "没有动它" in d["error"]["message"]
    assert ask(server, everything) == before


def test_what_others_add_to_our_graph_later_stops_the_next_build_and_stays(server):
    store = open_store(server, SCHEMA)
    store.build(firms(3), GraphState("a", "b"), [])
    ask(server, "MATCH (n:Enterprise {id: '示例0'}) CREATE (:别人)-[:KNOWS]->(n)")
    with pytest.raises(GraphForeign):
        store.build(firms(2), GraphState("c", "b"), [])
    assert store.state() == GraphState("a", "b")
    assert ask(server, "MATCH (:别人)-[r:KNOWS]->(:Enterprise) RETURN count(r) AS n") == [{"n": 1}]
    store.close()


def test_a_city_moves_to_the_server_and_back_in_one_command_each_way(server, home, tmp_path, monkeypatch):
    _, before, _ = lianpu(home, "status")
    code, moved, _ = lianpu(home, "rebuild", "--graph", server)
    assert code == 0
    assert moved["in_step"]
    assert moved["hash"] == before["graph"]["hash"]
    assert moved["nodes"] == before["graph"]["nodes"]
    monkeypatch.setenv(DATABASE_URL, server)
    more = write_book(
        tmp_path / "更多.xlsx",
        {"企业": [FIRMS[0], ["示例丙锯业有限公司", "示例县", "示例锯床产业链", "锯条", 7, 2024, "在产"]]},
    )
    assert lianpu(home, "load", str(more))[0] == 0
    _, there, _ = lianpu(home, "status")
    assert there["in_step"]
    assert there["graph"]["hash"] != before["graph"]["hash"]
    code, back, _ = lianpu(home, "rebuild", "--graph", f"ladybug:///{home / 'graph'}")
    assert (code, back["hash"]) == (0, there["graph"]["hash"])
    monkeypatch.delenv(DATABASE_URL)
    _, after, _ = lianpu(home, "status")
    assert after["in_step"]
    assert after["graph"] == {**there["graph"], "url": before["graph"]["url"]}
    assert lianpu(home, "undo", "2")[0] == 0
    monkeypatch.setenv(DATABASE_URL, server)
    _, again, _ = lianpu(home, "status")  # brought into step by itself
    assert again["in_step"]
    assert again["graph"]["hash"] == before["graph"]["hash"]


def test_readers_are_told_that_a_build_is_under_way_and_a_dead_builder_is_taken_over(server, home, monkeypatch):
    lianpu(home, "rebuild", "--graph", server)
    monkeypatch.setenv(DATABASE_URL, server)
    _, whole, _ = lianpu(home, "status")
    mark = "MATCH (s:LianpuState) SET s.building = '别处', s.beat = timestamp() - $ago, s.ledger = 'x'"
    with (
        served(home) as site,
        httpx.Client(base_url=site.base, headers={"X-Lianpu-Token": str(site.run["token"])}) as web,
    ):
        assert web.get("/gaps").status_code == 200
        ask(server, mark, ago=0)
        answer = web.get("/api/search", params={"text": "示例"})
        assert (answer.status_code, answer.json()["error"]["code"]) == (503, "rebuilding")
        page = web.get("/search", params={"text": "示例"})
        assert page.status_code == 503
        assert "重建中" in page.text
    code, d, _ = lianpu(home, "gaps")
    assert (code, d["error"]["code"]) == (2, "rebuilding")
    ask(server, mark, ago=61_000)
    code, taken, _ = lianpu(home, "status")
    assert (code, taken["in_step"]) == (0, True)
    assert taken["graph"] == whole["graph"]
    ask(server, mark, ago=0)
    code, rebuilt, _ = lianpu(home, "rebuild")  # does not wait for a builder that somebody knows to be dead
    assert (code, rebuilt["hash"]) == (0, whole["graph"]["hash"])


def test_of_two_builders_the_later_one_wins_and_the_other_gives_up(server):
    first, second = open_store(server, SCHEMA), open_store(server, SCHEMA)
    with ThreadPoolExecutor() as pool:
        building = pool.submit(first.build, firms(40_000), GraphState("一", "b"), [])
        limit = monotonic() + 60
        while not ask(server, "MATCH (n:Enterprise) RETURN n.id AS id LIMIT 1"):
            assert monotonic() < limit
            sleep(0.05)
        second.build(firms(5, "后来"), GraphState("二", "b"), [])
        assert isinstance(building.exception(), Rebuilding)
    assert second.state() == first.state() == GraphState("二", "b")
    assert second.counts() == ({"企业": 5}, {"SUPPLIES": 1})
    for store in (first, second):
        store.close()


def test_a_change_in_place_that_breaks_off_leaves_the_graph_as_it_was(server):
    from graph.store.changes import Changes

    store = open_store(server, SCHEMA)
    store.build(firms(3), GraphState("a", "b"), [])
    broken = Node("企业", "坏", "坏", {"name": {"不是": "文字"}})  # the engine refuses it, after the good one
    with pytest.raises(Exception, match="图库服务器出错"):
        store.apply(Changes(nodes=[Node("企业", "好", "好", {"name": "好"}), broken]), GraphState("c", "b"), [])
    assert store.state() == GraphState("a", "b")
    assert store.counts() == ({"企业": 3}, {"SUPPLIES": 1})
    store.close()


def test_reads_see_a_load_of_another_connection(server):
    one, other = open_store(server, SCHEMA), open_store(server, SCHEMA)
    one.build(firms(2), GraphState("a", "b"), [])
    assert other.state() == GraphState("a", "b")
    assert other.counts()[0] == {"企业": 2}
    for store in (one, other):
        store.close()
