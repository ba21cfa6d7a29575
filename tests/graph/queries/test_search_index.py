"""Names kept in memory find what the engine finds, in its order, and follow every change."""

from __future__ import annotations

from datetime import date

import pytest
from builders import BASICS, write_book
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.analysis.config import GapConfig
from graph.answers.search import search
from graph.answers.state import State
from graph.city.city import open_city
from graph.queries.rows import GraphReader
from graph.queries.search_index import MOST, SearchIndex
from ingest.load.pipeline import load

LETTERS = "锯床轴承ＡAa𠮷é1、 \n"
ODD = ["锯" * 3, "锯床", "床锯", "ＡA锯", "𠮷锯床", "é锯a", "1锯1", "锯、床"]


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    made = open_city(tmp_path_factory.mktemp("names") / "home")
    sheets = {
        **BASICS,
        "企业": [
            ["名称", "县市区", "曾用名", "统一社会信用代码"],
            *([f"{text}示例{n}有限公司", "示例县", f"旧{text}厂、{text}{text}", None] for n, text in enumerate(ODD)),
            *([f"示例锯床{n:03d}有限公司", "示例县", None, None] for n in range(MOST + 20)),
        ],
    }
    load(made, [write_book(tmp_path_factory.mktemp("in") / "a.xlsx", sheets)])
    yield made
    made.close()


def answers(city, text, index):
    state = State(city, GapConfig(), date(2026, 6, 1))
    state.names = index
    return search(state, text)


@pytest.fixture(scope="module")
def index(city):
    return SearchIndex.read(GraphReader(city.store, city.schema))


@pytest.mark.parametrize(
    "text", ["锯", "锯床", "锯锯", "示例", "Ａ", "a", "𠮷", "1", "旧", "、", "没有", "县", "司\n示", " "]
)
def test_it_finds_what_the_engine_finds(city, index, text):
    assert answers(city, text, index) == answers(city, text, None)


@given(text=st.text(LETTERS, min_size=1, max_size=4))
@settings(max_examples=60, deadline=None)
def test_whatever_is_typed(city, index, text):
    assert answers(city, text, index) == answers(city, text, None)


def test_more_than_are_shown_are_the_first_ones(city, index):
    assert len(index.holding("企业", "示例锯床")) == MOST
    assert index.holding("企业", "") == index.holding("企业年报", "锯") == []


def test_it_follows_what_a_load_and_its_undoing_change(basic_city, load_sheets):
    reader = GraphReader(basic_city.store, basic_city.schema)
    index = SearchIndex.read(reader)
    firms = [["名称", "县市区", "曾用名"], ["示例新锯业有限公司", "示例县", "示例老锯厂"]]
    for change in (lambda: load_sheets({"企业": firms}, name="新.xlsx").outcome, lambda: basic_city.undo(2)):
        index = index.after(change().changes)
        for text in ("锯", "老锯", "示例"):
            assert answers(basic_city, text, index) == answers(basic_city, text, None)
