"""The template, the survey and a form as LibreOffice saves them must load to the content hash of ours.

    python bench/offices.py [SOFFICE] [--keep FOLDER]

Each is filled in, opened by LibreOffice (`soffice` on the path, or the program given) and saved as every form that
people send: workbooks as xlsx, xls, ods and pdf, documents as docx and pdf. Each of these files is loaded into an
empty home. `--keep` leaves the files there. The last line is JSON; the exit code is 1 where a hash differs.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import xlsxwriter  # noqa: E402
from builders import BASICS, Table  # noqa: E402
from docx import Document  # noqa: E402
from openpyxl import Workbook, load_workbook  # noqa: E402
from openpyxl.worksheet.properties import PageSetupProperties  # noqa: E402

from graph.city.city import City, open_city  # noqa: E402
from graph.errors import LianpuError  # noqa: E402
from graph.schema.parse import load_schema  # noqa: E402
from graph.store.compare import ProjectedRows, content_hash  # noqa: E402
from ingest.load.pipeline import LoadOptions, load  # noqa: E402
from ingest.workbooks.survey import write_survey  # noqa: E402
from ingest.workbooks.template import write_template  # noqa: E402

SAVED_AS = {".xlsx": ("xlsx", "xls", "ods", "pdf"), ".docx": ("docx", "pdf")}
UNSEEN = {("pdf", "样式")}  # a hidden row is not on paper
FIRM = "示例甲锯业有限公司"
FILLED: Mapping[str, Table] = {
    **BASICS,
    "企业": [
        ["名称", "县市区", "产业链", "环节", "主要产品", "产值(万元)", "年份", "状态", "数据日期"],
        [FIRM, "示例县", "示例锯床产业链", "锯条", "1,4-锯条、双金属锯条", 1234.5, 2024, "在产", date(2025, 3, 1)],
        ["示例乙机床有限公司", "示例县", "示例锯床产业链", "带锯床", "带锯床", "1.2亿", 2024, "在产", "2025-03"],
    ],
    "企业年报": [
        ["企业", "年份", "产值(万元)", "从业人数", "规上", "研发机构"],
        [FIRM, 2023, 1100, 85, "是", "否"],
        ["示例乙机床有限公司", 2023, 10500.25, 120, True, False],
    ],
    "外部供给": [["产业链", "环节", "外部来源", "占比"], ["示例锯床产业链", "锯条", "示例外地公司", 0.6]],
}
SURVEYED: Table = [
    ["企业名称", "所属县市区", "所属产业链", "主要产品", "年份", "产值(万元)", "规上", "技术难题", "拟投入(万元)"],
    [FIRM, "示例县", "示例锯床产业链", "锯条", 2024, 12000, "是", "高速锯切振动大", 300],
    ["示例乙机床有限公司", "示例县", "示例锯床产业链", "带锯床", 2024, 3000.5, "否", None, None],
]
FORM: Table = [
    ["企业名称", FIRM, "所属县市区", "示例县"],
    ["所属产业链", "示例锯床产业链", "主要产品", "锯条、锯带"],
    ["年份", 2024, "产值（万元）", 12000],
    ["规上", "☑是 □否", "从业人数", 120],
    ["技术难题", "高速锯切振动大", "拟投入（万元）", 300],
]


def originals(folder: Path) -> list[Path]:
    """The template, the survey and a form, filled in; what else a file must hold is in it."""
    folder.mkdir(parents=True, exist_ok=True)
    template, survey, form = (folder / f"{name}.xlsx" for name in ("模板", "自查表", "登记表"))
    write_template(template, load_schema())
    _fill(template, FILLED)
    write_survey(survey, load_schema())
    _fill(survey, {"企业调查表": SURVEYED})
    _form_book(form)
    documents = [_document(folder / "资料.docx", FILLED), _document(folder / "登记表.docx", {"": FORM})]
    return [template, survey, form, _looks_book(folder / "样式.xlsx"), *documents]


def _fill(path: Path, sheets: Mapping[str, Table]) -> None:
    """Write rows under the captions that a workbook has, over its example row."""
    book = load_workbook(path)
    for name, (captions, *rows) in sheets.items():
        page = book[name]
        places = {cell.value: cell.column for cell in page[1]}
        page.delete_rows(2)
        for number, row in enumerate(rows, 2):
            for caption, value in zip(captions, row, strict=True):
                cell = page.cell(number, places[caption], value)
                # As wide as a person draws it: what does not fit is cut off on paper.
                width = page.column_dimensions[cell.column_letter]
                width.width = max(width.width, 3 * len(str(value)))
                if caption == "占比":
                    cell.number_format = "0%"
    book.save(path)


def _form_book(path: Path) -> None:
    """A form under a merged title."""
    book = Workbook()
    page = book.worksheets[0]
    page.append(["示例县企业登记表"])
    page.merge_cells("A1:D1")
    for row in FORM:
        page.append(row)
    page.print_options.gridLines = True
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    for column in "ABCD":
        page.column_dimensions[column].width = 24
    book.save(path)


def _looks_book(path: Path) -> Path:
    """Merged cells, a hidden row, signs in several fonts, a unit and a month that only a format shows."""
    with xlsxwriter.Workbook(path) as book:
        page, reports = book.add_worksheet("企业"), book.add_worksheet("企业年报")
        page.write_row(0, 0, ["县市区", "名称", "产值", "年份", "数据日期"])
        page.merge_range(1, 0, 2, 0, "示例县")
        for row, (firm, output) in enumerate(((FIRM, 1.2), ("示例乙机床有限公司", 0.35)), 1):
            page.write_row(row, 1, [firm])
            page.write_number(row, 2, output, book.add_format({"num_format": '0.00"亿元"'}))
            page.write_number(row, 3, 2024)
            page.write_datetime(row, 4, datetime(2025, 3, 1), book.add_format({"num_format": 'yyyy"年"m"月"'}))
        page.set_row(2, None, None, {"hidden": True})
        signs, plain = book.add_format({"font_name": "Wingdings 2"}), book.add_format({"font_name": "宋体"})
        reports.write_row(0, 0, ["企业", "年份", "规上", "研发机构", "研发活动", "技术改造"])
        reports.write_row(1, 0, [FIRM, 2024])
        reports.write_rich_string(1, 2, signs, "R", plain, "是 ", signs, "£", plain, "否")
        reports.write_string(1, 3, "P", signs)
        reports.write_rich_string(1, 4, plain, "是", signs, "£", plain, " 否", signs, "R")
        reports.write_string(1, 5, "O", signs)
    return path


def _document(path: Path, tables: Mapping[str, Table]) -> Path:
    document = Document()
    for heading, rows in tables.items():
        document.add_heading(heading or "企业登记表")
        made = document.add_table(len(rows), len(rows[0]), "Table Grid")
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                made.cell(r, c).text = "" if value is None else str(value)
    document.save(str(path))
    return path


def saved(office: str, files: Sequence[Path], folder: Path) -> list[Path]:
    """What LibreOffice makes of the files, each in every form."""
    profile = (folder / "profile").absolute().as_uri()
    made: list[Path] = []
    for form in ("xlsx", "xls", "ods", "docx", "pdf"):
        wanted = [f for f in files if form in SAVED_AS[f.suffix] and (form, f.stem) not in UNSEEN]
        for suffix in SAVED_AS:
            some = [f for f in wanted if f.suffix == suffix]
            out = folder / f"{suffix[1:]}-{form}"
            if some:
                command = [office, "--headless", f"-env:UserInstallation={profile}", "--convert-to", form]
                subprocess.run([*command, "--outdir", out, *some], check=True, capture_output=True, timeout=300)
                made += [out / f.with_suffix(f".{form}").name for f in some]
    return made


def hash_of(city: City, path: Path) -> tuple[str, list[str]]:
    """The content hash that an empty home would have after loading a file, and what was found wrong with it."""
    try:
        report = load(city, [path], LoadOptions(dry_run=True))
    except LianpuError as fault:
        return "nothing", [fault.message]
    content = content_hash(ProjectedRows(report.outcome.projection), city.schema)
    return content, [f"{f.level} {f.where}: {f.message}" for f in report.findings if f.level != "note"]


def compared(city: City, files: Sequence[Path], others: Sequence[Path]) -> dict[str, Any]:
    """Which of the others load to the hash of the file that they were made from."""
    ours = {f.name: hash_of(city, f)[0] for f in files}
    differ: dict[str, list[str]] = {}
    for other in others:
        original = f"{other.stem}.{other.parent.name.partition('-')[0]}"
        content, findings = hash_of(city, other)
        if content != ours[original]:
            differ[f"{original} -> {other.suffix}"] = findings
    return {"files": len(others), "same": len(others) - len(differ), "differ": differ, "hashes": ours}


def main() -> None:
    """Make the files, have them saved, load them, print what differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("soffice", nargs="?", default="soffice")
    parser.add_argument("--keep", type=Path)
    asked = parser.parse_args()
    office = shutil.which(asked.soffice)
    if office is None:
        raise SystemExit(f"no {asked.soffice}: install LibreOffice, or give the path of soffice")
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as scratch:
        folder = asked.keep or Path(scratch)
        files = originals(folder / "ours")
        city = open_city(Path(scratch) / "home")
        figures = compared(city, files, saved(office, files, folder))
        city.close()
    for what, findings in figures["differ"].items():
        print(what, *findings, sep="\n  ")
    figures["seconds"] = round(time.perf_counter() - began, 1)
    print(json.dumps({"ratios": {}, "figures": figures}, ensure_ascii=False))
    sys.exit(bool(figures["differ"]))


if __name__ == "__main__":
    main()
