"""What a preview says of statuses is what they are once it is written."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from builders import BASICS, write_book

from graph.analysis.config import GapConfig
from graph.answers.state import State
from graph.answers.statuses import status_changes
from ingest.load.pipeline import LoadOptions, load

CHAIN = "示例锯床产业链"
FIRM = ["名称", "县市区", "产业链", "环节", "状态"]
DAY = date(2025, 6, 1)
LOADS = {
    "a firm comes": {"企业": [FIRM, ["示例丙公司", "示例县", CHAIN, "锯条", "在产"]]},
    "a firm stops": {"企业": [FIRM, ["示例甲锯业有限公司", "示例县", CHAIN, "锯条", "停产"]]},
    "a firm of the pool": {"企业": [FIRM, ["示例丁公司", None, CHAIN, "锯条", "外部"]]},
    "a source is told": {
        "外部供给": [["产业链", "环节", "外部来源", "占比"], [CHAIN, "锯条", "示例外地厂", "90%"]],
    },
    "a segment comes": {"环节": [["产业链", "名称", "阶段", "已调查"], [CHAIN, "示例刀库", "中游", "否"]]},
    "a chain comes": {
        "产业链": [["名称", "县市区"], ["示例阀门产业链", "示例邻县"]],
        "环节": [["产业链", "名称", "阶段", "已调查"], ["示例阀门产业链", "阀体", "上游", "是"]],
    },
    "a segment is surveyed anew": {"环节": [["产业链", "名称", "阶段", "已调查"], [CHAIN, "锯条", "上游", "否"]]},
    "nothing of a chain": {"高校院所": [["名称", "类型"], ["示例大学", "高校"]]},
}  # fmt: skip


def said(city):
    return {s.segment: (s.caption, s.count) for s in State(city, GapConfig(), DAY).graded()}


def preview_and_load(city, path, **options):
    """What is told before it is written; statuses before and after."""
    state = State(city, GapConfig(), DAY)
    changes = status_changes(state, load(city, [path], LoadOptions(dry_run=True, **options)).outcome)
    before = said(city)
    load(city, [path], LoadOptions(**options))
    return changes, before, said(city)


def differing(before, after):
    return {
        name: (before.get(name), after.get(name))
        for name in before.keys() | after.keys()
        if before.get(name) != after.get(name)
    }


def told(changes):
    def side(change, when):
        caption = change[when]
        return None if caption is None else (caption, change[f"count_{when}"])

    return {c["segment"]: (side(c, "before"), side(c, "after")) for c in changes}


@pytest.mark.parametrize("sheets", LOADS.values(), ids=LOADS)
def test_a_preview_tells_the_statuses_that_the_load_leads_to(basic_city, tmp_path, sheets):
    changes, before, after = preview_and_load(basic_city, write_book(tmp_path / "新.xlsx", sheets))
    assert told(changes) == differing(before, after)
    assert basic_city.in_step()


def test_among_these_loads_statuses_change_counts_change_and_nothing_changes(basic_city, tmp_path):
    kinds = set()
    for name, sheets in LOADS.items():
        report = load(basic_city, [write_book(tmp_path / f"{name}.xlsx", sheets)], LoadOptions(dry_run=True))
        for c in status_changes(State(basic_city, GapConfig(), DAY), report.outcome):
            kinds.add("new" if c["before"] is None else "count" if c["before"] == c["after"] else "status")
    assert kinds == {"new", "count", "status"}


def test_what_a_replacement_takes_away_is_told(basic_city, tmp_path):
    fewer = {**BASICS, "环节": BASICS["环节"][:2], "环节供给": [BASICS["环节供给"][0]], "企业": BASICS["企业"][:2]}
    path = write_book(tmp_path / "in" / "基础.xlsx", fewer)
    changes, before, after = preview_and_load(basic_city, Path(path), replace=True, yes=True)
    assert told(changes) == differing(before, after)
    assert told(changes)["带锯床"][1] is None


def test_the_first_load_tells_every_segment_as_new(city, tmp_path):
    changes, _, after = preview_and_load(city, write_book(tmp_path / "基础.xlsx", dict(BASICS)))
    assert told(changes) == differing({}, after)
    assert {c["before"] for c in changes} == {None}
