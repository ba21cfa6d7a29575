"""清零清单.xlsx: the three lists of firms to be cleared, and what is missing of the six."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from graph.answers.documents.plan import ZeroDocument, ZeroFirmDocument, ZeroListDocument
from graph.files import row_places
from graph.measures.six import SIX
from viz.errors import UnknownFormat
from viz.plan.target_book import write_sheet
from viz.report.sheets import Book

COLUMNS = (
    "序号", "县（市、区）", "企业", "年份", "产值(万元)", "年报填写", *SIX,
    "还缺", "依托平台", "依据",
)  # fmt: skip
TOTALS = (
    "清单",
    "县（市、区）",
    "年份",
    "填否",
    "留空待核实",
    "产值不详",
    "说明",
)
UNKNOWN = ("县（市、区）", "企业", "年份", "要补什么")
HAS = {True: "有", False: "无", None: "未说明"}


def write_zero_book(path: Path, zero: ZeroDocument) -> None:
    """Write the document of `zero` as a workbook. Raises UnknownFormat and NotWritable."""
    if path.suffix.lower() != ".xlsx":
        raise UnknownFormat(path.suffix, (".xlsx",))
    book = Book(path)
    lists = zero["lists"]
    write_sheet(book, "汇总", TOTALS, [_total(one) for one in lists], title="清零清单汇总", frozen=2)
    for caption in dict.fromkeys(one["list"] for one in lists):
        own = [(one, firm) for one in lists if one["list"] == caption for firm in one["firms"]]
        lines = [[number, *_firm(one, firm)] for number, (one, firm) in enumerate(own, 1)]
        write_sheet(book, caption, COLUMNS, lines, title=f"清零清单·{caption}", frozen=3)
    unknown = {(one["county"], firm, one["year"]): None for one in lists for firm in one["unknown"]}
    write_sheet(book, "产值不详", UNKNOWN, [[*key, "补填这一年的产值，才能判断是否在清单上"] for key in unknown])
    book.close()


def _total(one: ZeroListDocument) -> Sequence[object]:
    return [one["list"], one["county"], one["year"], one["no"], one["blank"], one["unknown_output"], one["about"]]


def _firm(one: ZeroListDocument, firm: ZeroFirmDocument) -> Sequence[object]:
    six = firm["six"]
    lacking = "、".join(item for item in SIX if six.get(item) is False)
    return [
        one["county"], firm["firm"], one["year"], firm["output"], firm["said"] or "待核实", *(HAS[six.get(item)] for item in SIX),
        lacking, "、".join(firm["platforms"]), row_places(firm["evidence"]),
    ]  # fmt: skip
