"""指标台账.xlsx: every target of the plan with its light, filed and computed side by side, and the rows behind it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from graph.answers.documents.plan import ProgressDocument, TargetDocument
from graph.files import row_places
from graph.plan.light import FLAGS, LIGHTS
from viz.errors import UnknownFormat
from viz.plan.phrases import SIGNS, day_text, explained, group_of, light_text, moved_text
from viz.report.sheets import A4, Book, Column, row_height
from viz.theme import LIGHT_STYLES

TARGETS = "指标台账"
COLUMNS = (
    ("序号", 5), ("县（市、区）", 11), ("对象", 14), ("指标", 22), ("要求", 18), ("期限", 11), ("剩余天数", 6), ("进度灯", 11), ("情况说明", 40),
    ("填报数", 8), ("台账数", 8), ("提示", 20), ("原因", 18), ("措施", 18), ("责任单位", 16),
    ("采用数", 9), ("单位", 6), ("采用数来源", 8), ("应达进度", 8), ("实际进度", 8), ("填报日期", 11), ("统计口径", 14), ("年报年份", 8), ("台账下限", 8),
    ("台账上限", 8), ("台账留空", 8), ("异议", 20), ("期限调整", 30), ("计划", 20), ("任务", 18), ("佐证", 18), ("填报的行", 24), ("台账的行", 30), ("指标的行", 24),
)  # fmt: skip
PRINTED = 15  # columns; the rest is for the screen
COUNTIES = (("县（市、区）", 16), *((f"{light.sign} {light.word}", 11) for light in LIGHTS), ("合计", 8))
DUE = (("指标", 30), ("对象", 18), ("期限", 12), ("剩余天数", 9), ("几天以内", 9), ("进度灯", 12))
SPREAD = (("指标", 30), ("考核范围", 12), ("期限", 12), ("共几个", 8), ("达标几个", 9), ("说明", 30))
RULE = (("项目", 14), ("内容", 90))
SHARES = frozenset({"应达进度", "实际进度"})
ORIGIN = {"filed": "填报", "computed": "台账"}
Line = Sequence[object]


def write_target_book(path: Path, progress: ProgressDocument) -> None:
    """Write the document of `progress` as a workbook. Raises UnknownFormat and NotWritable."""
    if path.suffix.lower() != ".xlsx":
        raise UnknownFormat(path.suffix, (".xlsx",))
    book = Book(path)
    day, lines = day_text(progress["at"]), list(_lines(progress["targets"]))
    write_sheet(book, TARGETS, COLUMNS, lines, title=f"指标台账（截至{day}）", frozen=4, printed=PRINTED)
    counts = [[c["county"], *c["lights"].values(), sum(c["lights"].values())] for c in progress["counties"]]
    write_sheet(book, "各县（市、区）", COUNTIES, counts)
    write_sheet(book, "90天内到期", DUE, [_due(d) for d in progress["due"]])
    write_sheet(book, "分县分链汇总", SPREAD, [_spread(s) for s in progress["spread"]])
    write_sheet(book, "规则", RULE, list(_rule(progress)))
    book.close()


def _lines(targets: Sequence[TargetDocument]) -> Iterator[Line]:
    for number, t in enumerate(targets, 1):
        filed, computed, pace, (reason, measures) = t["filed"], t["computed"], t["pace"], explained(t)
        yield [
            number, group_of(t), t["subject"], t["indicator"], t["asked"], t["deadline"], t["days_left"], light_text(t["light"]), t["text"],
            _plain(filed["value"]) if filed else None, computed["value"] if computed else None, "；".join(FLAGS[f] for f in t["flags"]),
            reason, measures, "、".join(t["owners"]),
            _plain(t["v"]), t["unit"], ORIGIN.get(t["v_from"] or ""), pace["expected"] if pace else None, pace["actual"] if pace else None,
            filed["date"] if filed else None, *_computed(computed), filed["dissent"] if filed else None, _moved(t), t["plan"], t["task"],
            filed["source"] if filed else None, row_places(filed["evidence"]) if filed else None,
            row_places(computed["rows"]) if computed else None, row_places(t["evidence"]),
        ]  # fmt: skip


def _computed(computed: Mapping[str, Any] | None) -> list[object]:
    if computed is None:
        return [None] * 5
    return [computed[k] for k in ("measure", "year", "lower", "upper", "blank")]


def _plain(value: float | bool | None) -> object:
    return ("已完成" if value else "未完成") if isinstance(value, bool) else value


def _moved(target: TargetDocument) -> str:
    return "；".join(moved_text(move) for move in target["moved"])


def _due(due: Mapping[str, Any]) -> Line:
    return [*(due[k] for k in ("indicator", "subject", "deadline", "days_left", "within")), light_text(due["light"])]


def _spread(spread: Mapping[str, Any]) -> Line:
    return [spread[k] for k in ("indicator", "subject", "deadline", "of", "met", "text")]


def _rule(progress: ProgressDocument) -> Iterator[Line]:
    yield "截至", progress["at"]
    yield "判定规则", progress["rule"]
    yield "采用数", "有填报的用期限之内最近一次填报数，没有填报的用台账按统计口径算出的数；两者并列，不相互覆盖"
    for light in LIGHTS:
        yield f"{SIGNS[light.word]} {light.word}", MEANS[light.word]
    yield from FLAGS.items()


MEANS = {
    "达标": "已经达到要求",
    "正常": "没有到期，进度不落后",
    "滞后": "没有到期，进度落后于时间；或快到期限还没有达到",
    "严重滞后": "没有到期，进度远落后于时间",
    "逾期": "期限已过没有达到；每年都要达到的，有一年没有达到",
    "待核实": "有数，但要核实后才能判断",
    "未报": "没有填报，台账也算不出",
}


def write_sheet(
    book: Book,
    name: str,
    columns: Sequence[Column],
    lines: Sequence[Line],
    *,
    title: str = "",
    frozen: int = 1,
    printed: int = 0,
) -> None:
    """A sheet to read and to print, title and header on every page; of many columns the first are `printed`.

    Numbers stay numbers; a light has its colour beside sign and word.
    """
    page = book.page(name, columns, frozen=frozen)
    share, number, whole = (book.style(num_format=f, align="center") for f in ("0%", "0.0#", "0"))
    lights = {light_text(s.light.word): book.style(font_color=s.color, bg_color=s.fill) for s in LIGHT_STYLES.values()}
    on_paper = columns[: printed or len(columns)]
    for place, line in enumerate(lines, 1):
        page.set_row(place, row_height(zip(line, (width for _, width in on_paper), strict=False)))
        for column, value in enumerate(line):
            if isinstance(value, int | float) and not isinstance(value, bool):
                style = share if columns[column][0] in SHARES else whole if float(value).is_integer() else number
                page.write_number(place, column, value, style)
            else:
                text = str(value or "")
                page.write(place, column, text or None, lights.get(text, book.body))
    if lines:
        page.autofilter(0, 0, len(lines), len(columns) - 1)
    page.print_area(0, 0, max(len(lines), 1), len(on_paper) - 1)
    page.repeat_rows(0)
    page.set_header(f"&C&14{title or name}")
    page.set_footer("&C第&P页，共&N页")
    page.set_paper(A4)
    page.set_margins(left=0.4, right=0.4, top=0.8, bottom=0.6)
    page.set_landscape()
    page.fit_to_pages(1, 0)
