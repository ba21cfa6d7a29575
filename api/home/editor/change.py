"""From what was typed to the row that says it: only what changed, by what the thing is known, and who is contradicted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from api.home.editor.opened import CHAIN, COUNTY, OF_ROW, YEAR, Opened, best
from api.home.filing import FieldFault
from graph.ledger.order import GRADES
from graph.schema.kinds import Column, Kind, Sheet
from graph.text import norm, split

PAGE = "页面录入"  # what stands as the file of a batch
GRADE, AS_OF, SOURCE = "可信度", "数据日期", "来源"
WHY = "更正理由"  # a field of the form that is no column: it goes into 来源
ORDINARY = "B"  # the grade of a row that says none


@dataclass(frozen=True, slots=True)
class TypedChange:
    """What was typed into a form, with what its values were when it was opened."""

    cells: Mapping[str, str]
    before: Mapping[str, str] = field(default_factory=dict)
    why: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Contradicted:
    """A value that a change contradicts, and the grade of what speaks for it."""

    caption: str
    before: str
    after: str
    grade: str


@dataclass(slots=True)
class Composed:
    """The row that a change writes."""

    row: dict[str, str] = field(default_factory=dict)
    changed: list[str] = field(default_factory=list)
    contradicted: list[Contradicted] = field(default_factory=list)
    replaces: bool = False  # the row that was opened is withdrawn
    faults: list[FieldFault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def compose(opened: Opened, sheet: Sheet, change: TypedChange, today: date) -> Composed:
    """The row that a form comes to; with faults it comes to none."""
    out = Composed()
    out.changed = [c.caption for c in sheet.by_caption.values() if _is_changed(c, change)]
    own = [c for c in out.changed if c not in OF_ROW]
    if not own:
        message = "没有改动任何一项" if opened.id or opened.record else "还没有填写任何一项"
        out.faults.append(FieldFault(0, "", message, "改好再预览"))
        return out
    if opened.record:
        _whole_row(out, opened, sheet, change)
    elif opened.id:
        _about_node(out, opened, sheet, change)
    else:
        out.row = {c: t for c, t in change.cells.items() if t and c in sheet.by_caption}
    out.contradicted = [*_contradicted(opened, change, own)]
    _of_row(out, opened, change, today)
    return out


def _is_changed(column: Column, change: TypedChange) -> bool:
    typed, before = change.cells.get(column.caption, ""), change.before.get(column.caption, "")
    if column.several and not column.value_type.gathers:
        return bool(_items(typed) - _items(before))
    return norm(typed) != norm(before)


def _items(cell: str) -> set[str]:
    return {norm(item) for item in split(cell)}


def _key_of(sheet: Sheet) -> tuple[str, ...]:
    """The captions by which a row is known again."""
    ends = tuple(c.caption for c in sheet.columns if c.end or c.required) if not isinstance(sheet, Kind) else ()
    return tuple(dict.fromkeys((*ends, *sheet.key)))


def _whole_row(out: Composed, opened: Opened, sheet: Sheet, change: TypedChange) -> None:
    """The row anew: it supersedes the one before, which gives way where it would go on saying something else."""
    out.row = {c: t for c, t in change.cells.items() if t and c in sheet.by_caption}
    gone = [c for c, t in change.before.items() if t and not change.cells.get(c)]
    moved = [c for c in out.changed if c in _key_of(sheet)]
    fewer = [
        c.caption
        for c in sheet.columns
        if c.several and _items(change.before.get(c.caption, "")) - _items(change.cells.get(c.caption, ""))
    ]
    own = bool(opened.rows) and opened.rows[0].file == PAGE
    out.replaces = bool(own or gone or moved or fewer)


def _about_node(out: Composed, opened: Opened, sheet: Sheet, change: TypedChange) -> None:
    """What changed of a node, with the cells that say which node it is and where the change holds."""
    assert isinstance(sheet, Kind)
    wanted = {c for c in out.changed if c not in OF_ROW}
    out.faults += _cleared(opened, sheet, change)
    wanted |= _travelling(sheet, wanted, change)
    out.row = {c: t for c in sheet.by_caption if c in wanted and (t := change.cells.get(c, ""))}
    required = {c.caption: opened.cells.get(c.caption, "") for c in sheet.columns if c.required}
    out.row = {c: t for c, t in required.items() if t} | dict(opened.key) | out.row
    renamed = [c for c in sheet.key if c in wanted and norm(out.row.get(c, "")) != norm(opened.key.get(c, ""))]
    for caption in renamed:
        if sheet.aliases and caption == (sheet.key_name.caption if sheet.key_name else ""):
            others = [*split(out.row.get(sheet.aliases, "")), opened.key[caption]]
            out.row[sheet.aliases] = "、".join(dict.fromkeys(others))
            out.notes.append(f"“{opened.key[caption]}”记为{sheet.aliases}，仍是同一个{sheet.caption}")
        else:
            message = f"“{caption}”用来识别这个{sheet.caption}，改了就是另一个"
            out.faults.append(FieldFault(0, caption, message, f"另外新增一个{sheet.caption}，再撤下原来的行"))


def _cleared(opened: Opened, sheet: Sheet, change: TypedChange) -> Iterator[FieldFault]:
    """Fields that were emptied: a blank cell says nothing, and takes nothing back."""
    for column in sheet.columns:
        caption = column.caption
        if change.before.get(caption) and not change.cells.get(caption) and not column.several:
            if caption in opened.hidden:
                continue
            message = f"清空不会去掉“{change.before[caption]}”：空白不算说法"
            yield FieldFault(0, caption, message, "要去掉它，到下面“它的行”里撤下写它的那一行；不改就恢复原值")


def _travelling(sheet: Sheet, wanted: set[str], change: TypedChange) -> set[str]:
    """The cells that go along: the segments on which a state holds, the chain in which they are sought, a year."""
    along: set[str] = set()
    for column in sheet.columns:
        carried = {c for rule in column.edges for c in rule.carries}
        if carried & wanted and change.cells.get(column.caption):
            along.add(column.caption)
        if column.with_ and column.caption in wanted:
            along.add(column.with_)
    for column in reversed(sheet.columns):  # a segment stands behind its chain
        if column.caption in wanted | along:
            along |= {c for c in (column.within, column.within_else) if c and change.cells.get(c)}
    if "（" in change.cells.get(CHAIN, ""):  # it says by itself of which county it is
        along.discard(COUNTY)
    return along


def _contradicted(opened: Opened, change: TypedChange, changed: Sequence[str]) -> Iterator[Contradicted]:
    for caption in changed:
        if before := opened.cells.get(caption, ""):
            yield Contradicted(caption, before, change.cells.get(caption, ""), opened.grade(caption) or ORDINARY)


def _of_row(out: Composed, opened: Opened, change: TypedChange, today: date) -> None:
    """What a row says of itself: its date, its grade, who says it and why; and the year by which a state counts."""
    chosen = change.cells.get(GRADE, "")
    out.row[AS_OF] = change.cells.get(AS_OF, "") or today.isoformat()
    other = best([c.grade for c in out.contradicted]) or ORDINARY
    better = GRADES[other] > GRADES.get(chosen or ORDINARY, 0)
    if (better or (out.replaces and opened.rows[0].file != PAGE)) and not change.why:
        whom = "、".join(f"“{c.caption}”{c.before}（{c.grade} 级）" for c in out.contradicted if c.grade == other)
        message = f"与可信度更高的来源不同：{whom}" if better else f"要撤下 {opened.rows[0].file} 的一行"
        out.faults.append(FieldFault(0, WHY, message, "写明为什么更正，再预览"))
    if not chosen and GRADES[other] > GRADES[ORDINARY]:
        out.row[GRADE] = other
        out.notes.append(f"这一行按 {other} 级登记，与它更正的来源同级；要低一些，请在“可信度”里选")
    if change.why:
        publisher = change.cells.get(SOURCE, "")
        out.row[SOURCE] = f"{publisher}；更正：{change.why}" if publisher else f"更正：{change.why}"
    years = [y for r in opened.rows if (y := r.values.get(YEAR))]
    if "状态" in out.changed and YEAR not in out.changed and years and not opened.record:
        out.row[YEAR] = str(max(today.year, *map(int, years)))
        out.notes.append(f"状态按年份最近的说法计，这一行写 {out.row[YEAR]} 年")
