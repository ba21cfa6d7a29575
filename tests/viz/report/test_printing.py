"""Lists on paper: A4 lying on its side, nothing under 9 pt, the header on every page, the same bytes twice."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook

from graph.files import MADE
from viz.report.printing import ACROSS, Band, PrintedSheet, Styled, height_of, print_sheet, shared, widths_of
from viz.report.sheets import Book

LONG = "示例长文，写了许多" * 40
ROWS = [[n, "示例名称", LONG, 12345.5, Styled("逾期", color="#a8071a"), "只在屏幕上"] for n in range(1, 60)]
SHEET = PrintedSheet("示例", "示例清单", ("序号", "名称", "说明", "产值(万元)", "进度灯", "来源"), [Band("一、甲", ROWS), Band("二、乙", [], "暂无数据")], left="填报单位：示例", right="2026年6月1日", printed=5)  # fmt: skip


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    path = tmp_path_factory.mktemp("print") / "a.xlsx"
    write(path)
    return load_workbook(path)["示例"]


def write(path):
    book = Book(path)
    print_sheet(book, SHEET)
    book.close()


def test_it_fits_on_a_line_of_a4_without_being_shrunk_below_nine_points(page):
    setup = page.page_setup
    assert (setup.orientation, setup.paperSize, setup.fitToHeight) == ("landscape", 9, 0)
    assert sum(widths_of(SHEET)[:5]) == pytest.approx(ACROSS)
    across = 96 * (297 / 25.4 - page.page_margins.left - page.page_margins.right)
    sizes = {c.font.sz for row in page.iter_rows() for c in row if c.value is not None}
    assert min(sizes) * min(1, across / (ACROSS * 1.03)) >= 9


def test_title_unit_and_day_stand_above_a_header_that_stays_in_sight_and_on_every_page(page):
    assert [page["A1"].value, page["A2"].value] == ["示例清单", "填报单位：示例"]
    assert "2026年6月1日" in [c.value for c in page[2]]
    assert page.print_title_rows == "$3:$3"
    assert page.freeze_panes == "B4"
    assert page.print_area.endswith(f"$A$1:$E${page.max_row}")


def test_numbers_stay_numbers_and_a_part_without_rows_says_so(page):
    cells = [[c.value for c in row] for row in page.iter_rows()]
    assert [1, "示例名称", LONG, 12345.5, "逾期", "只在屏幕上"] in cells
    assert "暂无数据" in [row[0] for row in cells]


def test_a_row_is_as_high_as_its_longest_cell_and_no_higher_than_programs_allow():
    assert height_of([("短", 100)]) < height_of([(LONG, 400)]) < height_of([(LONG, 100)]) <= 409


def test_no_number_is_broken_and_short_columns_are_not_widened_before_long_ones():
    widths = widths_of(SHEET)
    assert widths[3] > 7 * 6
    assert widths[2] > 3 * widths[1]
    assert sum(shared([50, 5000, 5000, 20], [50, 100, 100, 20], 1000)) == pytest.approx(1000)


def test_the_same_rows_give_the_same_bytes_whenever_they_are_written(tmp_path):
    for name in ("a.xlsx", "b.xlsx"):
        write(tmp_path / name)
        assert load_workbook(tmp_path / name).properties.created == MADE
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
