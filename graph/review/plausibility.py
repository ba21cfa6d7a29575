"""Values of a batch that a person should look at again: sources that contradict each other, and outliers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from graph.ledger.order import order_key
from graph.model import Edge, Node, Record, Remark
from graph.naming.divisions import bare
from graph.projection.result import Projection
from graph.projection.settled import PRODUCING
from graph.schema.kinds import Column, Kind, Schema, Sheet
from graph.schema.types.year import YearType
from graph.text import norm

TIMES = 100  # against the same thing in another year or source: a wrong unit
MOST = 100  # statements of one thing that each of its rows is held against
FAR_TIMES, OTHERS = 1000, 8  # against the median of at least so many others


@dataclass(frozen=True, slots=True)
class _About:
    """Year and item: values of different ones do not contradict each other."""

    year: Any
    item: str


@dataclass(frozen=True, slots=True)
class _Says:
    """Where a row says which year and which item a column is about."""

    year: str | None
    item: str | None

    @classmethod
    def read(cls, column: Column, sheet: Sheet) -> _Says:
        """Of one column, by the captions of its sheet."""
        years = (c.caption for c in sheet.columns if c.field in ("year", "stated_year") and c is not column)
        items = (c.caption for c in sheet.columns for rule in c.edges if column.caption in rule.carries)
        steps = sheet.steps if isinstance(sheet, Kind) else None
        return cls(column.with_ or steps or next(years, None), next(items, None))

    def of(self, record: Record) -> _About:
        """What it is in a row."""
        year = record.values.get(self.year) if self.year else None
        return _About(year, norm(str(record.values.get(self.item) or "")) if self.item else "")


_Compared = dict[str, list[tuple[Column, _Says]]]


@dataclass(frozen=True, slots=True)
class _Statement:
    """What a row states in one column."""

    record: Record
    value: Any
    about: _About


@dataclass(frozen=True, slots=True)
class _Usual:
    """The numbers of one column: how many, and their median."""

    count: int
    middle: float


def find_implausible(
    after: Projection,
    rows: Mapping[int, Record],
    fresh: Collection[int],
    schema: Schema,
    amounts: Mapping[str, Sequence[float]] | None = None,
) -> list[Remark]:
    """Remarks about the rows `fresh`, by sequence number, among all visible `rows` that `after` shows.

    A contradiction is another value for the same thing, year and item, in another file or beside it in the same
    load; a later load of the same file is a correction. An outlier is a number a hundred times another of the
    same thing, or a thousand times what is usual: the median of the `amounts` of its caption, else of all `rows`.
    """
    columns = _compared_columns(schema)
    # 在建 beside 在产 is no contradiction: a rule says which of them counts.
    ruled = {f.caption for r in schema.relations.values() for f in r.fields if f.resolve}
    statements: dict[tuple[str, str], list[_Statement]] = defaultdict(list)
    stated: dict[str, list[float]] = defaultdict(list)
    for subject, record in _subjects(after, rows, schema, columns):
        for column, says in columns[record.kind]:
            value = record.values.get(column.caption)
            if value is None or (column.caption in ruled and value not in PRODUCING):
                continue
            statements[subject, column.caption].append(_Statement(record, value, says.of(record)))
            if column.value_type.is_amount:
                stated[column.caption].append(float(value))
    known = stated if amounts is None else amounts
    usual = {caption: _Usual(len(v), median(v)) for caption, v in known.items() if len(v) > OTHERS}
    remarks: list[Remark] = []
    for (_, caption), all_statements in statements.items():
        # One row a thousand times over is one statement to compare with; a thousand others are more than enough.
        held = list({(s.value, s.about, s.record.file, s.record.batch): s for s in all_statements}.values())[-MOST:]
        for one in all_statements:
            if one.record.seq in fresh:
                column = schema.sheets[one.record.kind].by_caption[caption]
                remarks += _contradiction(one, held, fresh, column)
                remarks += _outlier(one, held, column, usual.get(caption))
    return [*remarks, *_claimed_twice(after, rows, fresh, schema)]


def _claimed_twice(
    after: Projection, rows: Mapping[int, Record], fresh: Collection[int], schema: Schema
) -> Iterator[Remark]:
    """New rows by which a thing without a code stands in another county than by other rows: there may be two of it."""
    above = {norm(n.name): norm(str(n.values.get("parent") or "")) for n in after.nodes.get("县市区", {}).values()}
    for kind in (k for k in schema.kinds.values() if k.codes and "县市区" in k.by_caption):
        for node in after.nodes.get(kind.caption, {}).values():
            if node.values.get("code") or not any(r in fresh for r in node.records):
                continue
            stated = (
                (norm(str(c)), rows[r]) for r in node.records if r in rows and (c := rows[r].values.get("县市区"))
            )
            placed = list(stated)
            for county, record in placed:
                others = (
                    r
                    for c, r in placed
                    if bare(c) != bare(county) and above.get(county) != c and above.get(c) != county
                )
                other = next(others, None)
                if other and record.seq in fresh and (other.seq not in fresh or other.seq < record.seq):
                    mine, theirs = record.values["县市区"], other.values["县市区"]
                    message = f"“{node.name}”这里写在{mine}，{_place(other, '县市区')}写在{theirs}，可能是同名的两家"
                    hint = "是两家：补填统一社会信用代码，或在名称前写明地区；是一家：改正县市区"
                    yield Remark(record.seq, "县市区", message, hint)
                    break


def _compared_columns(schema: Schema) -> _Compared:
    """By sheet, the columns whose values are held against each other: not the year that goes with another column,
    nor the day of a step."""
    columns: _Compared = {}
    for sheet in schema.sheets.values():
        companions = {*(c.with_ for c in sheet.columns), sheet.steps if isinstance(sheet, Kind) else None}
        compared = [c for c in sheet.columns if c.value_type.strict and not c.required and c.caption not in companions]
        columns[sheet.sheet or ""] = [(c, _Says.read(c, sheet)) for c in compared]
    return columns


def _subjects(
    after: Projection, rows: Mapping[int, Record], schema: Schema, columns: _Compared
) -> Iterator[tuple[str, Record]]:
    """What each row with compared columns is about: a node or an edge; a firm for its annual reports."""
    of_year: dict[str, str] = {}
    for kind in schema.kinds.values():
        if relation := _owner(kind):
            of_year |= {e.source: e.target for e in after.edges.get(relation, {}).values()}
    things: list[tuple[str | None, Mapping[str, Node] | Mapping[str, Edge]]] = [
        *((schema.kinds[caption].sheet, nodes) for caption, nodes in after.nodes.items()),
        *((schema.relations[name].sheet, edges) for name, edges in after.edges.items()),
    ]
    for sheet, stated in things:
        if not columns.get(sheet or ""):
            continue
        for ident, thing in stated.items():
            for seq in thing.records:
                if seq in rows and rows[seq].kind == sheet:
                    yield of_year.get(ident, ident), rows[seq]


def _owner(kind: Kind) -> str | None:
    """The relation from a yearly statement to what it is about."""
    key = [kind.by_caption[k] for k in kind.key]
    yearly = len(key) == 2 and key[0].value_type.refers and isinstance(key[1].value_type, YearType)
    return key[0].relation if yearly else None


def _contradiction(
    one: _Statement, held: Sequence[_Statement], fresh: Collection[int], column: Column
) -> Iterator[Remark]:
    # A number of the one item that a firm stands on is its total as well.
    one_item = len({s.about.item for s in held if s.about.item}) <= 1
    others = [
        s
        for s in held
        if s.about.year == one.about.year
        and (one_item or s.about.item == one.about.item)
        and (s.record.file != one.record.file or s.record.batch == one.record.batch)
        and not column.value_type.same(s.value, one.value)
    ]
    if not others:
        return
    other = max(others, key=lambda s: order_key(s.record))
    counts = max((one, other), key=lambda s: order_key(s.record))
    if counts is one and any(s.record.seq in fresh for s in others):
        return  # the remark stands at the losing row
    caption, mine, theirs = column.caption, _shown(one.value), _shown(other.value)
    message = (
        f"“{caption}”写 {mine}，{_place(other.record, caption)}写 {theirs}，两处矛盾，现按 {_shown(counts.value)} 计"
    )
    yield Remark(one.record.seq, caption, message, "核对两处来源；拿不准的一处在可信度列写 C")


def _outlier(one: _Statement, held: Sequence[_Statement], column: Column, usual: _Usual | None) -> Iterator[Remark]:
    caption, value = column.caption, one.value
    if not column.value_type.scales or not isinstance(value, int | float) or value <= 0:
        return
    far = [s for s in held if s is not one and isinstance(s.value, int | float) and s.value > 0]
    far = [s for s in far if max(value / s.value, s.value / value) >= TIMES]
    if far:
        other = far[-1]
        times = max(value / other.value, other.value / value)
        how = "倍" if value > other.value else "分之一"
        year = f"{other.about.year} 年" if other.about.year else ""
        message = f"“{caption}”{_shown(value)}，是{_place(other.record, caption)}{year}{_shown(other.value)}的 {times:.0f} {how}"
        yield Remark(one.record.seq, caption, message, "核对单位：是不是把元、万元、亿元填错了")
    elif usual and value >= FAR_TIMES * usual.middle > 0:
        times = value / usual.middle
        message = (
            f"“{caption}”{_shown(value)}，是全部 {usual.count} 个数的中位数 {_shown(usual.middle)} 的 {times:.0f} 倍"
        )
        yield Remark(one.record.seq, caption, message, "核对单位：是不是把元、万元、亿元填错了")


def _place(record: Record, caption: str) -> str:
    return f"“{record.file} {record.where(caption)}”"


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return f"{value:.10g}" if isinstance(value, int | float) else str(value)
