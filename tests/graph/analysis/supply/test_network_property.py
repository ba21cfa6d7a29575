"""Availability against a brute force that shares no code with it."""

from __future__ import annotations

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st
from world import World

from graph.analysis.supply.availability import Supply

NAMES = [f"s{i}" for i in range(6)]
FIRMS = ["a", "b", "c", "市内"]


@st.composite
def worlds(draw: st.DrawFn) -> World:
    w = World()
    count = draw(st.integers(1, 6))
    names = NAMES[:count]
    for i, name in enumerate(names):
        parent = draw(st.sampled_from([None, *names[:i]]))
        stated = draw(st.sampled_from([None, None, 0, 1, 3]))
        w.segment(name, parent=parent, stated=stated, surveyed=draw(st.sampled_from(["是", "仅本地", "否"])))
    pairs = st.tuples(st.sampled_from(names), st.sampled_from(names), st.sampled_from([2, 2, 1, 0, None]))
    for a, b, level in draw(st.lists(pairs, max_size=8, unique_by=lambda p: p[:2])):
        if a != b:
            w.feed(a, b, level)
    for firm, name in draw(
        st.lists(st.tuples(st.sampled_from(FIRMS), st.sampled_from(names)), max_size=8, unique=True)
    ):
        state = draw(st.sampled_from(["在产", "在产", None, "停产", "在建"]))
        w.firm(firm, name, state=state, region="邻" if firm == "市内" else "县")
    for source, name in draw(
        st.lists(st.tuples(st.sampled_from(["x", "y"]), st.sampled_from(names)), max_size=4, unique=True)
    ):
        w.source(name, source)
    return w


def brute(w: World, lost_firms: set[str], lost_sources: set[str]) -> dict[str, bool]:
    """The largest assignment that satisfies the definition, found by trying every one."""
    names = list(w.segments)
    parent = {n: w.segments[n].parent for n in names}

    def line(n: str) -> list[str]:
        found = [n]
        while parent[found[-1]]:
            found.append(parent[found[-1]])
        return found

    below = {n: [m for m in names if n in line(m)] for n in names}
    essential: dict[str, set[str]] = {n: set() for n in names}
    for n, a in product(names, names):
        if a in line(n):
            for f in w.feeds:
                inherited_inside = a != n and f.source in below[a]
                if f.target == a and f.essentiality in (2, None) and not inherited_inside:
                    essential[n].add(f.source)
    makes = [s for s in w.stands if s.state in ("在产", None)]
    named = {n: {s.firm for s in makes if s.firm != "市内" and s.segment in below[n]} for n in names}

    def consistent(on: dict[str, bool]) -> bool:
        for n in names:
            supplied = any(e.segment == n and e.name not in lost_sources for e in w.sources) or any(
                s.firm == "市内" and "市内" not in lost_firms and s.segment in below[n] for s in makes
            )
            made = any(
                (
                    any(s.segment == x and s.firm != "市内" and s.firm not in lost_firms for s in makes)
                    or (w.segments[x].stated or 0) > len(named[x])
                )
                and all(on[u] for u in essential[x])
                for x in below[n]
            )
            unknown = w.segments[n].surveyed != "是" and not any(e.segment == n for e in w.sources)
            if on[n] and not (supplied or made or unknown):
                return False
        return True

    best = dict.fromkeys(names, False)
    for bits in product([False, True], repeat=len(names)):
        on = dict(zip(names, bits, strict=True))
        if consistent(on):
            best = {n: best[n] or on[n] for n in names}
    return best


@settings(max_examples=300, deadline=None)
@given(worlds(), st.sets(st.sampled_from(FIRMS), max_size=2), st.sets(st.sampled_from(["x", "y"]), max_size=1))
def test_availability_is_the_greatest_fixed_point(w, firms, sources):
    assert dict(Supply(w.facts()).evaluate(firms, sources).available) == brute(w, firms, sources)


@settings(max_examples=100, deadline=None)
@given(worlds())
def test_nothing_unsurveyed_is_ever_called_missing(w):
    for s in w.grade().values():
        known = s.stated is not None or s.total >= 1 or any(t.state == "停产" for t in w.stands)
        if w.segments[s.segment_id].surveyed == "否" and not known:
            assert s.status == "未知"
