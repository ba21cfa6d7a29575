"""From the cells of a workbook to the answer: random small cities against the rules written once more (reference.py)."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from builders import COUNTIES, write_book
from reference import Reference
from test_reference_property import KNOWN, approx
from world import TODAY, World

from graph.analysis.config import GapConfig
from graph.answers.state import State
from graph.answers.statuses import gaps
from graph.city.city import open_city
from ingest.load.pipeline import load

CHAINS, COUNTY = {"链": "示例链", "邻链": "示例邻链"}, {"县": "示例县", "邻": "示例邻县", None: None}
WORDS = {2: "必需", 1: "一般", 0: "可忽略", None: None}
PLACES = {
    "示例邻厂": {"region": "邻"}, "示例外厂": {"region": None, "location": "广东省深圳市"}, "示例没写厂": {"region": None},
}  # fmt: skip
FIRMS = ["示例甲公司", "示例乙公司", "示例丙公司", "示例丁公司", *PLACES]


def random_city(seed: int) -> World:
    chance, w = random.Random(seed), World()
    some = chance.choice
    names = [f"示例段{i}" for i in range(chance.randint(5, 12))]
    for i, name in enumerate(names):
        chain = some(["链", "链", "邻链"])
        above = [None, None, *(n for n in names[:i] if w.segments[n].chain == chain)]
        w.segment(
            name, chain=chain, parent=some(above), stated=some([None, None, None, 0, 1, 2, 4]),
            surveyed=some(["是", "是", "仅本地", "否"]), controlled=some([None, None, None, True]),
            stage=some(["上游", "中游", "中游", "下游", "应用"]),
        )  # fmt: skip
    for a, b in sorted({(some(names), some(names)) for _ in range(16)}):
        if a != b:
            w.feed(a, b, some([2, 2, None, 1, 0]), some([None, "示例钢", "示例铁、示例钢", some(names)]))
    for firm, name in sorted({(some(FIRMS), some(names)) for _ in range(14)}):
        output, state = some([None, 10.0, 30.0, 60.0]), some(["在产", "在产", "停产", "签约", "在建", None])
        honours = ("国高(2023)",) if firm == "示例甲公司" else ()
        w.firm(firm, name, output, state=state, year=some([2023, 2024, 2024]), honours=honours, **PLACES.get(firm, {}))
    for source, name in sorted({(some(["示例进口商", "示例外省钢厂"]), some(names)) for _ in range(5)}):
        w.source(name, source, some([None, 0.2, 0.5]))
    return w


def sheets(w: World) -> dict[str, list[list[object]]]:
    """The city as people write it."""
    chain = {s.id: CHAINS[s.chain] for s in w.segments.values()}
    outputs = {(o.firm, o.segment): (o.output, o.year) for o in w.outputs}
    firms = [
        [f.name, COUNTY[f.region], f.location, chain[t.segment], t.segment, "、".join(f.honours) or None,
         *outputs.get((t.firm, t.segment), (None, None)), t.state]
        for t in w.stands for f in [w.firms[t.firm]]
    ]  # fmt: skip
    return {
        "县市区": list(COUNTIES),
        "产业链": [["名称", "县市区"], ["示例链", "示例县"], ["示例邻链", "示例邻县"]],
        "环节": [["产业链", "名称", "阶段", "上级环节", "已调查", "在产企业数", "管制清单"], *(
            [chain[s.id], s.name, s.stage, s.parent, s.surveyed, s.stated, "是" if s.controlled else None]
            for s in w.segments.values()
        )],
        "环节供给": [["产业链", "上游环节", "下游环节", "下游产业链", "供给内容", "必要性"], *(
            [chain[f.source], f.source, f.target, chain[f.target], f.what, WORDS[f.essentiality]] for f in w.feeds
        )],
        "企业": [["名称", "县市区", "所在地", "产业链", "环节", "资质", "产值(万元)", "年份", "状态"], *firms],
        "外部供给": [["产业链", "环节", "外部来源", "占比"], *(
            [chain[e.segment], e.segment, e.name, e.share] for e in w.sources
        )],
    }  # fmt: skip


def settled(w: World) -> World:
    """What the rows mean: an output without a state says 在产, its 年份 dates the state."""
    dated = {(o.firm, o.segment) for o in w.outputs}
    pairs = [(t, (t.firm, t.segment) in dated) for t in w.stands]
    w.stands = [replace(t, state=t.state or ("在产" if year else None), state_dated=year) for t, year in pairs]
    return w


@pytest.mark.parametrize("seed", range(4))
def test_a_workbook_is_graded_and_ordered_as_the_rules_say(tmp_path, seed):
    w = random_city(seed)
    city = open_city(tmp_path / "home")
    assert load(city, [write_book(tmp_path / "示例.xlsx", sheets(w))]).rows.rejected == 0
    facts, state = settled(w).facts(), State(city, GapConfig(), TODAY)
    for scope in ("县", "市"):
        rule, found = Reference(facts, scope=scope), gaps(state, scope=scope)
        for s in found["segments"]:
            name = s["segment"]
            assert (name, s["status"], s["total"], s["counted"], s["available"]) == (
                name, rule.status(name), rule.total(name), rule.counted(name), name in rule.available,
            )  # fmt: skip
            assert (name, set(s["flags"]) & KNOWN) == (name, rule.flags(name))
            begun = {t.firm for t in rule.stands(name, "本地") if t.state in ("在建", "签约")}
            assert (name, s["pending"]) == (name, len(begun))
            assert {m["name"]: m["share"] for m in s["makers"]} == pytest.approx(rule.shares(name))
            if s["scores"]:
                assert (name, s["scores"]["priority"]) == (name, approx(rule.priority(name)))
                assert (name, s["scores"]["criticality"]["value"]) == (name, approx(rule.critical(name)))
        for step in found["next"]:
            wanted = dict(rule.order(next(i for i, name in CHAINS.items() if name == step["chain"])))
            assert all(gap["segment"] in wanted[gap["rank"]] for gap in step["first"])
            assert len(step["first"]) == min(3, sum(map(len, wanted.values())))
    city.close()
