"""The picture of a neighbourhood: groups with counts, paths, filters, and that the same steps make the same."""

from __future__ import annotations

import pytest

from graph.answers.explorer.members import members, panel
from graph.answers.explorer.neighbours import groups, net_of
from graph.answers.explorer.net import TieNet
from graph.answers.explorer.picture import HARD, draw, picture_document
from graph.answers.explorer.steps import read_steps
from graph.answers.explorer.views import opened
from graph.answers.explorer.ways import HUBS, all_paths, common, shortest
from graph.answers.search import search
from graph.errors import Unknown

FIRM, SEGMENT = "示例甲锯床有限公司", "示例数控系统"


@pytest.fixture
def state(examples):
    with examples.reading() as state:
        yield state


@pytest.fixture
def ids(state):
    hits = {kind: search(state, name)["hits"] for kind, name in (("企业", FIRM), ("环节", SEGMENT))}
    return {kind: next(h["id"] for h in some if h["kind"] == kind) for kind, some in hits.items()}


def drawn(state, start, *texts, chosen=None, off=()):
    steps, unread = read_steps(texts)
    assert unread == 0
    return picture_document(state, draw(state, [start], steps), chosen or {}, off)


def group(state, ident, relation, out):
    return next(g for g in groups(state, ident) if (g.key.relation, g.key.out) == (relation, out))


def test_the_groups_of_a_node_count_what_its_page_shows(state, ids, pages):
    firm = ids["企业"]
    shown = pages.get("/show", params={"kind": "企业", "id": firm}).text
    suppliers = group(state, firm, "SUPPLIES", out=False)
    names = [m["name"] for m in members(state, firm, str(suppliers.key))["members"]]
    assert len(names) == len(suppliers.ids) == 3
    assert all(name in shown for name in names)


def test_a_group_is_drawn_and_its_disc_goes_once_everything_in_it_is(state, ids):
    firm = ids["企业"]
    suppliers = group(state, firm, "SUPPLIES", out=False)
    before, after = drawn(state, firm), drawn(state, firm, f"group.{firm}.{suppliers.key}")
    assert {n["id"] for n in after["nodes"]} == {firm, *suppliers.ids}
    assert [g["total"] for g in before["groups"] if g["group"] == str(suppliers.key)] == [3]
    assert [g for g in after["groups"] if g["group"] == str(suppliers.key)] == []
    assert {e["caption"] for e in after["edges"]} >= {"供货"}


def test_a_path_goes_through_no_county_and_no_chain_where_another_leads(state, ids):
    net = net_of(state)
    path = shortest(net, ids["企业"], ids["环节"])
    assert (path[0], path[-1]) == (ids["企业"], ids["环节"])
    assert HUBS.isdisjoint(net.kinds[n] for n in path[1:-1])
    document = drawn(state, ids["企业"], f"path.{ids['企业']}.{ids['环节']}")
    assert {n["id"] for n in document["nodes"]} == set(path)
    assert sum(e["lit"] for e in document["edges"]) >= len(path) - 1
    assert "最短" in document["remarks"][-1]


def test_all_paths_are_short_simple_and_begin_with_the_shortest(state, ids):
    net = net_of(state)
    paths = all_paths(net, ids["企业"], ids["环节"])
    assert len(paths[0]) == len(shortest(net, ids["企业"], ids["环节"]))
    assert all(len(p) <= 5 and len(set(p)) == len(p) for p in paths)
    assert len(set(map(tuple, paths))) == len(paths)


def test_without_a_way_the_picture_says_so():
    net = TieNet(
        {"a": "企业", "b": "企业", "c": "县市区", "d": "企业"}, [("LOCATED_IN", "a", "c"), ("LOCATED_IN", "b", "c")]
    )
    assert (shortest(net, "a", "b"), shortest(net, "a", "d"), all_paths(net, "a", "b")) == (["a", "c", "b"], [], [])
    assert common(net, ["a", "b"]) == ["c"]


def test_a_filter_hides_what_says_something_else_and_pinned_nodes_stay(state, ids):
    firm = ids["企业"]
    suppliers = group(state, firm, "SUPPLIES", out=False)
    step = f"group.{firm}.{suppliers.key}"
    outside = drawn(state, firm, step, chosen={"status": ["外部"]})
    assert {n["status"] for n in outside["nodes"] if n["shown"]} == {"外部"}
    assert outside["filters"] == ["状态：外部"]
    pinned = drawn(state, firm, step, f"pin.{firm}", chosen={"status": ["外部"]}, off=["环节"])
    assert firm in {n["id"] for n in pinned["nodes"] if n["shown"]}
    assert pinned["filters"] == ["状态：外部", "不看：环节"]


def test_what_is_gone_is_told_and_a_picture_takes_no_more_than_it_can_show(state, ids):
    document = drawn(state, ids["企业"], f"open.{'0' * 20}")
    assert document["remarks"] == ["链接里有 1 处所说的对象已不在数据里，没有画出"]
    picture = draw(state, [ids["企业"]], [])
    picture.take([f"{n:020x}" for n in range(HARD)])
    assert (picture.visible, picture.refused) == (HARD, 1)
    picture.hidden.add(ids["企业"])
    picture.take([ids["环节"]])
    assert (picture.visible, picture.refused) == (HARD, 1)


def test_hidden_nodes_come_back_when_they_are_drawn_again(state, ids):
    firm, segment = ids["企业"], ids["环节"]
    path = f"path.{firm}.{segment}"
    assert [n["id"] for n in drawn(state, firm, path, f"only.{firm}")["nodes"]] == [firm]
    again = drawn(state, firm, path, f"only.{firm}", path)
    assert {firm, segment} <= {n["id"] for n in again["nodes"]}


def test_nobody_is_asked_about_what_there_is_not(state):
    with pytest.raises(Unknown):
        panel(state, "0" * 20)
    with pytest.raises(Unknown):
        members(state, "0" * 20, "SUPPLIES.in.Enterprise")


def test_the_panel_masks_numbers_of_persons_and_names_the_chains(state, ids):
    answer = panel(state, ids["环节"])
    assert [c["name"] for c in answer["chains"]] == ["示例县锯床产业链"]
    assert {f["caption"] for f in answer["facts"]} >= {"阶段"}


def test_a_kept_address_is_always_one_of_this_page():
    assert opened("https://示例.invalid/graph?start=a&do=b&token=t") == "/graph?start=a&do=b"
