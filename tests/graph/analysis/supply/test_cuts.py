"""Cuts: every minimal loss that stops a segment, against trying every set."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given, settings
from test_network_property import brute, worlds
from world import World

from graph.analysis.supply.availability import Supply
from graph.analysis.supply.cuts import find_cuts


def battery() -> World:
    """A worked case: ore and salt make cathodes, cathodes and film make cells, cells make packs."""
    w = World()
    for name in ("ore", "salt", "film", "cathode", "cell", "pack"):
        w.segment(name)
    for a, b in (("ore", "cathode"), ("salt", "cathode"), ("cathode", "cell"), ("film", "cell"), ("cell", "pack")):
        w.feed(a, b)
    w.firm("A", "ore", 1).firm("B", "cathode", 7).firm("C", "cathode", 3).firm("D", "cell", 1)
    w.firm("D", "pack", 6).firm("E", "pack", 4)
    return w.source("salt", "EXT_salt").source("film", "EXT_film")


def minimal(w: World, segment: str) -> set[frozenset[str]]:
    found = find_cuts(Supply(w.facts()), "链", 2).cuts
    sets = {frozenset(x.id for x in c.lost) for c in found if segment in c.stops}
    return {s for s in sets if not any(t < s for t in sets)}


def test_every_minimal_cut_of_a_worked_case_is_found():
    wanted = [{"A"}, {"D"}, {"EXT_film"}, {"EXT_salt"}, {"B", "C"}]
    assert minimal(battery(), "pack") == {frozenset(s) for s in wanted}


def test_a_second_maker_upstream_turns_a_single_cut_into_a_pair():
    wanted = [{"A", "F"}, {"D"}, {"EXT_film"}, {"EXT_salt"}, {"B", "C"}]
    assert minimal(battery().firm("F", "ore"), "pack") == {frozenset(s) for s in wanted}


def test_stops_covers_everything_that_falls():
    found = {c.lost[0].id: c.stops for c in find_cuts(Supply(battery().facts()), "链").cuts}
    assert found["A"] == ("cathode", "cell", "ore", "pack")
    assert found["D"] == ("cell", "pack")
    assert "B" not in found


def test_what_nobody_asked_about_cannot_be_cut_and_is_counted():
    w = World().segment("锯条", surveyed="仅本地").firm("甲", "锯条").segment("锯床").firm("乙", "锯床")
    found = find_cuts(Supply(w.facts()), "链")
    assert [c.stops for c in found.cuts] == [("锯床",)]
    assert found.supply_unknown == 1


@settings(max_examples=150, deadline=None)
@given(worlds())
def test_cuts_equal_trying_every_loss(w):
    firms, sources = ["a", "b", "c", "市内"], ["x", "y"]
    now = brute(w, set(), set())
    lost = {}
    for size in (1, 2):
        for some in combinations([*firms, *sources], size):
            after = brute(w, set(some) & set(firms), set(some) & set(sources))
            lost[frozenset(some)] = frozenset(n for n in now if now[n] and not after[n])
    wanted = {}
    for some, gone in lost.items():
        alone = frozenset().union(*(lost[frozenset([x])] for x in some)) if len(some) == 2 else frozenset()
        if gone - alone:
            wanted[some] = gone
    found = {frozenset(x.id for x in c.lost): frozenset(c.stops) for c in find_cuts(Supply(w.facts()), "链", 2).cuts}
    assert found == wanted
