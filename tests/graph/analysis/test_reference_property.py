"""The engine against the rules written out once more (reference.py), on random small cities."""

from __future__ import annotations

from itertools import combinations_with_replacement

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reference import Reference, cuts, gain, lose
from world import TODAY, World

from graph.analysis.config import GapConfig
from graph.analysis.facts import PlatformFact, RegionFact
from graph.analysis.grading.grade import graded
from graph.analysis.grading.order import in_order
from graph.analysis.grading.segment_status import SegmentStatus
from graph.analysis.grading.statuses import STATUSES
from graph.analysis.scenario import Landing, Purchase, Scenario, apply, what_if
from graph.analysis.supply.availability import Supply
from graph.analysis.supply.cuts import find_cuts

FIRMS = ["甲", "乙", "丙", "丁", "邻厂"]
PLACES = {
    "邻厂": {"region": "邻"}, "镇厂": {"region": "镇"}, "名单外": {"region": None, "location": "示例省"},
    "候选": {"region": None, "external": True}, "没写": {"region": None},
}  # fmt: skip
SOURCES = ["示例外省厂", "示例进口商"]
ORDER = ["断链", "缺链", "弱链", "稳链", "强链"]
KNOWN = {
    "外部依赖", "待核实", "样本不全", "状态未注明", "外购稳定", "来源单一", "外购来源未登记", "上级未细分", "汇总", "协同",
    "份额按家数", "集中", "单企支撑", "与在产矛盾", "归属未注明",
}  # fmt: skip


@st.composite
def cities(draw: st.DrawFn, most: int = 12, outputs: bool = False) -> World:
    """Two chains of two counties: trees, cycles, surveys of all kinds, counts, sources, firms of both counties."""
    w = World()
    w.regions.append(RegionFact("镇", "示例镇", "县"))
    names = [f"s{i:02}" for i in range(draw(st.integers(1, most)))]
    pick = st.sampled_from(names)
    for i, name in enumerate(names):
        chain = draw(st.sampled_from(["链", "链", "链", "邻链"]))
        above = [None, None, *(n for n in names[:i] if w.segments[n].chain == chain)]
        w.segment(
            name, chain=chain, parent=draw(st.sampled_from(above)),
            stated=draw(st.sampled_from([None, None, None, 0, 1, 2, 4])),
            surveyed=draw(st.sampled_from(["是", "是", "仅本地", "否"])),
            controlled=draw(st.sampled_from([None, None, None, True])),
            stage=draw(st.sampled_from(["上游", "中游", "中游", "下游", "应用"])),
            name=draw(st.sampled_from([name, name, "同名"])),
            products=frozenset(draw(st.sampled_from(["", "", "", "p"]))),
        )  # fmt: skip
    what = st.sampled_from([None, None, "钢", "铁、钢", "同名"])
    feeds = st.tuples(pick, pick, st.sampled_from([2, 2, None, 1, 0]), what)
    for a, b, level, flow in draw(st.lists(feeds, max_size=16, unique_by=lambda f: f[:2])):
        if a != b:
            w.feed(a, b, level, flow)
    firms = st.sampled_from([*FIRMS, *PLACES])
    for firm, name in draw(st.lists(st.tuples(firms, pick), max_size=12, unique=True)):
        state = draw(st.sampled_from(["在产", "在产", "在产", None, "停产", "签约"]))
        output = draw(st.sampled_from([None, 10.0, 30.0, 60.0])) if outputs else None
        honours = ("国高",) if firm in ("甲", "丁") else ()
        dated = draw(st.booleans())
        w.firm(firm, name, output, state=state, honours=honours, state_dated=dated, **PLACES.get(firm, {}))
    for name in draw(st.sets(pick, max_size=3)):
        w.platforms.append(PlatformFact("示例平台", name, w.row()))
    for source, name in draw(st.lists(st.tuples(st.sampled_from(SOURCES), pick), max_size=5, unique=True)):
        w.source(name, source, draw(st.sampled_from([None, 0.2, 0.5])))
    return w


def grades(supply: Supply) -> dict[str, SegmentStatus]:
    return {r.segment_id: r for r in graded(supply, config=GapConfig(), today=TODAY)}


@settings(max_examples=120, deadline=None)
@given(cities(outputs=True), st.sampled_from(["县", "市"]))
def test_statuses_flags_and_scores_are_what_the_rules_say(w, scope):
    rule = Reference(w.facts(), scope=scope)
    for ident, row in grades(Supply(w.facts(), scope)).items():
        assert row.segment == rule.at[ident].name
        assert (ident, row.status, row.total, row.available) == (
            ident, rule.status(ident), rule.total(ident), ident in rule.available,
        )  # fmt: skip
        assert (ident, set(row.flags) & KNOWN) == (ident, rule.flags(ident))
        assert (row.scores is not None) == STATUSES[row.status].graded
        assert (ident, row.counted, row.provisional) == (
            ident, rule.counted(ident), STATUSES[row.status].graded and rule.lower_bound(ident),
        )  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(cities(outputs=True))
def test_shares_criticality_priority_and_the_order_are_what_the_rules_say(w):
    rule, supply = Reference(w.facts()), Supply(w.facts())
    rows = grades(supply)
    for ident, row in rows.items():
        shares = rule.shares(ident)
        assert {m.name: m.share for m in row.makers} == pytest.approx(shares, abs=1e-9)
        assert row.hhi == (pytest.approx(sum(v * v for v in shares.values())) if shares else None)
        if row.scores:
            wanted, priority = rule.critical(ident), rule.priority(ident)
            assert (ident, row.scores.criticality.value) == (ident, approx(wanted))
            assert (ident, row.priority) == (ident, approx(priority))
    for chain in w.facts().chains:
        own = [r for r in rows.values() if w.segments[r.segment_id].chain == chain.id]
        first = in_order(own, rows.values(), supply).first
        wanted = rule.order(chain.id)
        assert [(rank, {g.row.segment_id for g in first if g.rank == rank}) for rank, _ in wanted] == wanted
        assert len(first) == sum(len(idents) for _, idents in wanted)
        for gap in first:
            assert gap.tied == (sum(g.rank == gap.rank for g in first) > 1)
            if not gap.row.available:
                assert set(gap.restores) == {x for x in rule.moved(gap.row.segment_id) if rule.total(x)}
            if gap.row.segment_id in {r.segment_id for r in own}:
                assert (gap.row.scores.rank, gap.row.scores.tied) == (gap.rank, gap.tied)
                assert gap.row.scores.rank_holds <= (0.5 if gap.tied else 1)


def approx(value):
    return value if value is None else pytest.approx(value, abs=1e-5)


@settings(max_examples=80, deadline=None)
@given(cities(), st.data())
def test_a_what_if_is_grading_the_changed_facts(w, data):
    names = st.sampled_from(sorted(w.segments))
    firms, sources = data.draw(st.sets(st.sampled_from(FIRMS))), data.draw(st.sets(st.sampled_from(SOURCES)))
    makers = data.draw(st.lists(names, max_size=3, unique=True))
    bought, surveyed = data.draw(st.lists(names, max_size=2)), data.draw(st.lists(names, max_size=2))
    parts = [
        Scenario(remove=tuple(firms), stop=tuple(sources)),
        Scenario(add=tuple(Landing(f"新{k}", x) for k, x in enumerate(makers)), survey=tuple(surveyed)),
        Scenario(buy=tuple(Purchase(f"新源{k}", x) for k, x in enumerate(bought))),
    ]
    whole = sum(data.draw(st.permutations(parts)), Scenario())
    effect = what_if(Supply(w.facts()), whole, "链" if w.facts().chains[0].id == "链" else "邻链",
                     config=GapConfig(), today=TODAY)  # fmt: skip
    before = Reference(w.facts())
    after = gain(lose(before, firms, sources), makers, bought, surveyed)
    assert {r.segment_id: r.status for r in effect.after} == {i: after.status(i) for i in w.segments}
    assert set(effect.stopped) == before.available - after.available
    assert set(effect.restored) == after.available - before.available


@settings(max_examples=40, deadline=None)
@given(cities(most=8))
def test_cuts_are_every_minimal_loss(w):
    wanted = cuts(Reference(w.facts()), 2)
    supply = Supply(w.facts())
    found = {}
    for c in w.facts().chains:
        for cut in find_cuts(supply, c.id, 2).cuts:
            found[frozenset(x.id for x in cut.lost)] = frozenset(cut.stops)
    assert found == wanted


@settings(max_examples=80, deadline=None)
@given(cities(), st.sets(st.sampled_from(FIRMS)), st.sets(st.sampled_from(SOURCES)))
def test_following_a_loss_down_is_compiling_anew(w, firms, sources):
    supply = Supply(w.facts())
    anew = apply(supply, Scenario(remove=tuple(firms), stop=tuple(sources)))
    assert supply.evaluate(firms, sources) == anew.state


@settings(max_examples=30, deadline=None)
@given(cities(most=7))
def test_no_fewer_changes_raise_a_status_than_the_flip_says(w):
    rule = Reference(w.facts())
    single = [("企业", x) for x in w.segments] + [("外部来源", x) for x in w.segments]

    def after(changes) -> Reference:
        makers = [x for what, x in changes if what == "企业"]
        return gain(rule, makers, [x for what, x in changes if what == "外部来源"])

    for ident, row in grades(Supply(w.facts())).items():
        if row.status in ("断链", "缺链", "弱链"):
            said = [(c.what, c.segment_id) for c in row.flip.changes for _ in range(c.count)]
            assert len(said) == row.flip.steps
            assert after(said).status(ident) == row.flip.to
            for size in range(1, min(row.flip.steps, 3)):
                for changes in combinations_with_replacement(single, size):
                    status = after(changes).status(ident)
                    assert ORDER.index(status) <= ORDER.index(row.status), (ident, changes)
