"""The report of a county and of the city: the chains compared by the numbers of every page, then each told whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from builders import BASICS, CHAINS, COUNTIES, write_book

from graph.analysis.config import GapConfig
from graph.answers.overview import overview
from graph.answers.papers.region import RegionFacts, region_facts
from graph.answers.plan.progress import progress
from graph.answers.state import State
from graph.city.city import open_city
from graph.errors import LianpuError
from ingest.load.pipeline import load
from viz.paper.blocks import HeadingBlock, TableBlock, TextBlock, TurnBlock
from viz.paper.document import Paper
from viz.paper.settings import PaperSettings
from viz.regions.report import region_paper, write_region_report
from viz.report.lint import faults


@pytest.fixture(scope="module")
def city(examples) -> RegionFacts:
    with examples.reading() as state:
        return region_facts(state)


@pytest.fixture(scope="module")
def county(examples) -> RegionFacts:
    with examples.reading() as state:
        return region_facts(state, "丽水经济技术开发区")


@pytest.fixture(scope="module")
def paper(city) -> Paper:
    return region_paper(city, PaperSettings(unit="示例市科技局"))


def table(paper: Paper, caption: str) -> TableBlock:
    return next(b for b in paper.blocks if isinstance(b, TableBlock) and b.caption == caption)


def headings(paper: Paper, level: int) -> list[str]:
    return [b.text for b in paper.blocks if isinstance(b, HeadingBlock) and b.level == level]


def test_the_city_compares_its_counties_first_then_tells_each_with_its_chains(city, paper):
    counties = list(dict.fromkeys(one.view.county for one in city.chains))
    first, second, *sections = headings(paper, 1)
    assert (first, second) == ("摘要", "一、产业链比较")
    assert [s.partition("、")[2] for s in sections[:-1]] == counties
    assert len(headings(paper, 2)) >= len(city.chains)
    turns = [i for i, b in enumerate(paper.blocks) if isinstance(b, TurnBlock)]
    tables = [i for i, b in enumerate(paper.blocks) if isinstance(b, TableBlock) and b.caption.startswith("各")]
    assert turns[0] < min(tables) < max(tables) < turns[1]


def test_the_comparison_has_the_numbers_of_the_first_page_and_of_the_progress(examples, city, paper):
    with examples.reading() as state:
        rows, lights = overview(state)["rows"], progress(state)["counties"]
    compared = table(paper, "各产业链比较")
    head = {caption: place for place, caption in enumerate(compared.headers)}
    assert len(compared.rows) == len(rows)
    for row, cells in zip(rows, compared.rows, strict=True):
        assert [cells[head[c]] for c in ("环节", "已摸底", "未摸底")] == [
            str(row[k]) for k in ("segments", "known", "未知")
        ]
        assert cells[head["薄弱"]] == (str(row["弱链"]) if row["known"] else "—")
    counties = table(paper, "各县（市、区）比较")
    late = {cells[0]: cells[counties.headers.index("逾期")] for cells in counties.rows}
    assert late == {c["county"]: str(c["lights"]["逾期"]) for c in lights}


def test_a_county_has_a_section_with_lists_for_each_of_its_chains(county, paper):
    own = region_paper(county, PaperSettings())
    assert headings(own, 1)[2:-1] == [
        "二、丽水经济技术开发区滚动功能部件产业链",
        "三、丽水经济技术开发区特色半导体产业链",
    ]
    assert sum("六清单" in h for h in headings(own, 2)) == 2
    assert not [h for h in headings(paper, 3) if "六清单" in h]  # those of the city stand in the counties' own
    assert not any(b.caption.startswith("各县") for b in own.blocks if isinstance(b, TableBlock))
    assert "（待填：发文单位）" in list(own.texts())


def test_nothing_that_must_not_be_signed_stands_in_the_paper(county, paper):
    assert faults(paper) == faults(region_paper(county, PaperSettings())) == []


def test_a_county_with_one_chain_has_the_report_of_that_chain(examples):
    with examples.reading() as state:
        facts = region_facts(state, "庆元县"), region_facts(state, "青田县")
    several, one = (region_paper(f, PaperSettings()) for f in facts)
    assert len(facts[0].chains) == 2
    assert several.name == "庆元县产业链技术分析报告"
    assert one.name == "青田县智控阀门产业链技术分析报告"
    assert "一、产业链比较" not in headings(one, 1)


def test_references_run_on_through_all_chains_and_end_in_one_appendix(paper):
    cited = table(paper, "引用的数据行")
    assert len([b for b in paper.blocks if isinstance(b, TableBlock) and b.caption == cited.caption]) == 1
    assert headings(paper, 1)[-1].startswith("附录")


def test_the_cover_says_what_is_little_known_and_the_page_what_is_invented(city, paper):
    texts = list(paper.texts())
    assert "示例市科技局" in texts
    segments, known = sum(r["segments"] for r in city.rows), sum(r["known"] for r in city.rows)
    assert (known < segments / 2) == any(t.startswith("（初稿：") for t in texts)


def test_a_region_without_chains_says_so(city):
    empty = replace(city, county="示例空县", name="示例空县", chains=[], rows=[], lights=[], targets=[], output=None)
    texts = list(region_paper(empty, PaperSettings()).texts())
    assert "示例空县的产业链暂无数据。" in texts


@pytest.mark.parametrize(
    ("sheets", "told", "untold"),
    [
        (BASICS, "2024年填有产值的企业2家，产值合计400万元。", "未摸底"),
        ({"县市区": COUNTIES, "产业链": CHAINS}, "（初稿：环节尚未填报）", "未摸底"),
    ],
)
def test_output_of_the_rows_of_firms_is_told_and_nothing_of_what_is_not_there(tmp_path, sheets, told, untold):
    city = open_city(tmp_path / "home")
    load(city, [write_book(tmp_path / "示例.xlsx", sheets)])
    paper = region_paper(region_facts(State(city, GapConfig(), date(2026, 6, 1))), PaperSettings())
    city.close()
    texts = [b.text for b in paper.blocks if isinstance(b, TextBlock)]
    scale = next(t for t in texts if "现有特色产业链" in t)
    assert any(told in t for t in texts)
    assert untold not in scale


def test_the_same_facts_give_the_same_bytes_and_an_unknown_county_is_refused(examples, county, tmp_path):
    for name in ("a.pdf", "b.pdf"):
        write_region_report(county, tmp_path / name)
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()
    with examples.reading() as state, pytest.raises(LianpuError):
        region_facts(state, "没有的县")


def test_the_pages_offer_the_reports_of_county_and_city(pages):
    assert "/files/report.docx" in pages.get("/").text
    answer = pages.get("/files/report.pdf", params={"county": "庆元县"})
    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF-")
    assert "%E5%BA%86%E5%85%83%E5%8E%BF" in answer.headers["content-disposition"]
    assert pages.get("/files/report.doc").status_code == 422
