"""Counties and chains side by side as a workbook: figures, segments of one name, where a county stands, ideas."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from graph.answers.documents.parts import SegmentStateDocument
from graph.answers.documents.workbench.comparing import ComparisonDocument, MakersDocument, StandingDocument
from graph.files import row_places
from viz.errors import UnknownFormat
from viz.report.printing import Band, Line, PrintedSheet, print_sheet
from viz.report.sheets import Book

POINTS = (
    "产品", "象限", "在产企业", "区位商", "区间下限", "区间上限", "关联度", "同组平均", "复杂度名次", "常在一起的本县产品", "同组在产",
)  # fmt: skip


def write_compare_book(path: Path, document: ComparisonDocument) -> int:
    """Write the workbook. Raises UnknownFormat and NotWritable."""
    if path.suffix.lower() != ".xlsx":
        raise UnknownFormat(path.suffix, (".xlsx",))
    book, names = Book(path), [s["name"] for s in document["subjects"]]
    figures = [
        [f["figure"]["group"], f["figure"]["caption"], f["figure"]["unit"], *(v["text"] for v in f["values"]), "；".join(
            f"{name}：{row_places(v['rows'])}" for name, v in zip(names, f["values"], strict=True) if v["rows"]
        )]
        for f in document["figures"]
    ]  # fmt: skip
    columns = ("类别", "数", "单位", *names, "依据")
    day = f"截至{document['at']}"
    print_sheet(book, PrintedSheet("逐项比较", "并排比较", columns, [Band("", figures)], frozen=3, right=day))
    shared: list[Line] = [
        [s["segment"], s["short"], *("；".join(_state(x) for x in cell) for cell in s["states"])]
        for s in document["segments"]
    ]
    subjects = document["subjects"]
    ends: list[Line] = [
        ["要补的", None, *("；".join(map(_state, one["gaps"])) for one in subjects)],
        ["优势和稳定", None, *("；".join(map(_state, one["strengths"])) for one in subjects)],
    ]
    parts = [Band("同名环节（共同的短板在前）", shared, "没有同名的环节"), Band("各自的短板和优势", ends)]
    print_sheet(book, PrintedSheet("环节", "环节比较", ("环节", "几处是短板", *names), parts, frozen=2, right=day))
    if document["standing"]:
        _standing(book, document["standing"])
    book.close()
    return path.stat().st_size


def _standing(book: Book, standing: StandingDocument) -> None:
    lines: list[Line] = [
        [
            p["product"], p["quadrant"], p["makers"], round(p["presence"], 2), round(p["presence_low"], 2), round(p["presence_high"], 2),
            round(p["related"], 3), round(p["usual"], 3), round(p["complexity"], 2), "、".join(p["beside"]), _makers(p["elsewhere"]),
        ]
        for p in standing["points"]
    ]  # fmt: skip
    peers = f"同组（{standing['group']}）：{'、'.join(standing['peers'])}"
    title = f"{standing['county']}的位置"
    print_sheet(book, PrintedSheet("位置", title, POINTS, [Band(peers, lines, standing["missing"])], frozen=1))
    alike: list[Line] = [
        [a["county"], f"{a['likeness']:.0%}", "、".join(s["segment"] for s in a["shared"]), "；".join(
            f"{s['segment']}：{_makers(s['there'])}" for s in a["shared"]
        )]
        for a in standing["alike"]
    ]  # fmt: skip
    nearby: list[Line] = [[_state(n["gap"]), None, None, _makers(n["elsewhere"])] for n in standing["nearby"]]
    columns = ("县（市、区）或环节", "相近程度", "都在产的环节", "在哪里")
    parts = [
        Band("产业相近的县（市、区）", alike, "没有同名的在产环节"),
        Band("本县的短板，别处有企业在产", nearby, "没有"),
    ]
    print_sheet(book, PrintedSheet("相近和可借", f"与{standing['county']}相近的和可借的", columns, parts, frozen=1))


def _state(row: SegmentStateDocument) -> str:
    return f"{row['segment']}（{row['caption']}）"


def _makers(rows: Iterable[MakersDocument]) -> str:
    return "、".join(f"{r['county']}{r['segment']} {r['makers']}" for r in rows)
