"""路线图: tasks along the time, with their nodes, what put them off, and today. The table beside it has the same content."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from graph.answers.documents.plan import TaskDocument
from graph.plan.task import CANCELLED, DONE, NOT_STARTED, RUNNING, UNREPORTED
from viz.drawing.svg import tag, text
from viz.fonts import fit
from viz.theme import INK, LIGHT_STYLES, LINE, MUTED, PICKED, SOFT, WHITE, Look

WIDTH, LABEL, RIGHT, HEAD, ROW, BAR, FOOT = 1120.0, 300.0, 74.0, 44.0, 28.0, 14.0, 46.0
MOST = 120  # tasks of one drawing: beyond, the table has the rest
LATE = "已过期限"


@dataclass(frozen=True, slots=True)
class TaskLook:
    """How a task's bar is drawn: its colours, and the sign (one of the vendored font) for its state without colour."""

    look: Look
    sign: str
    caption: str


LOOKS = {
    DONE: TaskLook(LIGHT_STYLES["达标"], "✓", DONE),
    RUNNING: TaskLook(LIGHT_STYLES["正常"], "◎", RUNNING),
    NOT_STARTED: TaskLook(LIGHT_STYLES["未报"], "○", NOT_STARTED),
    UNREPORTED: TaskLook(LIGHT_STYLES["未报"], "—", UNREPORTED),
    CANCELLED: TaskLook(Look(MUTED, WHITE, LINE), "–", CANCELLED),
    LATE: TaskLook(LIGHT_STYLES["逾期"], "×", LATE),
}


def look_of_task(task: TaskDocument) -> TaskLook:
    """How a task is drawn: one that is late and not over as such, else by its progress."""
    return LOOKS[LATE if task["late"] else task["progress"]]


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """The time that a drawing shows, in whole months, and how wide the drawing is."""

    first: date
    last: date
    width: float = WIDTH

    def x(self, day: date) -> float:
        """Where a day stands; days outside stand at the edge."""
        days = (self.last - self.first).days
        part = min(max((day - self.first).days / days, 0.0), 1.0)
        return LABEL + (self.width - LABEL - RIGHT) * part

    def ticks(self) -> Iterator[tuple[date, str, bool]]:
        """The first day of each month, quarter or year, its caption, and whether a year begins there."""
        months = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1
        step = 1 if months <= 18 else 3 if months <= 60 else 12
        for year in range(self.first.year, self.last.year + 1):
            for month in range(1, 13, step):
                day = date(year, month, 1)
                if self.first <= day <= self.last:
                    yield day, f"{month}月" if step < 12 else "", month == 1


def timeline(tasks: Sequence[TaskDocument], at: str, width: float = WIDTH) -> str:
    """The drawing of tasks that have a date, as SVG, on a day; empty where none has. The first MOST are drawn."""
    dated = [t for t in tasks if _days(t)][:MOST]
    if not dated:
        return ""
    today = date.fromisoformat(at)
    span = replace(_span(dated, today), width=width)
    lines = list(_lines(dated))
    height = HEAD + len(lines) * ROW + FOOT
    return tag(
        "svg",
        [
            tag("title", text(f"任务路线图，截至{at}")),
            _hatch(),
            *_axis(span, height - FOOT),
            *(part for place, line in enumerate(lines) for part in _line(line, HEAD + place * ROW, span)),
            *_today(span, today, height - FOOT),
            *_legend(height - 10),
        ],
        viewBox=f"0 0 {width:g} {height:g}",
        xmlns="http://www.w3.org/2000/svg",
        role="img",
        class_="timeline",
        aria_label="任务路线图，内容与下面的表格相同",
        font_size=12,
    )


def _days(task: TaskDocument) -> list[date]:
    """All days that a task names."""
    nodes = [m["date"] for m in task["milestones"]]
    moved = [day for m in task["moved"] for day in (m["old"], m["new"])]
    return [date.fromisoformat(d) for d in (task["start"], task["deadline"], *moved, *nodes) if d]


def _span(tasks: Sequence[TaskDocument], today: date) -> TimeSpan:
    days = [d for t in tasks for d in _days(t)]
    first, last = min(days), max(days)
    if (first - today).days < 400 and (today - last).days < 400:  # today is shown unless it is far off
        first, last = min(first, today), max(last, today)
    if (last - first).days < 150:
        last = first + timedelta(150)
    end = date(last.year + last.month // 12, last.month % 12 + 1, 1) - timedelta(1)
    return TimeSpan(first.replace(day=1), end)


def _lines(tasks: Sequence[TaskDocument]) -> Iterator[TaskDocument | str]:
    """The tasks, each plan's under its name where there are several."""
    plans = list(dict.fromkeys(t["plan"] or "没有写明计划" for t in tasks))
    for plan in plans:
        if len(plans) > 1:
            yield plan
        yield from (t for t in tasks if (t["plan"] or "没有写明计划") == plan)


def _line(line: TaskDocument | str, y: float, span: TimeSpan) -> Iterator[str]:
    if isinstance(line, str):
        yield tag("rect", x=0, y=y, width=span.width, height=ROW, fill=SOFT)
        yield tag("text", text(fit(line, 12, span.width - 20)), x=8, y=y + 18, fill=INK, font_weight=600)
        return
    yield tag("line", x1=0, y1=y + ROW, x2=span.width, y2=y + ROW, stroke=LINE)
    yield tag("g", _bar(line, y, span), class_="task")


def _bar(task: TaskDocument, y: float, span: TimeSpan) -> Iterator[str]:
    style = look_of_task(task)
    look = style.look
    subject = f"（{task['subject']}）" if task["subject_kind"] != "全市" else ""
    yield tag("title", text(_told(task)))
    yield tag("text", style.sign, x=8, y=y + 18, fill=look.color)
    name = " ".join(p for p in (task["code"], task["name"]) if p)
    yield tag("text", text(fit(name + subject, 12, LABEL - 36)), x=24, y=y + 18, fill=INK)
    start, first, last = (
        date.fromisoformat(d) if d else None for d in (task["start"], task["first_deadline"], task["deadline"])
    )
    top = y + (ROW - BAR) / 2
    until = first or last
    if until:
        x, end = span.x(start or until), span.x(until)
        x = min(x, end - 3)
        yield tag("rect", x=x, y=top, width=end - x, height=BAR, rx=2, fill=look.fill, stroke=look.edge)
        if task["share"]:
            yield tag("rect", x=x, y=top + BAR - 4, width=(end - x) * min(task["share"], 1), height=4, fill=look.color)
        if last and first and last > first:
            yield tag(
                "rect", x=end, y=top, width=span.x(last) - end, height=BAR, fill="url(#put-off)", stroke=look.edge
            )
            yield tag("line", x1=end, y1=top - 3, x2=end, y2=top + BAR + 3, stroke=look.color, stroke_dasharray="2 2")
        yield from _deadline(task, span.x(last or until), top, look)
    for node in task["milestones"]:
        if node["date"]:
            yield from _node(date.fromisoformat(node["date"]), node["text"] or "", top, span, look)


def _deadline(task: TaskDocument, x: float, top: float, look: Look) -> Iterator[str]:
    """The day that counts, where there is room for it."""
    yield tag("line", x1=x, y1=top - 2, x2=x, y2=top + BAR + 2, stroke=look.color, stroke_width=2)
    moved = f" 延{len(task['moved'])}次" if task["moved"] else ""
    caption = f"{(task['deadline'] or '')[5:].replace('-', '.')}{moved}"
    yield tag("text", text(caption), x=x + 9, y=top + 11, font_size=10, fill=look.color)


def _node(day: date, words: str, top: float, span: TimeSpan, look: Look) -> Iterator[str]:
    x, y = span.x(day), top + BAR / 2
    points = f"{x:.1f},{y - 6:.1f} {x + 6:.1f},{y:.1f} {x:.1f},{y + 6:.1f} {x - 6:.1f},{y:.1f}"
    title = tag("title", text(f"{day.isoformat()} {words}"))
    yield tag("polygon", title, points=points, fill=WHITE, stroke=look.color, stroke_width=1.5)


def _told(task: TaskDocument) -> str:
    """The whole of a task in one line."""
    parts = [
        task["name"],
        task["subject"],
        "、".join(task["owners"]),
        LATE if task["late"] else task["progress"],
        f"{task['share']:.0%}" if task["share"] is not None else "",
        f"{task['start'] or '…'} 至 {task['deadline'] or '…'}",
        *(f"原期限 {m['old']} 改为 {m['new']}：{m['reason']}" for m in task["moved"]),
    ]
    return "；".join(p for p in parts if p)


def _axis(span: TimeSpan, bottom: float) -> Iterator[str]:
    yield tag("line", x1=0, y1=HEAD, x2=span.width, y2=HEAD, stroke=LINE)
    for number, (day, caption, new_year) in enumerate(span.ticks()):
        x = span.x(day)
        yield tag("line", x1=x, y1=HEAD if not new_year else 8, x2=x, y2=bottom, stroke=LINE)
        yield tag("text", text(caption), x=x + 3, y=HEAD - 6, font_size=11, fill=MUTED)
        if new_year or number == 0:
            yield tag("text", f"{day.year}年", x=x + 3, y=20, fill=INK, font_weight=600)


def _today(span: TimeSpan, today: date, bottom: float) -> Iterator[str]:
    if not span.first <= today <= span.last:
        return
    x = span.x(today)
    yield tag("line", x1=x, y1=HEAD, x2=x, y2=bottom + 4, stroke=PICKED, stroke_width=1.5, stroke_dasharray="5 3")
    words = f"截至 {today.isoformat()}"
    yield tag("text", words, x=x, y=bottom + 17, font_size=11, fill=PICKED, text_anchor="middle")


def _hatch() -> str:
    stripe = tag("path", d="M0 6L6 0", stroke=MUTED, stroke_width=1)
    return tag("defs", tag("pattern", stripe, id="put-off", width=6, height=6, patternUnits="userSpaceOnUse"))


def _legend(y: float) -> Iterator[str]:
    x = 8.0
    for style in LOOKS.values():
        yield tag("text", text(f"{style.sign} {style.caption}"), x=x, y=y, font_size=11, fill=style.look.color)
        x += 78
    yield tag("text", "◇ 节点　斜纹：延期　粗线：期限　底条：完成比例", x=x, y=y, font_size=11, fill=MUTED)
