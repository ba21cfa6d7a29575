"""`load`: good rows in, bad rows reported by cell, nothing lost."""

from __future__ import annotations

from builders import BASICS, CHAINS, COUNTIES, FEEDS, FIRMS, SEGMENTS, write_book, write_csv

from graph.city.city import City
from graph.queries.explorer import Explorer
from graph.queries.node_sources import show_node
from graph.queries.rows import GraphReader
from graph.schema.parse import load_schema
from ingest.load.pipeline import load


def value_of(city: City, kind: str, name: str, caption: str) -> object:
    reader = GraphReader(city.store, city.schema)
    row = reader.nodes_called(kind, name)[0]

    def read(seqs):
        return {r.seq: r for r in city.ledger.records(only=seqs)}

    return show_node(Explorer(reader), city.schema.kinds[kind], row, read)["values"][caption]


def test_ten_wrong_cells_give_ten_findings_with_their_addresses_and_the_good_rows_are_in(city, load_sheets):
    header = ["名称", "县市区", "产业链", "环节", "产值(万元)", "年份", "状态", "可信度", "数据日期"]
    good = ["示例好公司", "示例县", "示例锯床产业链", "锯条", 100, 2024, "在产", "A", "2025-01"]

    def bad(column: int, value: object) -> list[object]:
        row = [*good]
        row[0], row[column] = f"示例坏{column}{value}", value
        return row

    rows = [
        header, good,
        bad(4, -5), bad(4, "很多"), bad(4, "100-200"), bad(5, 1800), bad(5, "去年"),
        bad(6, "生产中"), bad(7, "D"), bad(8, "2025-13-01"), bad(4, "#N/A文字"),
        ["", *good[1:]],
    ]  # fmt: skip
    report = load_sheets({**BASICS, "企业": rows})
    errors = [f for f in report.findings if f.level == "error"]
    wanted = ["E3", "E4", "E5", "F6", "F7", "G8", "H9", "I10", "E11", "A12"]
    assert [f.where for f in errors] == [f"企业!{a}" for a in wanted]
    assert all(f.message and f.hint for f in errors)
    assert report.rows.rejected == 10
    assert city.store.counts()[0]["企业"] == 1


def test_a_word_outside_a_closed_list_is_an_error_that_says_the_list(load_sheets):
    rows = [SEGMENTS[0], ["示例锯床产业链", "锯条", "前端", "是"]]
    report = load_sheets({**BASICS, "环节": rows})
    fault = next(f for f in report.findings if f.level == "error")
    assert "上游 中游 下游 配套 应用" in fault.hint


def test_a_then_b_then_a_again_a_counts(city, load_sheets):
    load_sheets(dict(BASICS))
    for output in (100, 200, 100):
        firms = [FIRMS[0], [*FIRMS[1][:4], output, 2024, "在产"]]
        load_sheets({"企业": firms}, name="企业.xlsx")
    told = value_of(city, "企业", "示例甲锯业有限公司", "产值(万元)")
    assert told["value"] == 100
    assert [a["value"] for a in told["alternatives"]] == [200]


def test_a_second_load_of_the_same_file_changes_nothing(city, load_sheets):
    load_sheets(dict(BASICS))
    before = city.hash()
    again = load_sheets(dict(BASICS))
    assert again.batch is None
    assert again.rows.unchanged == again.rows.read > 0
    assert all(t.added == t.changed == 0 for t in again.outcome.nodes.values())
    assert city.hash() == before


def test_tables_side_by_side_are_unchanged_when_they_come_again_each_row_by_itself(load_sheets):
    firms = [["名称", "产值(万元)"] * 2, ["示例甲公司", 1, "示例乙公司", 2], ["示例丙公司", 3, "示例丁公司", 4]]
    assert load_sheets({"企业": firms}, name="企业.xlsx").rows.accepted == 4
    firms[2][3] = 5
    again = load_sheets({"企业": firms}, name="企业.xlsx")
    assert (again.rows.unchanged, again.rows.accepted) == (3, 1)


def test_two_files_state_one_fact_and_undoing_one_leaves_the_fact(city, load_sheets):
    load_sheets(dict(BASICS), name="甲.xlsx")
    before = city.hash()
    second = load_sheets(dict(BASICS), name="乙.xlsx")
    city.undo(1)
    assert city.hash() == before
    city.undo(second.batch)
    assert city.store.counts() == ({}, {})


def test_rows_come_back_when_a_file_is_loaded_again_after_its_batch_was_undone(city, load_sheets):
    first = load_sheets(dict(BASICS))
    before = city.hash()
    city.undo(first.batch)
    again = load_sheets(dict(BASICS))
    assert again.rows.accepted == first.rows.accepted
    assert city.hash() == before


def test_a_name_that_nothing_defines_waits_with_near_names_and_appears_once_it_is_loaded(city, load_sheets):
    firms = [FIRMS[0], ["示例丙厂", "示例县", "示例锯床产业链", "锯带", None, None, None]]
    report = load_sheets({**BASICS, "企业": firms, "环节": [*SEGMENTS, ["示例锯床产业链", "锯带钢", "上游", "否"]]})
    warning = next(f for f in report.findings if f.level == "warning")
    assert (warning.where, warning.value) == ("企业!D2", "锯带")
    assert "锯带钢" in warning.message
    assert report.waiting == 1
    assert "STANDS_ON" not in city.store.counts()[1]
    load_sheets({"环节": [SEGMENTS[0], ["示例锯床产业链", "锯带", "上游", "否"]]}, name="补.xlsx")
    assert city.store.counts()[1]["STANDS_ON"] == 1
    assert city.store.waiting() == []


def test_order_of_files_does_not_matter(tmp_path, city):
    from graph.city.city import open_city

    folder = tmp_path / "csv"
    for name, rows in BASICS.items():
        write_csv(folder / f"{name}.csv", rows)
    load(city, [folder])
    other = open_city(tmp_path / "other")
    for name in ("企业", "环节供给", "环节", "产业链", "县市区"):
        load(other, [folder / f"{name}.csv"])
    assert other.hash() == city.hash()
    other.close()


def test_a_gbk_csv_loads_like_an_xlsx(tmp_path, city, load_sheets):
    load_sheets(dict(BASICS))
    before = city.hash()
    city.undo(1)
    for name, rows in BASICS.items():
        write_csv(tmp_path / "gbk" / f"{name}.csv", rows, "gbk")
    report = load(city, [tmp_path / "gbk"])
    assert report.rows.rejected == 0
    assert city.hash() == before


def test_a_dry_run_says_what_would_happen_and_writes_nothing(city, load_sheets):
    report = load_sheets(dict(BASICS), dry_run=True)
    assert report.batch is None
    assert report.outcome.nodes["企业"].added == 2
    assert city.ledger.batches() == []
    assert city.store.counts() == ({}, {})


def test_rows_that_are_no_data_are_skipped_with_a_note(load_sheets):
    firms = [
        *FIRMS, ["合 计", None, None, None, 400, None, None], list(FIRMS[0]),
        ["示例（请删除）某公司", "示例县", None, None, None, None, None], ["填表人：示例", None, None, None, None, None, None],
    ]  # fmt: skip
    report = load_sheets({**BASICS, "企业": firms})
    assert report.rows.skipped == 4
    assert report.rows.rejected == 0


def test_an_unknown_column_is_kept_as_an_extra(city, load_sheets):
    firms = [[*FIRMS[0], "法人电话"], [*FIRMS[1], "0578-1"]]
    load_sheets({**BASICS, "企业": firms})
    assert value_of(city, "企业", "示例甲锯业有限公司", "法人电话")["extra"]


def test_a_title_unit_a_header_unit_and_a_cell_unit_each_beat_the_one_before(city, load_sheets):
    bare = ["产值" if c == "产值(万元)" else c for c in FIRMS[0]]
    title = [["示例县企业表（单位：亿元）"], bare, [*FIRMS[1][:4], 1.5, 2024, "在产"]]
    load_sheets({**BASICS, "企业": title})
    assert value_of(city, "企业", "示例甲锯业有限公司", "产值(万元)")["value"] == 15000
    header = [*FIRMS[0]]
    header[4] = "产值（元）"
    load_sheets({"企业": [header, [*FIRMS[1][:4], "3000万元", 2024, "在产"]]}, name="b.xlsx")
    assert value_of(city, "企业", "示例甲锯业有限公司", "产值(万元)")["value"] == 3000


def test_a_better_grade_counts_however_late_the_other_row_comes(city, load_sheets):
    load_sheets({**BASICS, "企业": [[*FIRMS[0], "可信度"], [*FIRMS[1][:4], 100, 2024, "在产", "A"]]})
    load_sheets({"企业": [[*FIRMS[0], "可信度"], [*FIRMS[1][:4], 999, 2024, "在产", "C"]]}, name="b.xlsx")
    told = value_of(city, "企业", "示例甲锯业有限公司", "产值(万元)")
    assert told["value"] == 100
    assert told["source"]["grade"] == "A"
    assert told["alternatives"][0]["source"]["file"] == "b.xlsx"


def test_a_former_name_is_the_same_firm(city, load_sheets):
    firms = [
        ["名称", "曾用名", "产业链", "环节"],
        ["示例新名公司", "示例旧名公司", "示例锯床产业链", "锯条"],
        ["示例旧名公司", None, "示例锯床产业链", "带锯床"],
    ]
    load_sheets({**BASICS, "企业": firms})
    assert city.store.counts()[0]["企业"] == 1
    assert city.store.counts()[1]["STANDS_ON"] == 2
    assert value_of(city, "企业", "示例旧名公司", "曾用名")["value"] == "示例旧名公司"


CODE_A = "91110000600037341L"


def test_one_name_with_two_codes_is_two_firms_and_the_name_alone_waits(city, load_sheets):
    head = ["名称", "统一社会信用代码", "产业链", "环节"]
    rows = [
        head,
        ["示例同名公司", CODE_A, None, None],
        ["示例同名公司", code_b(), None, None],
        ["示例同名公司", None, "示例锯床产业链", "锯条"],
    ]
    report = load_sheets({**BASICS, "企业": rows})
    assert city.store.counts()[0]["企业"] == 2
    assert report.waiting == 1
    assert "STANDS_ON" not in city.store.counts()[1]


def code_b() -> str:
    from stdnum.cn import uscc

    base = "9133000071095781"
    return next(base + a + b for a in "0123456789" for b in uscc._alphabet if uscc.is_valid(base + a + b))


def test_one_code_with_two_names_is_one_firm_with_a_warning(city, load_sheets):
    head = ["名称", "统一社会信用代码"]
    report = load_sheets({**BASICS, "企业": [head, ["示例前名公司", CODE_A], ["示例后名公司", CODE_A]]})
    assert city.store.counts()[0]["企业"] == 1
    assert any("同一统一社会信用代码" in f.message for f in report.findings)


def test_a_code_with_wrong_check_characters_loads_by_name_with_a_warning(city, load_sheets):
    report = load_sheets({**BASICS, "企业": [["名称", "统一社会信用代码"], ["示例公司", "91110000600037341A"]]})
    assert [f.where for f in report.findings if f.level == "warning"] == ["企业!B2"]
    assert value_of(city, "企业", "示例公司", "统一社会信用代码")["value"] == "91110000600037341A"


def test_a_bare_sixty_as_a_share_is_an_error_that_shows_both_ways_to_write_it(load_sheets):
    rows = [["产业链", "环节", "外部来源", "占比"], ["示例锯床产业链", "锯条", "示例外省厂", 60]]
    report = load_sheets({**BASICS, "外部供给": rows})
    fault = next(f for f in report.findings if f.level == "error")
    assert "60%" in fault.hint
    assert "0.6" in fault.hint


def test_shares_above_the_whole_give_a_warning(load_sheets):
    rows = [
        ["产业链", "环节", "外部来源", "占比"],
        ["示例锯床产业链", "锯条", "示例厂一", "60%"],
        ["示例锯床产业链", "锯条", "示例厂二", 0.6],
    ]
    report = load_sheets({**BASICS, "外部供给": rows})
    assert any("超过 100%" in f.message for f in report.findings if f.level == "warning")


def test_a_segment_that_feeds_itself_is_an_error(load_sheets):
    report = load_sheets({**BASICS, "环节供给": [FEEDS[0], ["示例锯床产业链", "锯条", "锯 条".replace(" ", "")]]})
    assert [f.where for f in report.findings if f.level == "error"] == ["环节供给!C2"]


def test_a_loop_of_parents_rejects_nothing_and_its_edges_wait(city, load_sheets):
    rows = [["产业链", "名称", "上级环节"], ["示例锯床产业链", "甲", "乙"], ["示例锯床产业链", "乙", "甲"]]
    report = load_sheets({**BASICS, "环节": rows, "环节供给": [FEEDS[0]], "企业": [FIRMS[0]]})
    assert report.rows.rejected == 0
    assert {f.where for f in report.findings if "循环" in f.message} == {"环节!C2", "环节!C3"}
    assert "SUBSEGMENT_OF" not in city.store.counts()[1]


def test_an_excel_error_and_a_formula_without_a_value_are_errors(load_sheets):
    firms = [FIRMS[0], [*FIRMS[1][:4], "=1+1", 2024, "在产"], ["示例丙", "示例县", None, None, "#DIV/0!", 2024, None]]
    report = load_sheets({**BASICS, "企业": firms})
    errors = {f.where: f for f in report.findings if f.level == "error"}
    assert set(errors) == {"企业!E2", "企业!E3"}
    assert "保存" in errors["企业!E2"].hint


def test_a_hidden_row_is_data_with_a_note(city, tmp_path):
    from openpyxl import load_workbook

    path = write_book(tmp_path / "h.xlsx", dict(BASICS))
    book = load_workbook(path)
    book["企业"].row_dimensions[3].hidden = True
    book.save(path)
    report = load(city, [path])
    assert city.store.counts()[0]["企业"] == 2
    assert any("隐藏行" in f.message for f in report.findings)


def test_nothing_known_in_a_file_says_which_sheets_there_were(city, tmp_path):
    import pytest

    from graph.errors import NothingRead

    path = write_book(tmp_path / "x.xlsx", {"随便": [["甲", "乙"], [1, 2]]})
    with pytest.raises(NothingRead, match="随便"):
        load(city, [path])


def test_every_template_sheet_loads_its_own_example_row_as_no_data(city, tmp_path):
    from ingest.workbooks.template import write_template

    path = tmp_path / "t.xlsx"
    write_template(path, load_schema())
    report = load(city, [path])
    assert report.rows.read == 0
    assert report.rows.skipped == len(load_schema().template_sheets())
    assert [f for f in report.findings if f.level == "error"] == []


def test_two_counties_with_a_chain_of_one_name_keep_their_rows_apart(city, tmp_path):
    for county in ("示例县", "示例邻县"):
        sheets = {"产业链": [CHAINS[0], ["同名链", county]], "环节": [["产业链", "名称"], ["同名链", "锯条"]]}
        load(city, [write_book(tmp_path / county / f"{county}.xlsx", sheets)])
    report = load(
        city,
        [write_book(tmp_path / "c.xlsx", {"县市区": COUNTIES, "企业": [["名称", "产业链"], ["示例公司", "同名链"]]})],
    )
    assert city.store.counts()[0]["环节"] == 2
    assert report.waiting == 1
    assert "对应多个" in report.outcome.waiting[0]["message"]


def test_a_serial_number_is_left_out_unless_the_sheet_has_a_column_of_that_name(city, load_sheets):
    head = ["编号", "名称", "对象"]
    report = load_sheets({"任务": [head, ["2.1", "示例任务甲", "全市"], ["3", "示例任务乙", "全市"]]})
    assert [f for f in report.findings if f.level == "error"] == []
    rows = {r.values["名称"]: r.values.get("编号") for r in city.ledger.records()}
    assert rows == {"示例任务甲": "2.1", "示例任务乙": "3"}
    load_sheets({"计划": [["编号", "名称"], ["1", "示例计划"]]}, name="计划.xlsx")
    assert [r.values for r in city.ledger.records() if r.values["名称"] == "示例计划"] == [{"名称": "示例计划"}]
