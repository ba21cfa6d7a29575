"""Statuses and flags, one fact each."""

from __future__ import annotations

from datetime import date

import pytest
from world import World

from graph.analysis.facts import AchievementFact, PlatformFact, ProjectFact
from graph.analysis.grading.measure import herfindahl
from graph.analysis.grading.segment_status import surveyed
from graph.analysis.recruiting.questions import question_of
from graph.analysis.supply.availability import Supply


def four_makers(world: World, segment: str = "整机") -> World:
    for name, output in (("甲", 30), ("乙", 30), ("丙", 20), ("丁", 20)):
        world.firm(name, segment, output, honours=("国家高新技术企业",) if name == "甲" else ())
    return world


def test_a_missing_row_is_not_a_gap():
    s = World().segment("锯条", surveyed="否").segment("锯床").feed("锯条", "锯床").firm("甲", "锯床", 1).grade()
    assert (s["锯条"].status, s["锯条"].caption, s["锯条"].verb) == ("未知", "未摸底", "调查")
    assert s["锯床"].status == "弱链"
    assert "待核实" in s["锯床"].flags


def test_a_market_is_never_graded():
    s = World().segment("市场", stage="应用", surveyed="否").firm("甲", "市场", 1).grade()
    assert (s["市场"].status, s["市场"].confidence, s["市场"].flip) == ("不适用", None, None)


def test_one_or_two_makers_are_weak_and_the_flip_counts_what_is_missing():
    s = World().segment("锯床").firm("甲", "锯床", 1).grade()["锯床"]
    assert (s.status, s.flip.to, s.flip.text) == ("弱链", "稳链", "再有2家在产企业 → 稳定")


def test_three_makers_are_steady():
    w = World().segment("锯床")
    for name in "甲乙丙":
        w.firm(name, "锯床", 10)
    assert w.grade()["锯床"].status == "稳链"


def test_strong_needs_makers_spread_honours_and_a_platform_or_an_achievement():
    bare = four_makers(World().segment("整机"))
    assert bare.grade()["整机"].status == "稳链"
    bare.platforms.append(PlatformFact("示例平台", "整机", bare.row()))
    strong = bare.grade()["整机"]
    assert (strong.status, strong.caption, round(strong.hhi, 2)) == ("强链", "优势", 0.26)
    other = four_makers(World().segment("整机"))
    other.achievements.append(AchievementFact("示例成果", "乙", other.row()))
    assert other.grade()["整机"].status == "强链"


def test_strong_never_rests_on_shares_by_count():
    w = World().segment("整机")
    for name in "甲乙丙丁":
        w.firm(name, "整机", honours=("国高",))
    w.platforms.append(PlatformFact("示例平台", "整机", w.row()))
    s = w.grade()["整机"]
    assert s.status == "稳链"
    assert "份额按家数" in s.flags
    assert s.hhi == pytest.approx(0.25)


def test_losing_the_only_maker_of_an_essential_input_breaks_its_dependants_and_the_reason_names_it():
    w = World().segment("锯条").segment("锯床").feed("锯条", "锯床")
    w.firm("甲", "锯床", 1).firm("乙锯条厂", "锯条", state="停产", state_dated=True)
    s = w.grade()["锯床"]
    assert (s.status, s.caption) == ("断链", "断点")
    assert "锯条" in s.reason
    assert "乙锯条厂已停产" in s.reason
    stopped = w.stands[-1].records[0]
    assert stopped in s.evidence


def test_a_break_that_nothing_explains_is_to_be_checked_and_not_red():
    w = World().segment("锯条").segment("锯床").feed("锯条", "锯床").firm("甲", "锯床", 1)
    s = w.grade()["锯床"]
    assert (s.status, s.caption) == ("断链", "断点·待核实")
    assert "与在产矛盾" in s.flags
    assert "请在『外部供给』填写来源" in s.reason


def test_a_bought_input_needs_no_local_inputs():
    w = World().segment("矿").segment("钢").segment("锯床").feed("矿", "钢").feed("钢", "锯床")
    w.firm("甲", "锯床", 1).source("钢", "示例外省钢厂", 1.0)
    s = w.grade()
    assert s["锯床"].status == "弱链"
    assert s["钢"].available
    assert (s["矿"].status, s["矿"].available) == ("缺链", False)


def test_a_signed_or_building_firm_changes_no_status():
    w = (
        World()
        .segment("锯条")
        .segment("锯床")
        .feed("锯条", "锯床")
        .firm("甲", "锯床", 1)
        .source("锯条", "示例外购", 0.5)
    )
    before = w.grade()["锯条"].status
    for state in ("签约", "在建"):
        after = World.grade(_with(w, "新厂" + state, state))["锯条"]
        assert after.status == before == "缺链"
        assert after.pending == 1


def _with(w: World, name: str, state: str) -> World:
    import copy

    made = copy.deepcopy(w)
    return made.firm(name, "锯条", state=state)


def test_nothing_made_and_controlled_or_import_dependent_is_a_chokepoint():
    w = (
        World()
        .segment("芯片", controlled=True)
        .segment("软件", import_dependence=0.5)
        .segment("壳", import_dependence=0.49)
    )
    s = w.grade()
    assert [s[k].status for k in ("芯片", "软件", "壳")] == ["卡脖子", "卡脖子", "空白"]


def test_missing_means_an_essential_input_direct_or_through_others_of_something_made():
    w = World().segment("矿").segment("钢").segment("锯床").segment("装饰")
    w.feed("矿", "钢").feed("钢", "锯床").feed("装饰", "锯床", 1).firm("甲", "锯床", 1).source("钢", "示例", 1.0)
    s = w.grade()
    assert [s[k].status for k in ("钢", "矿", "装饰")] == ["缺链", "缺链", "空白"]


def test_a_parent_counts_makers_below_it_once():
    w = World().segment("机床").segment("锯床", parent="机床").segment("拉床", parent="机床")
    w.firm("甲", "锯床", 1).firm("甲", "拉床", 2).firm("乙", "拉床", 3)
    s = w.grade()["机床"]
    assert (s.n, s.total) == (2, 2)
    assert "汇总" in s.flags
    assert {m.name: round(m.share, 2) for m in s.makers} == {"甲": 0.5, "乙": 0.5}


def test_shares_use_the_latest_year_that_every_maker_has():
    w = (
        World()
        .segment("锯床")
        .firm("甲", "锯床", 10, year=2023)
        .firm("乙", "锯床", 30, year=2023)
        .firm("甲", "锯床", 99, year=2024)
    )
    shares = {m.name: m.share for m in w.grade()["锯床"].makers}
    assert shares == {"甲": 0.25, "乙": 0.75}


def test_a_stated_number_above_the_named_counts_and_is_flagged():
    s = World().segment("锯床", stated=6).firm("甲", "锯床", 1).grade()["锯床"]
    assert (s.status, s.n, s.total, s.coverage) == ("稳链", 1, 6, 1 / 6)
    assert {"样本不全", "份额按家数"} <= set(s.flags)
    assert s.remedies[0].startswith("调查")


def test_rows_alone_are_a_lower_bound():
    s = World().segment("锯床", surveyed="否").firm("甲", "锯床", 1).grade()["锯床"]
    assert (s.status, s.caption, s.count, s.provisional) == ("弱链", "薄弱·暂估", "至少1家", True)
    assert "样本不全" in s.flags
    assert s.remedies[0].startswith("调查")
    assert s.reason.startswith("本地在产企业至少1家")
    assert "家数少" not in s.reason
    assert (s.scores.priority, s.scores.target, s.scores.rank) == (None, None, None)


@pytest.mark.parametrize(("surveyed", "stated"), [("是", None), ("仅本地", None), ("否", 1)])
def test_makers_that_were_counted_are_no_lower_bound(surveyed, stated):
    s = World().segment("锯床", surveyed=surveyed, stated=stated).firm("甲", "锯床", 1).grade()["锯床"]
    assert (s.caption, s.count, s.provisional) == ("薄弱", "1家", False)
    assert s.scores.priority is not None


def test_what_nobody_counted_is_never_none():
    w = World().segment("未摸底", surveyed="否").segment("停产", surveyed="否").firm("甲", "停产", state="停产")
    s = w.segment("没有").grade()
    assert {i: (r.caption, r.count) for i, r in s.items()} == {
        "未摸底": ("未摸底", "—"), "停产": ("空白·暂估", "—"), "没有": ("空白", "0家"),
    }  # fmt: skip


@pytest.mark.parametrize("own", ["firm", "pending", "stopped", "count", None])
def test_a_parent_with_something_of_its_own_counts_as_a_leaf(own):
    w = World().segment("机床", stated=0 if own == "count" else None).segment("锯床", parent="机床")
    w.firm("甲", "锯床", 1)
    if own in ("firm", "pending", "stopped"):
        w.firm("乙", "机床", state={"firm": "在产", "pending": "签约", "stopped": "停产"}[own])
    row = w.grade()["机床"]
    assert (row.counted, "汇总" in row.flags) == (own is not None, own is None)


def test_a_firm_of_the_next_county_makes_no_leaf_of_a_parent():
    w = World().segment("机床").segment("锯床", parent="机床").firm("邻厂", "机床", 1, region="邻")
    assert "汇总" in w.grade()["机床"].flags
    assert "汇总" not in w.grade("市")["机床"].flags


def test_surveyed_counts_neither_markets_nor_sums():
    w = World().segment("机床").segment("锯床", parent="机床").firm("甲", "锯床", 1)
    w.segment("锯条", surveyed="否").segment("市场", stage="应用")
    assert str(surveyed(w.grade().values())) == "1/2"


def test_what_was_begun_on_an_unsurveyed_segment_is_asked_about_first():
    w = World().segment("液压", surveyed="否").firm("甲", "液压", state="签约")
    for name, state in (("示例产业城", "在建"), ("示例旧项目", "终止"), ("示例研发", "完成")):
        w.projects.append(ProjectFact(name, "液压", state, w.row()))
    row = w.grade()["液压"]
    asked = "已有“示例产业城”在建、“示例研发”已完成、甲签约，是否在产"
    assert (row.status, row.count) == ("未知", "—")
    assert row.remedies[0] == f"调查：{asked}"
    assert f"{asked}？" in row.reason
    assert set(w.projects[0].records) <= set(row.evidence)
    assert question_of(row, Supply(w.facts())).startswith(f"{asked}？")


def test_a_stopped_firm_makes_makers_known():
    s = World().segment("锯床", surveyed="否").firm("甲", "锯床", state="停产").grade()["锯床"]
    assert s.status == "空白"


def test_where_a_firm_stands_decides_whether_it_is_local():
    w = World().segment("锯床")
    w.firm("本县", "锯床", 1).firm("邻县", "锯床", 1, region="邻").firm("外", "锯床", 1, external=True)
    w.firm("省外", "锯床", 1, region=None, location="示例省").firm("名单外", "锯床", 1, region=None, region_stated=True)
    w.firm("没写", "锯床", 1, region=None)
    s = w.grade()["锯床"]
    assert {m.name for m in s.makers} == {"本县", "没写"}
    assert "归属未注明" in s.flags
    assert {m.name for m in w.grade("市")["锯床"].makers} == {"本县", "邻县", "没写"}


def test_a_city_firm_supplies_and_the_gap_is_for_cooperation():
    w = (
        World()
        .segment("锯条")
        .segment("锯床")
        .feed("锯条", "锯床")
        .firm("甲", "锯床", 1)
        .firm("邻", "锯条", 1, region="邻")
    )
    s = w.grade()
    assert s["锯床"].status == "弱链"
    assert s["锯条"].status == "缺链"
    assert "协同" in s["锯条"].flags
    assert any("协同" in r and "邻" in r for r in s["锯条"].remedies)


@pytest.mark.parametrize("tie", ["name", "product", "feed"])
def test_another_countys_segment_can_fill_a_gap(tie):
    shared = frozenset({"p"}) if tie == "product" else frozenset()
    w = World().segment("锯条", products=shared).segment("锯床").feed("锯条", "锯床").firm("甲", "锯床", 1)
    w.segment("邻锯条", chain="邻链", name="锯条" if tie == "name" else "刀具", products=shared)
    w.firm("邻厂", "邻锯条", 1, region="邻")
    if tie == "feed":
        w.feed("邻锯条", "锯床", what="锯条、锯片")
    found = w.grade()["锯条"]
    assert "协同" in found.flags
    assert found.verb == "协同"
    assert [r[:2] for r in found.remedies] == ["协同", "补链"]


@pytest.mark.parametrize("what", [None, "直线导轨"])
def test_a_neighbour_who_feeds_the_same_buyer_with_something_else_fills_no_gap(what):
    w = World().segment("铸件").segment("锯床").feed("铸件", "锯床", what="床身").firm("甲", "锯床", 1)
    w.segment("导轨", chain="邻链").firm("邻厂", "导轨", 1, region="邻").feed("导轨", "锯床", what=what)
    assert "协同" not in w.grade()["铸件"].flags


def test_a_neighbour_who_feeds_the_segment_itself_fills_no_gap():
    w = World().segment("管坯").segment("特钢", chain="邻链").firm("邻厂", "特钢", 1, region="邻")
    assert "协同" not in w.feed("特钢", "管坯", what="管坯").grade()["管坯"].flags


def test_of_what_is_not_surveyed_one_asks_before_one_cooperates():
    w = World().segment("锯条", surveyed="否").firm("邻厂", "锯条", 1, region="邻")
    found = w.grade()["锯条"]
    assert (found.status, found.verb, "协同" in found.flags) == ("未知", "调查", True)


def test_source_flags():
    w = World().segment("锯床").firm("甲", "锯床", 1)
    for name in ("一源", "三源", "无源"):
        w.segment(name, surveyed="仅本地" if name == "无源" else "是").feed(name, "锯床")
    w.source("一源", "A", 0.9)
    for name in "ABC":
        w.source("三源", name, 0.3)
    s = w.grade()
    assert s["一源"].flags == ("外部依赖", "来源单一")
    assert s["三源"].flags == ("外部依赖", "外购稳定")
    assert (s["三源"].verb, round(s["三源"].external_hhi, 3)) == ("稳供", 0.333)
    assert s["无源"].flags == ("外购来源未登记",)


def test_maker_flags():
    w = World().segment("甲段").firm("独", "甲段", 1, honours=("专精特新“小巨人”",)).segment("乙段")
    w.firm("大", "乙段", 90).firm("小", "乙段", 5).firm("微", "乙段", 5, state=None)
    s = w.grade()
    assert "单企支撑" in s["甲段"].flags
    assert {"集中", "状态未注明"} <= set(s["乙段"].flags)
    assert "最大一家大占90%" in s["乙段"].reason


def test_a_maker_directly_on_the_parent_makes_a_child_unclear():
    w = World().segment("机床").segment("锯床", parent="机床").firm("甲", "机床", 1)
    s = w.grade()["锯床"]
    assert "上级未细分" in s.flags
    assert s.verb == "调查"


def test_old_evidence_is_flagged():
    old = date(2020, 1, 1)
    w = World().segment("锯床", dated=old).firm("甲", "锯床", 1, dated=old)
    assert "数据陈旧" in w.grade()["锯床"].flags
    assert "数据陈旧" not in w.segment("拉床", dated=None).grade()["拉床"].flags


def test_an_input_inherited_from_the_parent_counts_but_not_from_inside_the_parent():
    w = World().segment("机床").segment("锯床", parent="机床").segment("床身", parent="机床").segment("钢")
    w.feed("钢", "机床").feed("床身", "机床").firm("甲", "锯床", 1)
    supply = Supply(w.facts())
    assert supply.segments["锯床"].essential == ["钢"]
    assert set(supply.segments["机床"].essential) == {"钢", "床身"}


def test_a_loop_that_can_feed_itself_works_as_long_as_every_member_is_made():
    w = (
        World()
        .segment("甲段")
        .segment("乙段")
        .feed("甲段", "乙段")
        .feed("乙段", "甲段")
        .firm("a", "甲段", 1)
        .firm("b", "乙段", 1)
    )
    supply = Supply(w.facts())
    assert all(supply.evaluate().available.values())
    assert not any(supply.evaluate(lost_firms={"a"}).available.values())


def test_the_worked_supply_case_holds():
    w = World()
    for name in ("ore", "salt", "film", "cathode", "cell", "pack"):
        w.segment(name)
    for a, b in (("ore", "cathode"), ("salt", "cathode"), ("cathode", "cell"), ("film", "cell"), ("cell", "pack")):
        w.feed(a, b)
    w.source("salt", "EXT_salt", 1.0).source("film", "EXT_film", 1.0).firm("A", "ore", 1.0)
    w.firm("B", "cathode", 0.7).firm("C", "cathode", 0.3).firm("D", "cell", 1.0).firm("D", "pack", 0.6).firm(
        "E", "pack", 0.4
    )
    s = w.grade()
    assert {k: round(s[k].hhi, 4) for k in ("ore", "cathode", "cell", "pack")} == {
        "ore": 1,
        "cathode": 0.58,
        "cell": 1,
        "pack": 0.52,
    }
    assert {k: s[k].external_hhi for k in ("salt", "film")} == {"salt": 1, "film": 1}
    supply = Supply(w.facts())

    def stops(*firms: str, sources: tuple[str, ...] = ()) -> list[str]:
        before, after = supply.evaluate().available, supply.evaluate(firms, sources).available
        return [k for k in ("ore", "salt", "film", "cathode", "cell", "pack") if before[k] and not after[k]]

    assert stops("A") == ["ore", "cathode", "cell", "pack"]
    assert stops("B") == []
    assert stops("D") == ["cell", "pack"]
    assert "pack" in stops("B", "C")
    assert "pack" in stops(sources=("EXT_salt",))
    assert "pack" in stops(sources=("EXT_film",))


def test_shares_in_any_unit_give_one_concentration():
    assert herfindahl([3, 3, 2, 2]) == pytest.approx(herfindahl([30, 30, 20, 20]))
    with pytest.raises(ValueError, match="positive"):
        herfindahl([0, 0])
