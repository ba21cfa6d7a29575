"""A mapping: how the columns of somebody's own table become columns of ours.

Kept as YAML (docs/mapping.md). It is checked whole, with every fault at once, before the first row is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

from graph.errors import LianpuError
from graph.schema.kinds import Column, Schema, Sheet
from graph.schema.types.base import BadCell
from graph.schema.types.money import is_money_unit
from ingest.finding import column_letter
from ingest.readers.base import letters_to_index
from ingest.table.cells import parse_cell

OUTSIDE = "外部供给"
FROM_PARTIES = frozenset({"外部来源", "环节"})  # what a supplier such as 某某公司（外地）：轴承 says itself
BY_LETTER = re.compile(r"([A-Z]{1,3})列")
_HELP = "写法见 docs/mapping.md；用 lianpu map 文件 -o 映射.yaml 可以生成一份再改"


class BadMapping(LianpuError):
    """A mapping with faults; all of them are listed."""

    code = "bad_mapping"

    def __init__(self, faults: Sequence[str], where: str | None = None) -> None:
        super().__init__(f"映射有 {len(faults)} 处错误：" + "；".join(faults), _HELP, where)
        self.faults = list(faults)


@dataclass(frozen=True, slots=True, order=True)
class Destination:
    """A column of a record that each row gives. `record` is a kind; 技术需求#2 is a second one of it."""

    record: str
    caption: str

    def __str__(self) -> str:
        return f"{self.record}.{self.caption}"


@dataclass(frozen=True, slots=True)
class TableMapping:
    """How one table is read. `columns` maps their captions to ours; alternatives stand between bars (营收|营业收入)."""

    kinds: tuple[str, ...]  # records that each row gives; the row is about the first
    columns: dict[str, tuple[Destination, ...]]
    constants: dict[Destination, str] = field(default_factory=dict)  # where a cell is blank, or there is no column
    sheet: str = "*"  # pattern of the sheet's name
    header: int | None = None  # last row of the header; 0: there is none; None: found by the captions
    unit: str | None = None  # of money, where neither cell nor caption has one
    splits: dict[str, str] = field(default_factory=dict)  # their caption -> separators; one record for each piece
    skip: tuple[str, ...] = ()  # patterns of the first cell of rows that are no data
    parties: tuple[str, ...] = ()  # their captions whose cells list firms: 名称（外地）：内容
    generic: dict[str, tuple[str, ...]] = field(default_factory=dict)  # words that name nothing without the firm

    def destinations(self) -> Iterator[tuple[str, Destination]]:
        """Every destination with their caption for it."""
        for caption, destinations in self.columns.items():
            for destination in destinations:
                yield caption, destination

    def document(self) -> dict[str, Any]:
        """The form in which it is kept, without what is left at its default."""
        main = self.kinds[0]

        def short(destination: Destination) -> str:
            return destination.caption if destination.record == main else str(destination)

        columns = {k: short(t[0]) if len(t) == 1 else [short(x) for x in t] for k, t in self.columns.items()}
        optional = {
            "constants": {short(t): v for t, v in self.constants.items()}, "header": self.header, "unit": self.unit,
            "splits": self.splits, "skip": list(self.skip), "parties": list(self.parties),
            "generic": {k: list(v) for k, v in self.generic.items()},
        }  # fmt: skip
        kept = {k: v for k, v in optional.items() if v not in (None, {}, [])}
        return {"sheet": self.sheet, "kinds": list(self.kinds), "columns": columns, **kept}


@dataclass(frozen=True, slots=True)
class FileMapping:
    """The tables of a file, or of many files of one form; for a table the first that fits is taken."""

    tables: tuple[TableMapping, ...]
    name: str = ""

    def check(self, schema: Schema) -> None:
        """Raise BadMapping with every fault; nothing is read before this passes."""
        faults = [f for number, table in enumerate(self.tables, 1) for f in _about(number, table, schema)]
        if faults:
            raise BadMapping(faults, self.name or None)

    def text(self) -> str:
        """The mapping as YAML."""
        document = {"name": self.name, "tables": [t.document() for t in self.tables]}
        return yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=1000)


def base_kind(record: str) -> str:
    """The kind of a record that a row gives.

    >>> base_kind("技术需求#2")
    '技术需求'
    """
    return record.partition("#")[0]


def alternatives(caption: str) -> list[str]:
    """The captions that an entry of `columns` stands for.

    >>> alternatives("营收 | 营业收入")
    ['营收', '营业收入']
    """
    return [c for part in caption.split("|") if (c := part.strip())]


def letter_of(caption: str) -> int | None:
    """The position that a caption such as C列 names.

    >>> letter_of("C列"), letter_of("名称")
    (2, None)
    """
    found = BY_LETTER.fullmatch(caption)
    return letters_to_index(found[1]) if found else None


def by_letter(index: int) -> str:
    """What a column without a caption is called.

    >>> by_letter(2)
    'C列'
    """
    return f"{column_letter(index)}列"


def _about(number: int, table: TableMapping, schema: Schema) -> Iterator[str]:
    where = f"第{number}张表"
    unknown = [k for k in table.kinds if base_kind(k) not in schema.sheets]
    yield from (f"{where} kinds：没有“{k}”表，可选 {'、'.join(schema.sheets)}" for k in unknown)
    yield from (f"{where} kinds：“{k}”写了两次" for k in sorted(set(table.kinds)) if table.kinds.count(k) > 1)
    if not table.kinds:
        yield f"{where}没有写 kinds（这张表是什么：企业、项目……）"
    if not table.columns:
        yield f"{where}没有写 columns（对方的列名: 链谱的列名）"
    usable = [k for k in table.kinds if k not in unknown]
    for place, destination in [*table.destinations(), *(("constants", t) for t in table.constants)]:
        yield from _about_destination(f"{where}“{place}”", destination, table, usable, unknown, schema)
    for kind in usable:
        yield from _about_record(where, kind, table, schema)
    yield from _about_options(where, table, schema)


def _about_destination(
    where: str, destination: Destination, table: TableMapping, usable: list[str], unknown: list[str], schema: Schema
) -> Iterator[str]:
    if destination.record in unknown:
        return
    if destination.record not in usable:
        yield f"{where}：“{destination.record}”不在 kinds 中"
    elif destination.caption not in (known := schema.sheets[base_kind(destination.record)].by_caption):
        yield f"{where}：“{base_kind(destination.record)}”表没有列“{destination.caption}”，可选 {'、'.join(known)}"


def _about_record(where: str, record: str, table: TableMapping, schema: Schema) -> Iterator[str]:
    sheet = schema.sheets[base_kind(record)]
    filled: dict[str, list[str]] = {}
    for caption, destination in table.destinations():
        if destination.record == record:
            filled.setdefault(destination.caption, []).append(caption)
    for caption, theirs in filled.items():
        column = sheet.by_caption.get(caption)
        if len(theirs) > 1 and column and not column.several:
            yield f"{where}：{'、'.join(theirs)} 都对应“{record}.{caption}”，只能有一列"
    given = {"年份", *filled, *(t.caption for t in table.constants if t.record == record)}
    if base_kind(record) == OUTSIDE and table.parties:
        given.update(FROM_PARTIES)
    # 年份 may stand in captions or in the title.
    lacking = [c.caption for c in required(sheet) if c.caption not in given]
    yield from (f"{where}：“{record}”的必填列“{c}”没有对应的列，也没有固定值" for c in lacking)


def _about_options(where: str, table: TableMapping, schema: Schema) -> Iterator[str]:
    for destination, value in table.constants.items():
        sheet = schema.sheets.get(base_kind(destination.record))
        column = sheet.by_caption.get(destination.caption) if sheet else None
        try:
            if column:
                parse_cell(value, column)
        except BadCell as bad:
            yield f"{where} constants “{destination}: {value}”：{bad.message}，{bad.hint}"
    known = {a for caption in table.columns for a in (caption, *alternatives(caption))}
    options = (("splits", table.splits), ("parties", table.parties), ("generic", table.generic))
    for option, captions in options:
        yield from (f"{where} {option}：columns 中没有“{c}”" for c in captions if c not in known)
    if table.unit and not is_money_unit(table.unit):
        yield f"{where} unit：不认识的金额单位“{table.unit}”，可写 元、万元、亿元"
    if table.header == 0 and (wrong := [c for c in table.columns if letter_of(c) is None]):
        yield f"{where}没有表头（header: 0），列要写成 A列、B列：{'、'.join(wrong)}"


def required(sheet: Sheet) -> list[Column]:
    """The columns without which there is no row."""
    return [c for c in sheet.columns if c.required]
