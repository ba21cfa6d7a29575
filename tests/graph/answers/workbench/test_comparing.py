"""Counties side by side: the numbers of other pages, what several lack, where one stands against enough peers."""

from __future__ import annotations

import random
import re
from datetime import date

import pytest
from builders import write_book

from graph.analysis.config import GapConfig
from graph.analysis.regions.compare import makers_by_region
from graph.analysis.regions.standing import alike_regions, product_standings
from graph.answers.state import State
from graph.answers.statuses import gaps
from graph.answers.workbench.comparing import compare
from graph.answers.workbench.figures import counties, figures
from graph.answers.workbench.peers import CHOSEN, CITY, peers_of
from graph.city.city import open_city
from graph.errors import Unknown
from ingest.load.pipeline import load
from viz.regionmap.compare_book import write_compare_book
from viz.regionmap.quadrants import quadrant_chart, write_quadrants

PRODUCTS = [f"示例产品{n}" for n in range(12)]


@pytest.fixture(scope="module")
def examples_state(examples):
    with examples.reading() as reading:
        yield reading


def sheets():
    """24 counties in two cities; the even ones make the first half of the products, the odd ones the second, with noise."""
    draw = random.Random(7)
    regions, chains, segments = [["名称", "上级"], ["示例甲市", None], ["示例乙市", None]], [["名称", "县市区"]], []
    for n in range(24):
        regions.append([f"示例{n}县", "示例甲市" if n < 20 else "示例乙市"])
        chains.append([f"示例链{n}", f"示例{n}县"])
        for place, product in enumerate(PRODUCTS):
            own = (place < 6) == (n % 2 == 0)
            makers = draw.choice([2, 5, 9]) if own and draw.random() < 0.8 else int(draw.random() < 0.15)
            segments.append([f"示例链{n}", product, "中游", "是", makers])
    return {
        "县市区": regions,
        "产业链": chains,
        "环节": [["产业链", "名称", "阶段", "已调查", "在产企业数"], *segments],
    }


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    folder = tmp_path_factory.mktemp("many")
    city = open_city(folder / "home")
    report = load(city, [write_book(folder / "in.xlsx", sheets())])
    assert not [f for f in report.findings if f.level == "error"]
    yield State(city, GapConfig(), date(2026, 6, 1))
    city.close()


def test_numbers_side_by_side_are_those_of_the_map_and_of_each_chain(examples_state):
    document = compare(examples_state, ["缙云县", "莲都区", "示例县/示例锯床产业链"])
    known, own = figures(examples_state), {c.name: c for c in counties(examples_state)}
    for figure in document["figures"]:
        asked = known.called(figure["figure"]["code"], list(own.values()))
        assert [v["text"] for v in figure["values"]][:2] == [known.of(asked, own[n]).text for n in ("缙云县", "莲都区")]
    weak = next(f for f in document["figures"] if f["figure"]["code"] == "弱链")
    listed = gaps(examples_state, None, "示例县/示例锯床产业链", "弱链")["segments"]
    assert weak["values"][2]["value"] == sum(s["counted"] for s in listed)


def test_segments_of_one_name_stand_side_by_side_with_their_states(examples_state):
    rows = {r["segment"]: r for r in compare(examples_state, ["莲都区", "青田县"])["segments"]}
    assert set(rows) == {"阀门铸锻件", "密封件与阀杆", "执行机构与智能控制"}
    for row in rows.values():
        assert [c[0]["county"] for c in row["states"]] == ["莲都区", "青田县"]


def test_who_chose_nothing_gets_counties_and_a_wrong_name_is_told_with_near_ones(examples_state):
    assert [s["kind"] for s in compare(examples_state)["subjects"]] == ["县市区"] * 3
    with pytest.raises(Unknown) as refused:
        compare(examples_state, ["缙云"])
    assert "缙云县" in str(refused.value.document())


def test_too_few_regions_are_told_with_what_is_missing_and_no_position_is_made_up(examples_state, tmp_path):
    there = compare(examples_state, ["缙云县"])["standing"]
    assert (there["points"], there["ideas"]) == ([], [])
    assert "样本不足" in there["missing"]
    assert "至少要 20 个" in there["missing"]
    assert quadrant_chart(there) == ""
    assert write_quadrants(tmp_path / "none.svg", there)
    assert "样本不足" in (tmp_path / "none.svg").read_text("utf-8")


def test_a_gap_that_others_make_is_told_with_whom(examples_state):
    nearby = compare(examples_state, ["示例县"])["standing"]["nearby"]
    assert [(n["gap"]["segment"], n["elsewhere"][0]["county"]) for n in nearby] == [("示例切削液", "示例邻县")]


def test_with_enough_regions_each_product_stands_by_presence_and_relatedness(many):
    there = compare(many, ["示例0县"])["standing"]
    assert (there["missing"], there["regions"], len(there["points"])) == ("", 24, 12)
    for p in there["points"]:
        assert (p["presence"] >= 1, p["related"] >= p["usual"]) == {
            "优势": (True, True), "威胁": (True, False), "机会": (False, True), "劣势": (False, False),
        }[p["quadrant"]]  # fmt: skip
        assert p["presence_low"] <= p["presence"] <= p["presence_high"]
        assert p["makers"] == sum(r.total for r in many.graded() if (r.county, r.segment) == ("示例0县", p["product"]))


def test_an_idea_is_what_a_county_lacks_and_peers_make_with_what_goes_with_it(many):
    ideas = [i for n in range(24) for i in compare(many, [f"示例{n}县"])["standing"]["ideas"]]
    assert ideas
    for idea in ideas:
        assert (idea["makers"], idea["quadrant"]) == (0, "机会")
        assert idea["beside"]
        assert idea["elsewhere"]


def test_peers_are_those_of_the_city_or_the_chosen_and_are_told(many):
    assert len(peers_of(many, "示例0县", CITY)) == 20
    assert peers_of(many, "示例0县", CHOSEN, ["示例3县"]) == ["示例0县", "示例3县"]
    chosen = compare(many, ["示例0县", "示例3县"], group=CHOSEN)["standing"]
    assert (chosen["points"], "同组改为“全部”" in chosen["missing"]) == ([], True)


def test_counties_that_make_the_same_are_alike_with_what_they_share(many):
    there = compare(many, ["示例0县"])["standing"]
    assert all(int(a["county"][2:-1]) % 2 == 0 for a in there["alike"][:3])
    assert all(s["here"] and s["there"] for a in there["alike"] for s in a["shared"])
    assert alike_regions({"甲": {"a"}, "乙": {"b"}}, "甲") == []


def test_one_region_fewer_than_it_takes_says_nothing(many):
    table = makers_by_region(many.supply())
    assert product_standings(table.iloc[:19], table.index[0], GapConfig()) == []
    assert product_standings(table, "nowhere", GapConfig()) == []


def test_dots_stay_inside_the_axes_and_files_are_written(many, tmp_path):
    document = compare(many, ["示例0县", "示例1县"])
    svg = quadrant_chart(document["standing"])
    assert svg.count("<circle") == 12
    assert svg.count('href="#product-') == 12
    for x, y, r in re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)" r="([\d.]+)"', svg):
        assert float(x) - float(r) >= 64
        assert float(x) + float(r) <= 740
        assert float(y) - float(r) >= 34
        assert float(y) + float(r) <= 424
    assert write_compare_book(tmp_path / "a.xlsx", document)
    assert write_quadrants(tmp_path / "a.png", document["standing"])
