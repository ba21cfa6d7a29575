"""The supply network: structure of all chains, its views and what can be reached on them."""

from __future__ import annotations

import networkx as nx
import pytest
from world import World

from graph.analysis.facts import FeedFact, SegmentFact
from graph.analysis.scenario import Landing, Scenario, apply
from graph.analysis.supply.availability import Supply
from graph.analysis.supply.network import SupplyNetwork, beyond, reached
from graph.analysis.supply.structure import standings


@pytest.fixture
def network():
    """锯条 with a part 双金属锯条, fed with steel twice; the machine takes blades."""
    segments = [
        SegmentFact(i, i, "链", parent="锯条" if i == "双金属锯条" else None)
        for i in ("钢带", "锯条", "双金属锯条", "锯床")
    ]
    feeds = [
        FeedFact("钢带", "锯条", 1, "冷轧"),
        FeedFact("钢带", "锯条", None, "热轧"),
        FeedFact("双金属锯条", "锯条"),
        FeedFact("锯条", "锯床", 0),
    ]
    return SupplyNetwork(segments, feeds)


def test_of_several_feeds_the_most_essential_counts_and_all_that_flows_is_named(network):
    assert network.feeds["钢带"]["锯条"] == {"essentiality": 2, "what": "冷轧、热轧"}


def test_a_part_inherits_what_feeds_the_whole_but_not_itself(network):
    assert network.inputs["双金属锯条"] == {"钢带": 2}
    assert set(network.needs.edges) == {("钢带", "锯条"), ("双金属锯条", "锯条"), ("钢带", "双金属锯条")}


def test_parts_are_a_tree_beside_the_feeds(network):
    assert network.line["双金属锯条"] == ("双金属锯条", "锯条")
    assert network.subtree["锯条"] == ("锯条", "双金属锯条")
    assert set(network.rests_on.successors("锯条")) == {"双金属锯条", "钢带"}


def test_a_segment_below_itself_is_refused():
    knot = [SegmentFact("a", "a", "链", parent="b"), SegmentFact("b", "b", "链", parent="a")]
    with pytest.raises(nx.NetworkXUnfeasible):
        SupplyNetwork(knot, [])


def test_what_is_reached_comes_nearest_first_in_the_order_of_the_starts():
    graph = nx.DiGraph([("a", "c"), ("b", "d"), ("c", "e"), ("d", "a")])
    assert reached(graph, ["b", "a"]) == ["b", "a", "d", "c", "e"]
    assert beyond(graph, ["b", "a"]) == {"a", "c", "d", "e"}


def test_a_scenario_shares_the_network_of_the_state_it_starts_from():
    supply = Supply(World().segment("钢带").segment("锯条").feed("钢带", "锯条").facts())
    after = apply(supply, Scenario(add=(Landing("示例新厂", "钢带"),), survey=("锯条",)))
    assert after.network is supply.network
    assert after.segments["钢带"].total == 1


def test_members_of_a_loop_stand_on_one_level():
    found = standings(nx.DiGraph([("矿", "a"), ("a", "b"), ("b", "a"), ("b", "锯条")]))
    assert {n: (s.level, s.in_loop) for n, s in found.items()} == {
        "矿": (0, False), "a": (1, True), "b": (1, True), "锯条": (2, False),
    }  # fmt: skip


def test_a_segment_without_feeds_has_no_constraint():
    alone = nx.DiGraph()
    alone.add_node("矿")
    assert standings(alone)["矿"].constraint is None
