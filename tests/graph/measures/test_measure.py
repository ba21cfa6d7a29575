"""Measures are data: one file each, checked at start; what nobody filed has no value."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from graph.analysis.config import GapConfig
from graph.answers.chains import view_of
from graph.answers.overview import overview
from graph.answers.state import State
from graph.city.city import City
from graph.measures.docs import measures_markdown
from graph.measures.measure import MeasureFault, load_measures, parse_measures
from graph.measures.of_chain import count_of_chain
from graph.schema.parse import load_schema

ROOT = Path(__file__).parents[3]


def state_of(city: City) -> State:
    return State(city, GapConfig(), date(2026, 1, 1))


NEEDS = {"id": "needs", "caption": "技术需求", "unit": "项", "form": "count", "of": "技术需求", "about": "链上的需求"}


def test_every_fault_of_the_measure_files_is_named_at_once():
    broken = [{**NEEDS, "form": "guess", "of": "火星"}, {**NEEDS, "weight": 1}, NEEDS, NEEDS, {"id": "empty"}]
    with pytest.raises(MeasureFault) as caught:
        parse_measures(broken, load_schema())
    faults = " ".join(caught.value.faults)
    for part in ("guess", "火星", "weight", "id needs stands twice", "caption is missing"):
        assert part in faults


def test_the_committed_page_lists_every_measure():
    page = (ROOT / "docs" / "measures.md").read_text("utf-8")
    assert page == measures_markdown(load_measures()), "python -m graph.measures.docs > docs/measures.md"


def test_a_kind_that_nobody_filed_has_no_count_and_one_that_others_filed_counts_zero(load_sheets, basic_city):
    needs = parse_measures([NEEDS], load_schema())[0]
    view = view_of(state_of(basic_city), state_of(basic_city).chains()[0])
    assert count_of_chain(needs, view, filed=()) is None
    assert count_of_chain(needs, view, filed=("技术需求",)) == 0


def test_the_directors_table_counts_what_the_measure_says(load_sheets, basic_city):
    chain = state_of(basic_city).chains()[0].document()["chain"]
    load_sheets({"技术需求": [["名称", "产业链"], ["示例需求一", chain], ["示例需求二", chain]]}, name="需求.xlsx")
    row = overview(state_of(basic_city))["rows"][0]
    assert (row["needs"], row["projects"]) == (2, None)
