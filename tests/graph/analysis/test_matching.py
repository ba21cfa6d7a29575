"""Which results answer a need: by words, by what words mean, by marks; and when nothing does."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from graph.analysis.matching.matchable import Matchable
from graph.analysis.matching.matcher import Matcher
from graph.naming.meanings import meanings

GRADED = Path(__file__).parents[3] / "bench" / "matching"


def read(name):
    with (GRADED / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return [Matchable(r["id"], r["title"], r["detail"]) for r in csv.DictReader(file)]


@pytest.fixture(scope="module")
def results():
    return read("results")


@pytest.fixture(scope="module")
def needs():
    return {n.key: n for n in read("needs")}


@pytest.fixture(scope="module")
def matcher(results):
    return Matcher(results)


@pytest.mark.parametrize(("need", "result"), [("N07", "A012"), ("N61", "A018"), ("N27", "A061"), ("N62", "A119")])
def test_a_need_finds_the_result_that_says_it_in_other_words(matcher, needs, need, result):
    best = matcher.answers(needs[need])[0]
    assert best.key == result
    assert best.fits


@pytest.mark.parametrize("need", ["N49", "N51", "N54", "N60"])
def test_of_a_trade_that_no_result_is_about_nothing_fits(matcher, needs, need):
    assert not any(m.fits for m in matcher.answers(needs[need]))


def test_scores_fall_and_the_reasons_of_each_add_up_to_it(matcher, needs):
    for need in needs.values():
        matches = matcher.answers(need)
        scores = [m.score for m in matches]
        assert scores == sorted(scores, reverse=True)
        assert all(0 <= s < 1 for s in scores)
        assert all(sum(r.points for r in m.reasons) == pytest.approx(m.score, abs=1e-9) for m in matches)


def test_reasons_name_the_words_of_the_matter_and_near_ones_beside_them(matcher, needs):
    named = {r.term for m in matcher.answers(needs["N27"], 1) for r in m.reasons}
    assert any("坯布" in term for term in named)
    assert not named & {"技术", "需要", "装置"}
    told = [r.term for r in Matcher([Matchable("A", "人造革生产线")]).answers(Matchable("N", "合成革厂"))[0].reasons]
    assert told[0] == "合成革≈人造革"


def test_a_mark_that_both_bear_lifts_a_result_and_is_a_reason(results):
    need = Matchable("N", "提高产品档次", marks=("带锯床",))
    plain = [Matchable("A1", "一种装置"), Matchable("A2", "一种装置"), *results[:20]]
    marked = [plain[0], Matchable("A2", "一种装置", marks=("带锯床",)), *plain[2:]]
    assert Matcher(marked).answers(need)[0].key == "A2"
    assert any(r.term == "同属：带锯床" for r in Matcher(marked).answers(need)[0].reasons)


def test_one_holder_does_not_crowd_out_the_others():
    many = [Matchable(f"A{n}", f"锯床振动抑制技术{n}", holders=("示例大学",)) for n in range(5)]
    matches = Matcher([*many, Matchable("B", "锯床振动抑制方法", holders=("示例所",))]).answers(
        Matchable("N", "锯床振动抑制"), 6
    )
    assert [m.key for m in matches].index("B") <= 2
    last = matches[-1].reasons[-1]
    assert (last.term, last.points < 0) == ("同一单位已列4项", True)


def test_order_is_the_same_whatever_the_order_of_the_results(results, needs):
    forth, back = Matcher(results), Matcher(results[::-1])
    for need in [*needs.values()][:10]:
        assert [(m.key, m.score) for m in forth.answers(need, 3)] == [(m.key, m.score) for m in back.answers(need, 3)]


def test_nothing_is_found_among_nothing_and_for_nothing(results):
    assert Matcher([]).answers(Matchable("N", "锯床")) == []
    assert Matcher(results).answers(Matchable("N", "？")) == []


def test_an_unknown_word_means_what_its_parts_mean():
    table = meanings()
    assert float(table.of("锯床锯条") @ table.of("锯条")) > 0.5
    assert not table.of("XQ-7").any()


def test_what_is_asked_for_is_scored_even_where_others_are_better(matcher, needs):
    best = matcher.answers(needs["N01"], 3)
    wider = matcher.answers(needs["N01"], 3, also={"A002", "A001", "nobody"})
    assert [m.key for m in wider] == [*(m.key for m in best), *({"A002"} - {m.key for m in best})]
