"""A mapping: how the columns of somebody's own table become columns of ours.

Kept as YAML (docs/mapping.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

from graph.errors import LianpuError
from graph.schema.kinds import Column, Sheet
from ingest.finding import column_letter
from ingest.readers.base import letters_to_index
from ingest.table.cells import Answers

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
    values: dict[str, dict[str, str]] = field(default_factory=dict)  # their caption -> their word -> ours
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

        columns = {k: short(d[0]) if len(d) == 1 else [short(x) for x in d] for k, d in self.columns.items()}
        optional = {
            "constants": {short(d): v for d, v in self.constants.items()},
            "header": self.header,
            "unit": self.unit,
            "values": self.values,
            "splits": self.splits,
            "skip": list(self.skip),
            "parties": list(self.parties),
            "generic": {k: list(v) for k, v in self.generic.items()},
        }
        kept = {k: v for k, v in optional.items() if v not in (None, {}, [])}
        return {"sheet": self.sheet, "kinds": list(self.kinds), "columns": columns, **kept}


@dataclass(frozen=True, slots=True)
class FileMapping:
    """The tables of a file, or of many files of one form; for a table the first that fits is taken."""

    tables: tuple[TableMapping, ...]
    name: str = ""
    answers: Answers = field(default_factory=Answers)  # for all tables of a load, those in the template format too

    def text(self) -> str:
        """The mapping as YAML."""
        asked = {
            "constants": dict(self.answers.constants),
            "values": {k: dict(v) for k, v in self.answers.values.items()},
        }
        tables = [t.document() for t in self.tables]
        document = {"name": self.name, **{k: v for k, v in {"tables": tables, **asked}.items() if v}}
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
    match = BY_LETTER.fullmatch(caption)
    return letters_to_index(match[1]) if match else None


def by_letter(index: int) -> str:
    """What a column without a caption is called.

    >>> by_letter(2)
    'C列'
    """
    return f"{column_letter(index)}列"


def required(sheet: Sheet) -> list[Column]:
    """The columns without which there is no row."""
    return [c for c in sheet.columns if c.required]
