"""Writings of one name that differ in case, signs, numbering or the form of characters are shown to a person."""

from __future__ import annotations

import pytest
from builders import write_book

from graph.city.city import open_city
from graph.review.duplicates import find_duplicates
from ingest.load.pipeline import load

PAIRS = [
    ("示例晨泷（丽水）锯业有限公司", "示例晨泷【丽水】锯业有限公司"),
    ("示例柏崚（丽水）轴承有限公司", "示例柏崚丽水轴承有限公司"),
    ("示例泽·沐新材料有限公司", "示例泽•沐新材料有限公司"),
    ("示例恒灏機械有限公司", "示例恒灏机械有限公司"),
    ("示例華聯電機廠", "示例华联电机厂"),
    ("示例Kuntec传动有限公司", "示例KUNTEC传动有限公司"),
    ("示例祺琨液压有限公司", "1.示例祺琨液压有限公司"),
    ("示例祺琨阀门有限公司", "（3）示例祺琨阀门有限公司"),
    ("SHILI VORTEX MACHINERY CO LTD", "Shili Vortex Machinery Co., Ltd."),
    ("示例⻓岳锯条有限公司", "示例长岳锯条有限公司"),
]
APART = [
    ("示例甲机械一厂", "示例甲机械二厂"),
    ("示例3号厂", "示例13号厂"),
    ("示例大机械有限公司", "示例小机械有限公司"),
]


@pytest.fixture(scope="module")
def listed(tmp_path_factory: pytest.TempPathFactory) -> set[frozenset[str]]:
    """The pairs that the review lists, of one city with all these names."""
    folder = tmp_path_factory.mktemp("writings")
    rows = [["名称", "县市区"], *([n, "示例县"] for pair in PAIRS + APART for n in pair)]
    city = open_city(folder / "city")
    try:
        load(city, [write_book(folder / "示例.xlsx", {"企业": rows, "县市区": [["名称"], ["示例县"]]})])
        return {
            frozenset((d.named.name, c.named.name))
            for d in find_duplicates(city.projection(), city.schema, "企业")
            for c in d.candidates
        }
    finally:
        city.close()


@pytest.mark.parametrize("pair", PAIRS, ids=lambda p: p[1])
def test_two_writings_of_one_name_are_listed(listed, pair):
    assert frozenset(pair) in listed


@pytest.mark.parametrize("pair", APART, ids=lambda p: p[0])
def test_what_tells_things_of_one_name_apart_is_no_writing(listed, pair):
    assert frozenset(pair) not in listed
