"""对接会清单: which needs, results and firms meet at an event; filled in, the workbook loads back as 供需对接."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from graph.answers.documents.pairing import MeetingDocument, MeetingRowDocument
from graph.dates import as_date
from viz.errors import UnknownFormat
from viz.paper.document import Paper
from viz.paper.files import FORMATS as PAPERS
from viz.paper.files import save
from viz.paper.styles import STYLES, ParagraphStyle
from viz.report.printing import Band, Cell, PrintedSheet, print_sheet
from viz.report.sheets import Book
from viz.wording import day_text

SHEET, XLSX = "供需对接", ".xlsx"
FORMATS = (XLSX, *PAPERS)
COLUMNS = (
    "序号", "技术需求", "类别", "企业", "对象", "持有单位", "为何推荐", "目前状态", "状态", "日期", "经办", "说明", "单位", "活动", "对象类别",
)  # fmt: skip
PRINTED = 12
ROOM = {"状态": 3.5, "日期": 5.5, "经办": 4, "说明": 6}  # characters at least, where people write
HEADERS = ("序号", "技术需求", "类别", "企业", "对接对象", "对象类别", "持有单位", "目前状态", "对接结果")
NAMED = 3  # firms; of more the number is told
OPEN_DAY = date(2024, 1, 1)  # of a paper about an event without a day


def write_meeting(
    path: Path, meeting: MeetingDocument, notice: str = "", styles: Mapping[str, ParagraphStyle] = STYLES
) -> int:
    """Write the list of an event as .xlsx, .docx, .pdf or .html; the number of bytes. `notice` says that the data is an
    example. Raises UnknownFormat and NotWritable.
    """
    suffix = path.suffix.lower()
    if suffix in PAPERS:
        return save(_paper(meeting, notice, styles), path)
    if suffix != XLSX:
        raise UnknownFormat(path.suffix, FORMATS)
    book = Book(path)
    lines = [_line(number, row, meeting["event"]) for number, row in enumerate(meeting["rows"], 1)]
    bands = [Band("", lines)]
    sheet = PrintedSheet(SHEET, title_of(meeting), COLUMNS, bands, frozen=2, printed=PRINTED, bare=True, room=ROOM)
    print_sheet(book, sheet)
    book.close()
    return path.stat().st_size


def title_of(meeting: MeetingDocument) -> str:
    """What the list is called.

    >>> title_of({"event": "示例锯床产业供需对接会"})
    '示例锯床产业供需对接会安排表'
    """
    return f"{meeting['event']}安排表"


def _line(number: int, row: MeetingRowDocument, event: str) -> Sequence[Cell]:
    pair = row["pair"]
    return [
        number, pair["need"], row["category"], "、".join(row["raised_by"]), pair["object"], "、".join(pair["holders"]), row["why"],
        pair["state"], None, None, None, None, None, event, pair["object_kind"],
    ]  # fmt: skip


def _paper(meeting: MeetingDocument, notice: str, styles: Mapping[str, ParagraphStyle] = STYLES) -> Paper:
    day = as_date(meeting["date"])
    paper = Paper(title_of(meeting), day or OPEN_DAY, landscape=True, notice=notice, styles=styles)
    paper.title(title_of(meeting))
    for sentence in _sentences(meeting, day):
        paper.say(sentence)
    rows = [
        (
            n, r["pair"]["need"], r["category"] or "未注明", "、".join(r["raised_by"]), r["pair"]["object"],
            r["pair"]["object_kind"], "、".join(r["pair"]["holders"]), r["pair"]["state"], "",
        )
        for n, r in enumerate(meeting["rows"], 1)
    ]  # fmt: skip
    if rows:
        paper.table("供需对接安排", HEADERS, rows)
    return paper


def _sentences(meeting: MeetingDocument, day: date | None) -> list[str]:
    """Where and when, and how many meet."""
    if day is None:
        when = "时间待定"
    elif len(meeting["date"] or "") == len("2026-05-20"):
        when = f"时间：{day_text(day.isoformat())}"
    else:
        when = f"时间：{day.year}年{day.month}月"
    about = [
        when,
        *(f"{name}：{value}" for name, value in (("地区", meeting["county"]), ("产业链", meeting["chain"])) if value),
    ]
    firms = meeting["firms"]
    if not meeting["rows"]:
        return ["；".join(about) + "。", "对接安排暂无数据。"]
    named = "、".join(firms[:NAMED]) + (f"等{len(firms)}家" if len(firms) > NAMED else "")
    objects = len({r["pair"]["object_id"] for r in meeting["rows"]})
    came = f"，参加企业{len(firms)}家（{named}）" if firms else ""
    return [
        "；".join(about) + "。",
        f"本次安排技术需求{meeting['needs']}项、对接对象{objects}个，共{len(meeting['rows'])}对{came}。",
    ]
