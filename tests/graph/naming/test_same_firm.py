"""Which names are one firm: beyond doubt by themselves, else a question with reasons for a person."""

from __future__ import annotations

import pytest

from graph.review.queue import ReviewQueue


def firms(city):
    return {r["name"]: r for r in city.store.nodes(city.schema.kinds["企业"])}


def queue(city, kind="企业"):
    found = ReviewQueue.of(city.projection(), city.schema).document(city.sources, kind, 100)["same"]
    return {d["name"]: d["candidates"] for d in found}


ONE = [
    ("浙江示例锯床股份有限公司", "浙江省示例锯床股份公司"),
    ("丽水市示例锯业有限公司", "丽水示例锯业有限责任公司"),
    ("示例（浙江）锯床有限公司", "示例(浙江)锯床有限责任公司"),
    ("浙江示例锯床（集团）有限公司", "浙江示例锯床集团有限公司"),
    ("浙江示例锯床股份有限公司", "浙江示例锯床"),
    ("缙云县示例锯床厂", "缙云示例锯床厂"),
]
TWO = [
    ("浙江示例锯床股份有限公司", "浙江示例锯床股份有限公司杭州分公司"),
    ("浙江示例锯床有限公司", "浙江示例锯床集团有限公司"),
    ("浙江示例锯床有限公司", "浙江示例锯床股份有限公司"),
    ("缙云示例锯床有限公司", "莲都示例锯床有限公司"),
    ("示例锯床有限公司", "浙江示例锯床有限公司"),
    ("浙江示例锯床有限公司", "示例（浙江）锯床有限公司"),
    ("浙江机械有限公司", "浙江机械"),
    ("缙云示例锯床厂", "缙云示例锯床有限公司"),
    ("浙江示例锯床一厂", "浙江示例锯床二厂"),
    ("青岛啤酒", "青岛啤酒股份有限公司"),
    ("浙江示例甲锯床有限公司", "浙江示例乙锯床有限公司"),
]


@pytest.mark.parametrize("names", ONE)
def test_writings_of_one_registered_name_are_one_firm(city, load_sheets, names):
    report = load_sheets({"企业": [["名称"], *([n] for n in names)]})
    assert len(firms(city)) == 1
    shown = next(iter(firms(city).values()))
    assert {shown["name"], *shown["aliases"].split("、")} == set(names)
    assert any("按同一家企业处理" in f.message and f.level == "warning" for f in report.findings)


@pytest.mark.parametrize("names", TWO)
def test_what_may_be_two_firms_stays_two(city, load_sheets, names):
    load_sheets({"企业": [["名称"], *([n] for n in names)]})
    assert set(firms(city)) == set(names)


def test_a_name_that_fits_two_is_merged_with_neither(city, load_sheets):
    load_sheets({"企业": [["名称"], ["浙江示例锯床有限公司"], ["浙江示例锯床股份有限公司"], ["浙江示例锯床"]]})
    assert len(firms(city)) == 3
    assert {c["name"] for c in queue(city)["浙江示例锯床"]} == {"浙江示例锯床有限公司", "浙江示例锯床股份有限公司"}


def test_without_a_region_the_same_county_decides(basic_city, load_sheets):
    rows = [
        ["示例丙阀门有限公司", "示例县"],
        ["浙江示例丙阀门有限公司", "示例县"],
        ["示例丁阀门有限公司", "示例县"],
        ["浙江示例丁阀门有限公司", "示例邻县"],
    ]
    load_sheets({"企业": [["名称", "县市区"], *rows]}, name="补.xlsx")
    names = set(firms(basic_city))
    assert "示例丙阀门有限公司" not in names
    assert {"示例丁阀门有限公司", "浙江示例丁阀门有限公司"} <= names


def test_two_valid_codes_are_two_firms_whatever_the_names(city, load_sheets):
    rows = [["浙江示例锯床有限公司", "91331100143052304E"], ["浙江省示例锯床有限公司", "91110000600037341L"]]
    load_sheets({"企业": [["名称", "统一社会信用代码"], *rows]})
    assert len(firms(city)) == 2
    assert queue(city) == {}


def test_a_merge_by_rule_is_undone_by_a_decision_and_comes_back_with_its_undo(city, load_sheets):
    load_sheets({"企业": [["名称"], ["浙江示例锯床"], ["浙江示例锯床股份有限公司"]]})
    before = city.hash()
    head = ["决定", "类别", "名称", "对象"]
    apart = load_sheets(
        {"决定": [head, ["不合并", "企业", "浙江示例锯床", "浙江示例锯床股份有限公司"]]}, name="决定.xlsx"
    )
    assert len(firms(city)) == 2
    assert queue(city) == {}
    city.undo(apart.batch)
    assert len(firms(city)) == 1
    assert city.hash() == before


def test_the_alias_is_found_by_search_and_by_reference(basic_city, load_sheets):
    load_sheets({
        "企业": [["名称"], ["浙江示例锯床"], ["浙江示例锯床股份有限公司"]],
        "供应关系": [["供方", "需方"], ["浙江示例锯床", "示例乙机床有限公司"]],
    }, name="补.xlsx")  # fmt: skip
    assert len(basic_city.projection().edges["SUPPLIES"]) == 1
    assert not basic_city.projection().waiting


def test_the_queue_puts_the_likeliest_first_and_says_why(basic_city, load_sheets):
    names = [
        "浙江晨星锯床股份有限公司",
        "浙江晨光阀门有限公司",
        "江苏辰星锯床有限公司",
        "浙江晨星锯床股份有限公司杭州分公司",
    ]
    load_sheets(
        {"企业": [["名称"], *([n] for n in names)], "供应关系": [["供方", "需方"], ["晨星锯床", "示例乙机床有限公司"]]},
        name="补.xlsx",
    )
    candidates = queue(basic_city)["晨星锯床"]
    assert candidates[0]["name"] == "浙江晨星锯床股份有限公司"
    assert "字号相同（晨星）" in candidates[0]["reasons"]
    assert "有行在等待这个名称" in candidates[0]["reasons"]
    assert not any("分公司" in c["name"] for c in candidates)
    assert all(r["file"] == "补.xlsx" for r in candidates[0]["rows"])


def test_sounding_alike_is_a_hint_and_never_merges(city, load_sheets):
    load_sheets(
        {
            "企业": [["名称", "县市区"], ["久灵笔刷", "示例县"], ["浙江九灵笔刷有限公司", "示例县"]],
            "县市区": [["名称"], ["示例县"]],
        }
    )
    assert len(firms(city)) == 2
    assert "字号读音相同（仅供参考）" in queue(city)["久灵笔刷"][0]["reasons"]


def test_a_former_name_in_brackets_is_a_question(city, load_sheets):
    load_sheets(
        {"企业": [["名称"], ["示例泵阀集团丽水有限公司(2018更名示例流体股份有限公司)"], ["示例流体股份有限公司"]]}
    )
    assert "名称的括号里写明了另一个名称" in str(queue(city))


def test_what_a_row_relates_is_not_one_thing(basic_city, load_sheets):
    load_sheets({
        "企业": [["名称"], ["晨星锯床"], ["浙江晨星锯床配套有限公司"]],
        "供应关系": [["供方", "需方"], ["晨星锯床", "浙江晨星锯床配套有限公司"]],
    }, name="补.xlsx")  # fmt: skip
    assert "晨星锯床" not in queue(basic_city)


def test_other_kinds_are_asked_about_too(basic_city, load_sheets):
    load_sheets({
        "平台": [["名称"], ["示例县锯床产业创新服务综合体"], ["示例县锯床产业创新服务中心"]],
        "高校院所": [["名称"], ["示例理工大学"], ["示例大学"], ["示例农业大学"]],
        "环节": [["产业链", "名称"], ["示例锯床产业链", "双金属锯条"], ["示例锯床产业链", "双金属带锯条"]],
    }, name="补.xlsx")  # fmt: skip
    assert len(queue(basic_city, "平台")) == 1
    assert queue(basic_city, "高校院所") == {}  # one full name inside another is another institute
    assert list(queue(basic_city, "环节")) == ["示例县/示例锯床产业链/双金属锯条"]


def test_deciding_takes_the_pair_off_the_queue(city, load_sheets):
    load_sheets({"企业": [["名称"], ["晨星锯床"], ["浙江晨星锯床股份有限公司"]]})
    assert "晨星锯床" in queue(city)
    head = ["决定", "类别", "名称", "对象"]
    apart = load_sheets({"决定": [head, ["不合并", "企业", "晨星锯床", "浙江晨星锯床股份有限公司"]]}, name="一.xlsx")
    assert queue(city) == {}
    city.undo(apart.batch)
    load_sheets({"决定": [head, ["合并", "企业", "浙江晨星锯床股份有限公司", "晨星锯床"]]}, name="二.xlsx")
    assert queue(city) == {}
    assert len(firms(city)) == 1


def test_exact_names_of_the_public_graph_are_never_merged_by_rule(city):
    from graph.ledger.batch import Part, RowEntry, row_digest

    rows = [{"名称": n, "状态": "外部"} for n in ("浙江示例锯床", "浙江示例锯床股份有限公司")]
    entries = [RowEntry(i, r, None, "B", row_digest(r)) for i, r in enumerate(rows, 2)]
    city.append([Part("company.csv", "company", "企业", entries, [e.digest for e in entries], {})], "chainkg")
    assert len(firms(city)) == 2
    assert queue(city) == {}


def test_a_candidate_without_a_code_may_be_a_listed_company_that_is_known_by_its_short_name(city, load_sheets):
    from graph.ledger.batch import Part, RowEntry, row_digest

    listed = {"名称": "示花智控", "证券代码": "002950SZ", "状态": "外部"}
    entry = RowEntry(2, listed, None, "B", row_digest(listed))
    city.append([Part("company.csv", "company", "企业", [entry], [entry.digest], {})], "chainkg")
    rows = [["浙江示花智能控制股份有限公司", "外部"], ["浙江示花智能机器股份有限公司", "外部"]]
    load_sheets({"企业": [["名称", "状态"], *rows]})
    asked = queue(city)["示花智控"]
    assert asked[0]["name"] == "浙江示花智能控制股份有限公司"
    assert not [c for name in queue(city) if name != "示花智控" for c in queue(city)[name]]
