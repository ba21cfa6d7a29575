"""The public graph of listed companies, read from its seven tables."""

from __future__ import annotations

import pytest

from graph.errors import NothingRead
from ingest.load.chainkg import read_chainkg


@pytest.fixture
def folder(tmp_path):
    tables = {
        "company": "code,name,fullname,listed_on,exchange\n000001,示例锯床,示例锯床股份有限公司,2020-01-02,示例交易所\n",
        "product": "name\n示例带锯\n示例锯条\n示例带锯\n",
        "company_product": "company,product,share\n示例锯床股份有限公司,示例带锯,0.4\n示例锯床股份有限公司,示例锯条,7\n",
        "product_product": "from,relation,to\n示例锯条,下游产品,示例带锯\n示例锯条,示例关系,示例带锯\n",
    }
    for name, text in tables.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def intake(folder):
    return read_chainkg([folder], lambda *_: None)


def test_every_line_is_counted(intake):
    assert intake.rows.document() == {"read": 7, "accepted": 6, "rejected": 1, "unchanged": 0, "skipped": 1}
    assert [f.message for f in intake.findings] == [
        "1 行与前面重复，只计一次",
        "1 行的占比不在 0 到 1 之间，占比舍去，关系保留",
        "1 行的关系不认识，已拒绝",
    ]


def test_a_company_brings_its_short_name_and_what_the_schema_does_not_know(intake):
    company = next(p for p in intake.parts if p.kind == "企业").rows[0]
    assert company.values["曾用名"] == "示例锯床"
    assert company.values["附加列"] == {"交易所": "示例交易所", "名录日期": "2020-01-02"}
    assert company.row == 2


def test_a_full_name_that_is_another_company_s_names_none(folder):
    (folder / "company.csv").write_text(
        "code,name,fullname,listed_on,exchange\n"
        "000001,示例锯床,示例锯床股份有限公司,,\n000001,示例锯床,远方银行股份有限公司,,\n000002,新名股份,旧字号有限公司,,\n",
        encoding="utf-8",
    )
    intake = read_chainkg([folder], lambda *_: None)
    companies = [r.values for p in intake.parts if p.kind == "企业" for r in p.rows]
    assert [c["名称"] for c in companies] == ["示例锯床股份有限公司", "示例锯床", "旧字号有限公司"]
    assert companies[1]["附加列"]["存疑全称"] == "远方银行股份有限公司"
    assert any(f.message.startswith("1 行的全称") for f in intake.findings)


def test_equal_cells_are_one_text_whichever_table_they_stand_in(intake):
    named = [v for p in intake.parts for r in p.rows for v in r.values.values() if v == "示例带锯"]
    assert len(named) == 3
    assert len({id(v) for v in named}) == 1


def test_a_folder_without_any_table_is_refused(tmp_path):
    with pytest.raises(NothingRead):
        read_chainkg([tmp_path], lambda *_: None)
