"""Files that a mapping reads, corrected and loaded again with --replace: no row goes that still stands in the file."""

from __future__ import annotations

from builders import Table, write_book, write_csv

from graph.city.city import City
from graph.schema.parse import load_schema
from ingest.load.pipeline import LoadOptions, load
from ingest.mapping.file import read_mapping

SCHEMA = load_schema()
MAPPING = read_mapping(
    "tables: [{kinds: [企业, 企业年报], columns: {单位: [名称, 企业年报.企业], 县区: 县市区, 人数: 企业年报.从业人数,"
    " 销售额(万元): 企业年报.营业收入(万元), 年: 企业年报.年份}}]",
    SCHEMA,
)
HEAD = ["单位", "县区", "人数", "销售额(万元)", "年"]
ROWS = [[f"示例{n}号机械有限公司", "示例县", 10 + n, 100 + n, 2024] for n in range(10)]


def loaded(city: City, path, **options):
    return load(city, [path], LoadOptions(**options))


def kept(city: City, kind: str) -> set[str]:
    return {n.name for n in city.projection().nodes[kind].values()}


def test_a_mapped_row_that_has_a_fault_now_is_not_gone_with_any_of_its_records(tmp_path, basic_city: City):
    path = tmp_path / "名录.xlsx"
    loaded(basic_city, write_book(path, {"甲": [HEAD, *ROWS]}), mapping=MAPPING)
    before = basic_city.hash()
    faulty: Table = [HEAD, [*ROWS[0][:3], "很多", 2024], *ROWS[1:]]
    report = loaded(basic_city, write_book(path, {"甲": faulty}), mapping=MAPPING, replace=True)
    assert report.withdrawn.rows == []
    assert [f.message for f in report.findings if f.level == "warning"] == [
        "1 行原有数据没有撤下：同名的行这次有错，没有导入"
    ]
    assert basic_city.hash() == before


def test_a_mapped_row_that_is_gone_is_withdrawn_with_all_its_records(tmp_path, basic_city: City):
    path = tmp_path / "名录.xlsx"
    loaded(basic_city, write_book(path, {"甲": [HEAD, *ROWS]}), mapping=MAPPING)
    report = loaded(basic_city, write_book(path, {"甲": [HEAD, *ROWS[1:]]}), mapping=MAPPING, replace=True)
    assert sorted(r.kind for r in report.withdrawn.rows) == ["企业", "企业年报"]
    assert ROWS[0][0] not in kept(basic_city, "企业")


def test_a_form_that_has_a_fault_now_keeps_its_firm(tmp_path, basic_city: City):
    def form(name: str, output: object) -> Table:
        return [
            ["企业名称", name, "县市区", "示例县"],
            ["年份", 2024, "营业收入", output],
            ["技术难题", "断齿", "", ""],
        ]

    folder = tmp_path / "表单"
    for n in range(6):
        write_csv(folder / f"{n}.csv", form(f"示例{n}号机械有限公司", 100 + n))
    loaded(basic_city, folder)
    before = basic_city.hash()
    write_csv(folder / "0.csv", form("示例0号机械有限公司", "很多"))
    report = loaded(basic_city, folder, replace=True)
    assert (report.rows.rejected, report.withdrawn.rows) == (1, [])
    assert basic_city.hash() == before


def test_the_survey_read_again_by_a_mapping_with_other_columns_leaves_no_old_record(tmp_path, basic_city: City):
    path = write_book(tmp_path / "名录.xlsx", {"甲": [HEAD, *ROWS]})
    loaded(basic_city, path, mapping=MAPPING)
    plain = read_mapping("tables: [{kinds: 企业, columns: {单位: 名称, 县区: 县市区}}]", SCHEMA)
    loaded(basic_city, path, mapping=plain, replace=True, yes=True)
    assert not {n.values["firm"] for n in basic_city.projection().nodes["企业年报"].values()} & {r[0] for r in ROWS}
