"""What a node's page lists."""

from __future__ import annotations

from serving import ask


def test_a_product_stands_once_however_many_rows_name_it(examples):
    edges = ask(examples, "show", kind="企业", name="示例甲锯床有限公司").document["edges"]
    makes = {e["name"]: e for e in edges if e["relation"] == "MAKES"}
    assert [e["name"] for e in edges if e["relation"] == "MAKES"] == list(makes)
    assert makes["示例圆锯床产品"]["values"] == {"营收占比": 0.4, "年份": 2025}
    assert {s["sheet"] for s in makes["示例圆锯床产品"]["also"]} == {"企业"}


def test_values_of_different_years_stay_apart(examples):
    edges = ask(examples, "show", kind="企业", name="示例甲锯床有限公司").document["edges"]
    years = [e["values"]["年份"] for e in edges if e["caption"] == "环节产值" and e["name"] == "示例圆锯床"]
    assert sorted(years) == [2024, 2025]
