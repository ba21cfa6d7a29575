"""A mapping is checked whole, with every fault at once, before the first row is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from graph.schema.kinds import Column, Schema
from graph.schema.types.base import BadCell
from graph.schema.types.money import is_money_unit
from ingest.mapping.mapping import (
    FROM_PARTIES,
    OUTSIDE,
    BadMapping,
    Destination,
    FileMapping,
    TableMapping,
    alternatives,
    base_kind,
    letter_of,
    required,
)
from ingest.table.cells import Answers, parse_cell


def check(mapping: FileMapping, schema: Schema) -> None:
    """Raise BadMapping with every fault; nothing is read before this passes."""
    faults = [
        fault
        for number, table in enumerate(mapping.tables, 1)
        for fault in _TableCheck(f"第{number}张表", table, schema).faults()
    ]
    faults += _answer_faults(mapping.answers, schema)
    if faults:
        raise BadMapping(faults, mapping.name or None)


def _answer_faults(answers: Answers, schema: Schema) -> Iterator[str]:
    """What is wrong with what was answered for whole files."""
    for name, value in answers.constants.items():
        yield from _unfit(f"“{name}”", name, [value], schema)
    for name, words in answers.values.items():
        yield from _unfit(f"values “{name}”", name, words.values(), schema)


def _unfit(where: str, name: str, values: Iterable[str], schema: Schema) -> Iterator[str]:
    """What cannot stand in a column of this name, whichever sheet it is on."""
    sheet, dot, caption = name.rpartition(".")
    sheets = [s for s in schema.sheets.values() if not dot or s.caption == sheet]
    columns = [c for s in sheets if (c := s.by_caption.get(caption))]
    if not columns:
        yield f"{where}：没有这一列；写法是 列名 或 表名.列名，如 县市区、企业.状态"
    for value in values:
        bad = [b for c in columns if (b := bad_value(value, c))]
        if columns and len(bad) == len(columns):
            yield f"{where}：{bad[0]}"


def bad_value(value: str, column: Column) -> str:
    """Why a value cannot stand in a column; empty where it can."""
    try:
        parse_cell(value, column)
    except BadCell as bad:
        return f"{bad.message}，{bad.hint}"
    return ""


class _TableCheck:
    """Looks for what is wrong with the mapping of one table."""

    def __init__(self, where: str, table: TableMapping, schema: Schema) -> None:
        self.where, self.table, self.schema = where, table, schema
        self.unknown = [k for k in table.kinds if base_kind(k) not in schema.sheets]
        self.usable = [k for k in table.kinds if k not in self.unknown]

    def faults(self) -> Iterator[str]:
        """What is wrong, each with where it stands."""
        table, where = self.table, self.where
        yield from (f"{where} kinds：没有“{k}”表，可选 {'、'.join(self.schema.sheets)}" for k in self.unknown)
        yield from (f"{where} kinds：“{k}”写了两次" for k in sorted(set(table.kinds)) if table.kinds.count(k) > 1)
        if not table.kinds:
            yield f"{where}没有写 kinds（这张表是什么：企业、项目……）"
        if not table.columns:
            yield f"{where}没有写 columns（对方的列名: 链谱的列名）"
        for place, destination in [*table.destinations(), *(("constants", d) for d in table.constants)]:
            yield from self._destination(f"{where}“{place}”", destination)
        for record in self.usable:
            yield from self._record(record)
        yield from self._constants()
        yield from self._options()

    def _destination(self, where: str, destination: Destination) -> Iterator[str]:
        record, caption = destination.record, destination.caption
        if record in self.unknown:
            return
        if record not in self.usable:
            yield f"{where}：“{record}”不在 kinds 中"
        elif caption not in (known := self.schema.sheets[base_kind(record)].by_caption):
            yield f"{where}：“{base_kind(record)}”表没有列“{caption}”，可选 {'、'.join(known)}"

    def _record(self, record: str) -> Iterator[str]:
        sheet = self.schema.sheets[base_kind(record)]
        filled: dict[str, list[str]] = {}
        for caption, destination in self.table.destinations():
            if destination.record == record:
                filled.setdefault(destination.caption, []).append(caption)
        for caption, theirs in filled.items():
            column = sheet.by_caption.get(caption)
            if len(theirs) > 1 and column and not column.several:
                yield f"{self.where}：{'、'.join(theirs)} 都对应“{record}.{caption}”，只能有一列"
        given = {"年份", *filled, *(d.caption for d in self.table.constants if d.record == record)}
        if base_kind(record) == OUTSIDE and self.table.parties:
            given.update(FROM_PARTIES)
        # 年份 may stand in captions or in the title.
        lacking = [c.caption for c in required(sheet) if c.caption not in given]
        yield from (f"{self.where}：“{record}”的必填列“{c}”没有对应的列，也没有固定值" for c in lacking)

    def _constants(self) -> Iterator[str]:
        for destination, value in self.table.constants.items():
            sheet = self.schema.sheets.get(base_kind(destination.record))
            column = sheet.by_caption.get(destination.caption) if sheet else None
            if column and (why := bad_value(value, column)):
                yield f"{self.where} constants “{destination}: {value}”：{why}"
        for caption, words in self.table.values.items():
            for destination in self.table.columns.get(caption, ()):
                sheet = self.schema.sheets.get(base_kind(destination.record))
                column = sheet.by_caption.get(destination.caption) if sheet else None
                for theirs, ours in words.items() if column else ():
                    if column and (why := bad_value(ours, column)):
                        yield f"{self.where} values “{caption}”的“{theirs}: {ours}”：{why}"

    def _options(self) -> Iterator[str]:
        table, where = self.table, self.where
        known = {a for caption in table.columns for a in (caption, *alternatives(caption))}
        options = (
            ("splits", table.splits),
            ("parties", table.parties),
            ("generic", table.generic),
            ("values", table.values),
        )
        for option, captions in options:
            yield from (f"{where} {option}：columns 中没有“{c}”" for c in captions if c not in known)
        if table.unit and not is_money_unit(table.unit):
            yield f"{where} unit：不认识的金额单位“{table.unit}”，可写 元、万元、亿元"
        if table.header == 0 and (wrong := [c for c in table.columns if letter_of(c) is None]):
            yield f"{where}没有表头（header: 0），列要写成 A列、B列：{'、'.join(wrong)}"
