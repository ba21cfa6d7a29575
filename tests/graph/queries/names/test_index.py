"""Names kept in memory: what is typed of them is found, the best first, and every change is followed."""

from __future__ import annotations

from datetime import date

import pytest
from builders import BASICS, write_book
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.analysis.config import GapConfig
from graph.answers.search import LIMIT, search, suggestions
from graph.answers.state import State
from graph.city.city import open_city
from graph.errors import Unknown
from graph.naming.fold import plain_form
from graph.queries.names import index as names_index
from graph.queries.names.index import SearchIndex
from graph.queries.names.kind_names import KindNames, SoughtNode
from graph.queries.names.pinyin import LONGEST, Spelling
from graph.queries.rows import GraphReader
from graph.schema.parse import load_schema
from ingest.load.pipeline import load

LETTERS = "锯床轴承ＡAa𠮷é1、 \n鋸"
ODD = ["锯" * 3, "锯床", "床锯", "ＡA锯", "𠮷锯床", "é锯a", "1锯1", "锯、床"]
FIRMS = ["锯床", "锯床厂", "示例县锯床厂", "数控锯床", "重庆银行", "长兴轴承", "CNC加工中心", "锯 床", "Apex Tools"]


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    made = open_city(tmp_path_factory.mktemp("names") / "home")
    sheets = {
        **BASICS,
        "企业": [
            ["名称", "县市区", "曾用名", "主要产品"],
            *([f"{text}示例{n}有限公司", "示例县", f"旧{text}厂、{text}{text}", None] for n, text in enumerate(ODD)),
            *([f"示例锯床{n:03d}有限公司", "示例县", None, "示例锯片"] for n in range(LIMIT + 20)),
            ["示例丁机械有限公司", "示例县", None, "示例铣刀、示例锯片"],
        ],
    }
    load(made, [write_book(tmp_path_factory.mktemp("in") / "a.xlsx", sheets)])
    yield made
    made.close()


def answers(city, text, index=None, kind=None):
    state = State(city, GapConfig(), date(2026, 6, 1))
    state.names = index
    return search(state, text, kind)


@pytest.fixture(scope="module")
def index(city):
    return SearchIndex.read(GraphReader(city.store, city.schema))


def of_names(*names, **more):
    entries = (SoughtNode(f"{n:03}", name, None, more) for n, name in enumerate(names))
    return SearchIndex(load_schema(), {"企业": KindNames(entries)}, {})


def found(index, text):
    return [hit.node.name for hit in index.find(text, 50).best]


@given(texts=st.lists(st.text(LETTERS, max_size=6), max_size=8), text=st.text(LETTERS, min_size=1, max_size=3))
@settings(max_examples=80, deadline=None)
def test_every_name_with_all_of_the_words_is_found(texts, text):
    words = plain_form(text).split()
    names = [t for t in dict.fromkeys(texts) if t]
    wanted = {n for n in names if words and all(w in plain_form(n) for w in words)}
    assert wanted == {n for n in found(of_names(*names), text) if all(w in plain_form(n) for w in words)}


def test_the_whole_name_comes_first_then_beginnings_then_words_then_the_rest():
    assert found(of_names(*FIRMS), "锯床")[:4] == ["锯床", "锯床厂", "数控锯床", "示例县锯床厂"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("JuChuang", "锯床"), ("jc", "锯床"), ("juc", "锯床"), ("ju chuang", "锯床"), ("zhongqing", "重庆银行"), ("chongqingyinhang", "重庆银行"),
        ("cqyh", "重庆银行"), ("zhangxing", "长兴轴承"), ("changxing", "长兴轴承"), ("cncjg", "CNC加工中心"), ("鋸床", "锯床"), ("ＡＰＥＸ", "Apex Tools"),
        ("床 锯 数", "数控锯床"), ("县 锯", "示例县锯床厂"),
    ],
)  # fmt: skip
def test_it_is_found_by_pinyin_initials_other_writings_and_several_words(text, name):
    assert name in found(of_names(*FIRMS), text)


def test_pinyin_begins_with_a_syllable_and_one_letter_is_none():
    assert found(of_names(*FIRMS), "uchuang") == []
    assert found(of_names(*FIRMS), "j") == []


def test_whatever_is_typed_as_pinyin_is_taken_in_few_ways():
    spelling = Spelling("先西安南能")
    assert spelling.ways("xian" * 14 + "v") == spelling.ways("x" * (LONGEST + 1)) == []
    assert 0 < len(spelling.ways("xian" * 14)) <= 24


def test_former_names_products_and_places_count_together(city, index):
    by_product = answers(city, "示例县 铣刀", index, "企业")
    assert [(h["name"], h["matched"]) for h in by_product["hits"]] == [("示例丁机械有限公司", "示例铣刀")]
    assert answers(city, "旧锯床", index)["hits"][0]["matched"] == "旧锯床厂"
    assert answers(city, "锯片", index, "企业")["total"] == LIMIT + 21


def test_more_than_are_listed_are_counted_by_kind(city, index):
    document = answers(city, "示例锯床", index)
    assert len(document["hits"]) == LIMIT
    assert document["counts"]["企业"] == LIMIT + 20
    assert document["total"] == sum(document["counts"].values())
    state = State(city, GapConfig(), date(2026, 6, 1))
    offered = suggestions(state, "示例锯床")
    first = next(g for g in offered["groups"] if g["kind"] == "企业")
    assert (first["total"], len(first["hits"])) == (LIMIT + 20, 5)
    assert offered["counts"] == document["counts"]
    with pytest.raises(Unknown):
        suggestions(state, "锯", "没有的类别")


@pytest.mark.parametrize("text", ["", " ", "\n", "没有", "\ud800", "\x00"])
def test_what_is_nowhere_is_not_found(city, index, text):
    assert answers(city, text, index) == {"hits": [], "total": 0, "counts": {}}


@pytest.mark.parametrize("text", ["锯", "锯床", "示例 县", "旧锯", "示例锯床00"])
def test_a_graph_that_nobody_read_is_searched_by_the_engine(city, index, text):
    by_engine = SearchIndex.narrowed(GraphReader(city.store, city.schema), text)
    assert {h["name"] for h in answers(city, text, by_engine)["hits"]} <= {
        hit.node.name for hit in index.find(text, 1000).best
    }
    assert answers(city, text, by_engine)["hits"][0] == answers(city, text, index)["hits"][0]


def test_it_follows_what_a_load_and_its_undoing_change(basic_city, load_sheets, monkeypatch):
    reader = GraphReader(basic_city.store, basic_city.schema)
    laid_over = laid_among = SearchIndex.read(reader)
    firms = [["名称", "县市区", "曾用名", "主要产品"], ["示例新锯业有限公司", "示例县", "示例老锯厂", "示例新锯片"]]
    made = [["企业", "产品"], ["示例甲锯床有限公司", "示例新锯片"]]
    steps = (
        lambda: load_sheets({"企业": firms}, name="新.xlsx").outcome,
        lambda: load_sheets({"企业产品": made}, name="产品.xlsx").outcome,
        lambda: basic_city.undo(3),
        lambda: basic_city.undo(2),
    )
    for change in steps:
        changes = change().changes
        laid_over = laid_over.after(changes)
        with monkeypatch.context() as few:
            few.setattr(names_index, "FRESH", 0)
            laid_among = laid_among.after(changes)
        anew = SearchIndex.read(reader)
        for text in ("锯", "老锯", "示例", "xinjuye", "新锯片"):
            expected = answers(basic_city, text, anew)
            assert answers(basic_city, text, laid_over) == answers(basic_city, text, laid_among) == expected
