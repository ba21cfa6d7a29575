"""What an edit of a map comes to: rows to be written, cells of rows to be changed, rows to be withdrawn, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from graph.model import Record
from graph.schema.kinds import Column, Relation, Schema
from graph.text import norm, split

Change = Literal["新增", "改名", "移动", "删去", "未改"]


@dataclass(frozen=True, slots=True)
class Statement:
    """A row to be written: the sheet, and cells by caption."""

    sheet: str
    cells: Mapping[str, str]

    def text(self) -> str:
        """What it says."""
        return f"{self.sheet}：" + "，".join(f"{c} {v}" for c, v in self.cells.items())


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A cell of a row that is to say something else. Of a `kind` the name `old` becomes `new` (None: it goes), where
    the column makes the relation (None: every column); with `caption` the cell itself becomes `new`."""

    record: int
    kind: str = ""
    old: str = ""
    new: str | None = None
    relation: str | None = None
    caption: str = ""


@dataclass(frozen=True, slots=True)
class MapEdit:
    """One edit. `sure` are those that a load takes as they are; the others wait for a confirmation."""

    change: Change
    kind: str
    name: str
    text: str
    statements: tuple[Statement, ...] = ()
    rewrites: tuple[Rewrite, ...] = ()
    withdrawn: tuple[int, ...] = ()
    sure: bool = True

    @property
    def does_something(self) -> bool:
        """Whether it writes or withdraws anything."""
        return bool(self.statements or self.rewrites or self.withdrawn)

    def document(self, taken: bool) -> dict[str, Any]:
        """The JSON form; `taken`: whether this load does it."""
        return {
            "change": self.change,
            "kind": self.kind,
            "name": self.name,
            "text": self.text,
            "rows": [s.text() for s in self.statements],
            "records": sorted({*(r.record for r in self.rewrites), *self.withdrawn}),
            "taken": taken,
        }


def rewritten(record: Record, rewrites: list[Rewrite], schema: Schema) -> Record:
    """A row with its cells changed."""
    sheet = schema.sheets[record.kind]
    values = dict(record.values)
    for rewrite in rewrites:
        if rewrite.caption:
            values[rewrite.caption] = rewrite.new
            continue
        for column in sheet.columns:
            if column.caption in values and _concerns(column, rewrite, sheet.caption, isinstance(sheet, Relation)):
                values[column.caption] = _renamed(str(values[column.caption]), rewrite)
    return replace(record, values={caption: v for caption, v in values.items() if v not in (None, "")})


def _concerns(column: Column, rewrite: Rewrite, sheet: str, is_relation: bool) -> bool:
    if rewrite.kind not in column.to:
        return (
            rewrite.new is not None and rewrite.relation is None and column.value_type.is_name and sheet == rewrite.kind
        )
    relations = {column.relation, *(rule.relation for rule in column.edges)}
    return rewrite.relation is None or is_relation or rewrite.relation in relations


def _renamed(cell: str, rewrite: Rewrite) -> str:
    """The items of a cell with one of them changed; a path keeps what leads to the name."""
    if norm(cell) == norm(rewrite.old):
        return rewrite.new or ""
    items = []
    for item in split(cell):
        way, slash, last = item.rpartition("/")
        if norm(rewrite.old) not in (norm(item), norm(last)):
            items.append(item)
        elif rewrite.new is not None:
            items.append(f"{way}{slash}{rewrite.new}" if norm(item) != norm(rewrite.old) else rewrite.new)
    return "、".join(dict.fromkeys(items))
