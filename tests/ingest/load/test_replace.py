"""A corrected file loaded again with --replace: rows that are gone are withdrawn, and nothing else is."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from builders import BASICS, CHAINS, COUNTIES, FIRMS, write_book, write_csv

from ingest.load.pipeline import LoadOptions, load
from ingest.load.replace import ReplaceRefused

HEAD = ["名称", "县市区", "产值(万元)", "年份"]
ROWS = [[f"示例{n}号公司", "示例县", 100 + n, 2024] for n in range(10)]


def firms(city):
    return sorted(n["name"] for n in city.store.nodes(city.schema.kinds["企业"]))


def test_a_row_that_is_gone_is_withdrawn_and_an_undo_brings_it_back(city, load_sheets):
    load_sheets({"县市区": COUNTIES, "企业": [HEAD, *ROWS]})
    before = city.hash()
    report = load_sheets({"县市区": COUNTIES, "企业": [HEAD, *ROWS[1:]]}, replace=True)
    assert [w["where"] for w in report.document()["withdrawn"]] == ["企业!A2"]
    assert (report.rows.accepted, report.rows.unchanged) == (0, 12)
    assert "示例0号公司" not in firms(city)
    assert city.ledger.count() == 12
    city.undo(report.batch)
    assert city.hash() == before
    assert city.ledger.count() == 13


def test_a_changed_row_takes_the_place_of_the_old_one_whatever_its_grade(city, load_sheets):
    head, first = [*HEAD, "可信度"], [*ROWS[0], "A"]
    load_sheets({"企业": [head, first, *ROWS[1:]]})
    load_sheets({"企业": [head, [*ROWS[0][:2], 7, 2024, "C"], *ROWS[1:]]}, replace=True)
    node = next(n for n in city.store.nodes(city.schema.kinds["企业"]) if n["name"] == "示例0号公司")
    assert (node["output"], len(node["records"].split(","))) == (7, 1)


def test_a_withdrawn_row_that_is_brought_back_is_new_again(city, load_sheets):
    load_sheets({"企业": [HEAD, *ROWS]})
    load_sheets({"企业": [HEAD, *ROWS[1:]]}, replace=True)
    report = load_sheets({"企业": [HEAD, *ROWS]})
    assert (report.rows.accepted, report.rows.unchanged) == (1, 9)
    assert len(firms(city)) == 10


def test_a_sheet_that_is_empty_now_is_withdrawn_too_and_its_rows_are_new_when_they_come_back(city, load_sheets):
    load_sheets({"县市区": COUNTIES, "企业": [HEAD, ROWS[0]]})
    load_sheets({"县市区": COUNTIES, "企业": [HEAD]}, replace=True, yes=True)
    assert firms(city) == []
    assert load_sheets({"县市区": COUNTIES, "企业": [HEAD, ROWS[0]]}).rows.accepted == 1


def test_more_than_a_fifth_is_refused_until_confirmed_and_a_dry_run_lists_it(city, load_sheets):
    load_sheets({"企业": [HEAD, *ROWS]})
    before = city.ledger.state()
    fewer = {"企业": [HEAD, *ROWS[3:]]}
    with pytest.raises(ReplaceRefused, match="30%"):
        load_sheets(fewer, replace=True)
    dry = load_sheets(fewer, replace=True, dry_run=True).document()
    assert [w["where"] for w in dry["withdrawn"]] == ["企业!A2", "企业!A3", "企业!A4"]
    assert "30%" in dry["refused"][0]
    assert dry["nodes"]["企业"]["removed"] == 3
    assert city.ledger.state() == before
    load_sheets(fewer, replace=True, yes=True)
    assert len(firms(city)) == 7


def test_a_file_of_that_name_from_another_county_is_refused_until_confirmed(city, load_sheets):
    load_sheets({"企业": [HEAD, *ROWS]})
    other = {"企业": [HEAD, ["示例邻县公司", "示例邻县", 1, 2024]]}
    with pytest.raises(ReplaceRefused, match="示例县"):
        load_sheets(other, replace=True)
    load_sheets(other, replace=True, yes=True)
    assert firms(city) == ["示例邻县公司"]


def test_two_offices_with_one_file_name_replace_their_own_rows_only(city, load_sheets):
    neighbours = [[f"示例邻{n}号公司", "示例邻县", n, 2024] for n in range(10)]
    load_sheets({"企业": [HEAD, *ROWS]})
    load_sheets({"企业": [HEAD, *neighbours]})
    report = load_sheets({"企业": [HEAD, *neighbours[1:]]}, replace=True)
    assert [r.values["名称"] for r in report.withdrawn.rows] == ["示例邻0号公司"]
    assert len(firms(city)) == 19


def test_the_county_of_a_row_without_one_is_that_of_its_chain(city, tmp_path):
    for county in ("示例县", "示例邻县"):
        chains = {"县市区": COUNTIES, "产业链": [["名称", "县市区"], [f"{county}链", county]]}
        load(city, [write_book(tmp_path / county / f"{county}.xlsx", chains)])
    segments = [["产业链", "名称"], ["示例县链", "锯条"]]
    load(city, [write_book(tmp_path / "一" / "环节.xlsx", {"环节": segments})])
    with pytest.raises(ReplaceRefused, match="示例邻县"):
        load(
            city,
            [write_book(tmp_path / "二" / "环节.xlsx", {"环节": [["产业链", "名称"], ["示例邻县链", "锯条"]]})],
            LoadOptions(replace=True),
        )


def test_a_row_with_a_fault_is_not_gone(city, load_sheets):
    load_sheets({"企业": [HEAD, *ROWS]})
    report = load_sheets({"企业": [HEAD, ["示例0号公司", "示例县", "很多", 2024], *ROWS[1:]]}, replace=True)
    assert (report.rows.rejected, report.withdrawn.rows) == (1, [])
    assert any("没有撤下" in f.message for f in report.findings)
    assert len(firms(city)) == 10


def test_rows_of_a_sheet_that_is_not_recognised_any_more_are_kept(city, load_sheets):
    load_sheets({"县市区": COUNTIES, "企业": [HEAD, *ROWS]})
    report = load_sheets(
        {"县市区": COUNTIES, "企业": [["这是什么", "那是什么"], [1, 2]]}, replace=True, name="示例.xlsx"
    )
    assert report.withdrawn.rows == []
    assert len(firms(city)) == 10


def test_a_batch_tells_who_withdrew_how_many_rows_and_as_of_shows_them_before(city, load_sheets):
    city.who = "示例录入员"
    load_sheets(dict(BASICS))
    fewer = {**BASICS, "企业": FIRMS[:2]}
    report = load_sheets(fewer, replace=True)
    batch = city.ledger.batches()[-1].document()
    assert (batch["by"], batch["withdrawn"], batch["rows"]) == ("示例录入员", 1, 0)
    assert [r.values["名称"] for r in city.ledger.records(only=city.ledger.withdrawn_by(report.batch))] == [FIRMS[2][0]]
    yesterday = date.today() - timedelta(days=1)
    assert list(city.ledger.records(as_of=yesterday)) == []
    city.undo(report.batch)
    assert city.ledger.batches()[-1].undone_by == "示例录入员"


def test_replacing_without_any_change_writes_nothing(city, load_sheets):
    load_sheets({"产业链": CHAINS, "县市区": COUNTIES})
    assert load_sheets({"产业链": CHAINS, "县市区": COUNTIES}, replace=True).batch is None


def test_the_csvs_of_a_folder_are_one_workbook(city, tmp_path):
    """Annual reports name no county: whose they are follows from the other tables of their folder."""

    def office(county: str, reports: int) -> list[Path]:
        folder = tmp_path / county
        firms = [["名称", "县市区"], *([f"{county}{n}号公司", county] for n in range(6))]
        years = [["企业", "年份"], *([f"{county}{n}号公司", 2024] for n in range(reports))]
        write_csv(folder / "企业.csv", firms)
        write_csv(folder / "企业年报.csv", years)
        return [folder]

    load(city, [write_book(tmp_path / "县.xlsx", {"县市区": COUNTIES})])
    load(city, office("示例县", 6))
    load(city, office("示例邻县", 6))
    report = load(city, office("示例邻县", 4), LoadOptions(replace=True))
    assert [r.values["企业"] for r in report.withdrawn.rows] == ["示例邻县4号公司", "示例邻县5号公司"]
    assert len(city.store.nodes(city.schema.kinds["企业年报"])) == 10
