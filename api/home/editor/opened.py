"""What a form opens with: the values of a node or of one row, by caption, as a person would type them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from graph.answers.nodes import show
from graph.answers.state import State
from graph.errors import LianpuError, UnknownRow
from graph.ledger.order import GRADES, order_key
from graph.model import Record
from graph.projection.decisions import SHEET
from graph.schema.kinds import COMMON, QUALIFIER, Column, Kind, Schema, Sheet
from graph.text import norm

COUNTY, CHAIN, YEAR = "县市区", "产业链", "年份"
OF_ROW = tuple(c.caption for c in COMMON if c.template)  # 来源 网址 日期 可信度: of each row anew


class NoSheet(LianpuError):
    """A kind whose things stand on the sheets of others only."""

    code = "no_sheet"

    def __init__(self, caption: str, sheets: Iterable[str]) -> None:
        own = "、".join(sheets)
        super().__init__(f"“{caption}”没有自己的表", f"它写在{own}的行里，改那里" if own else "从下面选一张表")


class RowGone(LianpuError):
    """A row that was withdrawn, or whose batch was undone."""

    code = "row_gone"

    def __init__(self, number: int) -> None:
        super().__init__(
            f"第 {number} 号行已经撤下或撤销，不再计入", f"到 /row/{number} 看是哪个批次撤下的；撤销那个批次可恢复"
        )


@dataclass(frozen=True, slots=True)
class Opened:
    """What a form opens with; `cells` are what its fields show, `sources` what speaks for them now."""

    sheet: str
    kind: str = ""  # of the node, if it is about one
    id: str = ""
    name: str = ""
    record: int = 0  # the row, if it is about one
    cells: Mapping[str, str] = field(default_factory=dict)
    key: Mapping[str, str] = field(default_factory=dict)  # by what the node is known, in a row of its own
    sources: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    rows: tuple[Record, ...] = ()  # of its own sheet, the one that counts first
    hidden: frozenset[str] = frozenset()  # captions with a value that is not shown

    @property
    def is_new(self) -> bool:
        """Whether nothing of it is there yet."""
        return not self.id and not self.record

    def grade(self, caption: str) -> str | None:
        """The grade of what speaks for a value now."""
        source = self.sources.get(caption)
        return str(source["grade"]) if source else None


def sheet_of(schema: Schema, caption: str) -> str:
    """The sheet of a kind, or of this name. Raises NoSheet."""
    if caption in schema.sheets:
        return caption
    kind = schema.kinds.get(caption)
    if kind and kind.sheet:
        return kind.sheet
    naming = [name for name, s in schema.sheets.items() if any(caption in c.to and c.defines for c in s.columns)]
    raise NoSheet(caption, naming)


def columns_of(sheet: Sheet) -> list[Column]:
    """The fields of a form: the sheet's own columns, then those of every row that people fill in."""
    return [c for c in sheet.by_caption.values() if c.template or c in sheet.columns]


def open_new(schema: Schema, caption: str, given: Mapping[str, str]) -> Opened:
    """An empty form, some of its fields filled in. Raises NoSheet."""
    name = sheet_of(schema, caption)
    known = schema.sheets[name].by_caption
    return Opened(name, cells={c: text for c, text in given.items() if c in known and text})


def open_row(state: State, number: int) -> Opened:
    """One row as it was written. Raises UnknownRow and RowGone."""
    record = counting_row(state, number)
    sheet = state.city.schema.sheets[record.kind]
    cells = {
        c.caption: text(c, record.values[c.caption])
        for c in sheet.by_caption.values()
        if record.values.get(c.caption) is not None and c.caption not in OF_ROW
    }
    source = record.source().document()
    return Opened(
        record.kind, record=number, cells=cells, key=cells, sources=dict.fromkeys(cells, source), rows=(record,)
    )


def counting_row(state: State, number: int) -> Record:
    """A row that counts. Raises UnknownRow and RowGone."""
    record = next(iter(state.city.ledger.shown([number])), None)
    if record is None:
        raise RowGone(number) if number in state.records([number]) else UnknownRow(number)
    return record


def open_node(state: State, caption: str, ident: str, given: Mapping[str, str]) -> Opened:
    """A node with what counts of it now. Raises Unknown, Ambiguous and NoSheet."""
    schema = state.city.schema
    document = show(state, caption, ident)
    name = sheet_of(schema, caption)
    kind = schema.kinds[caption]
    values = {c: v for c, v in document["values"].items() if c in kind.by_caption}
    cells = {c: text(kind.by_caption[c], v["value"]) for c, v in values.items()}
    sources: dict[str, Mapping[str, Any]] = {c: v["source"] for c, v in values.items() if v["source"]}
    for column in kind.columns:
        if column.caption not in cells and (linked := list(_linked(kind, column, document["edges"]))):
            cells[column.caption] = "、".join(dict.fromkeys(_called(state, e, cells.get(COUNTY)) for e in linked))
            sources[column.caption] = next((e["source"] for e in linked if e["source"]), {"grade": "B"})
    if kind.name_column and kind.name_column.caption not in cells:
        cells[kind.name_column.caption] = document["name"]
    rows = _rows(state, caption, document["id"])
    own = tuple(r for r in rows if r.kind == name)
    hidden = frozenset(c.caption for c in kind.columns if c.masked and c.caption in cells)
    key = _key(state, kind, cells, own, document["edges"])
    shown = {c: t for c, t in cells.items() if c not in hidden}
    about = {c: t for c, t in given.items() if c in kind.by_caption and c not in kind.key and c != COUNTY and t}
    if (place := given.get(COUNTY)) and CHAIN in about and norm(place) != norm(cells.get(COUNTY) or place):
        about[CHAIN] = f"{about[CHAIN]}（{place}）"  # the node is elsewhere, the chain there
    return Opened(name, caption, document["id"], document["name"], 0, {**shown, **about}, key, sources, own, hidden)


def _rows(state: State, caption: str, ident: str) -> list[Record]:
    """The rows that state a node, the one that counts first."""
    row = next(iter(state.reader.nodes(caption, [ident])))
    rows = [r for r in state.records(row["records"]).values() if r.kind != SHEET]
    return sorted(rows, key=order_key, reverse=True)


def _linked(kind: Kind, column: Column, edges: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """What a column refers to now, by the edges that it makes."""
    relations: set[str | None] = {rule.relation for rule in column.edges}
    relations = relations or {column.relation}
    for edge in edges:
        if edge["relation"] in relations and edge["direction"] == "out" and edge["kind"] in column.to:
            yield edge


def _called(state: State, edge: Mapping[str, Any], county: str | None) -> str:
    """What a row of the node calls the other end: a chain of another county with that county."""
    for chain in state.chains() if edge["kind"] == CHAIN else ():
        if chain.id == edge["id"] and county and norm(chain.county) != norm(county):
            return f"{chain.name}（{chain.county}）"
    return str(edge["name"])


def _key(
    state: State, kind: Kind, cells: Mapping[str, str], own: Iterable[Record], edges: Iterable[Mapping[str, Any]]
) -> dict[str, str]:
    """The cells by which a row is about this node and no other."""
    first = next(iter(own), None)
    written = {c: text(kind.by_caption[c], v) for c, v in first.values.items() if c in kind.by_caption} if first else {}
    captions = [*kind.key, *kind.codes]
    key = {c: t for c in captions if (t := cells.get(c) or written.get(c))}
    if QUALIFIER in kind.common:
        chains = {e["id"] for e in edges if e["kind"] == CHAIN}
        counties = {c.county for c in state.chains() if c.id in chains}
        if county := written.get(COUNTY) or (min(counties) if len(counties) == 1 else ""):
            key[COUNTY] = county
    return key


def text(column: Column, value: Any) -> str:
    """A value as a person would type it: every digit of a number."""
    shown = column.value_type.show(value)
    if isinstance(shown, bool):
        return "是" if shown else "否"
    if isinstance(shown, float):
        return f"{shown:.15g}" if abs(shown) < 1e15 else str(int(shown))
    return "" if shown is None else str(shown)


def best(grades: Iterable[str | None]) -> str | None:
    """The best of some grades."""
    return max((g for g in grades if g in GRADES), key=lambda g: GRADES[g], default=None)
