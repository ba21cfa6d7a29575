"""指标台账.xlsx: every target of the plan with its light, filed and computed side by side, and the rows behind it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from graph.answers.documents.plan import ProgressDocument, TargetDocument
from graph.files import row_places
from graph.plan.light import FLAGS, LIGHTS
from viz.errors import UnknownFormat
from viz.plan.phrases import SIGNS, explained, group_of, light_text, moved_text
from viz.report.printing import Band, Cell, PrintedSheet, Styled, print_sheet
from viz.report.sheets import Book
from viz.theme import LIGHT_STYLES
from viz.wording import day_text

TARGETS = "指标台账"
COLUMNS = (
    "序号", "县（市、区）", "对象", "指标", "要求", "期限", "剩余天数", "进度灯", "情况说明",
    "填报数", "台账数", "提示", "原因", "措施", "责任单位",
    "采用数", "单位", "采用数来源", "应达进度", "实际进度", "填报日期", "统计口径", "年报年份", "台账下限",
    "台账上限", "台账留空", "异议", "期限调整", "计划", "任务", "佐证", "填报的行", "台账的行", "指标的行",
)  # fmt: skip
PRINTED = 15  # columns; the rest is for the screen
COUNTIES = ("县（市、区）", *(f"{light.sign} {light.word}" for light in LIGHTS), "合计")
DUE = ("指标", "对象", "期限", "剩余天数", "几天以内", "进度灯")
SPREAD = ("指标", "考核范围", "期限", "共几个", "达标几个", "说明")
RULE = ("项目", "内容")
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
    columns: Sequence[str],
    lines: Sequence[Line],
    *,
    title: str = "",
    frozen: int = 1,
    printed: int = 0,
) -> None:
    """A sheet to read and to print, title and header on every page; of many columns the first are `printed`.

    Numbers stay numbers; a light has its colour beside sign and word.
    """
    lights = {light_text(s.light.word): s for s in LIGHT_STYLES.values()}

    def styled(caption: str, value: object) -> Cell:
        if isinstance(value, int | float) and not isinstance(value, bool):
            return Styled(value, format="0%" if caption in SHARES else "0" if float(value).is_integer() else "0.0#")
        light, text = lights.get(str(value or "")), str(value or "")
        return Styled(text, light.color, light.fill) if light else text

    rows = [[styled(c, v) for c, v in zip(columns, line, strict=True)] for line in lines]
    print_sheet(
        book, PrintedSheet(name, title or name, columns, [Band("", rows)], frozen=frozen, printed=printed, bare=True)
    )
