"""Plain values that pass between the layers: rows of the ledger, nodes and edges of the graph."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from typing import Any

from graph.looks import Looks

Value = str | int | float | bool | None


ORIGIN = "登记出处"  # the column in which an export says where a row was written first
_ORIGIN = re.compile(r"批次([\d.]{1,60})(原名)?｜([^｜]+)｜([^｜]+)!(\d{1,9})")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a row was written first: it decides ties between rows, and whose chains a row means.

    `batch` is the batch, then the batch in the home from which that one was exported, and so on.
    """

    batch: tuple[int, ...]
    file: str
    sheet: str
    row: int
    exact: bool = False

    @classmethod
    def parse(cls, text: str) -> Origin | None:
        """The inverse of `str`; None for other text.

        >>> Origin.parse("批次3｜缙云/企业.xlsx｜企业!17")
        Origin(batch=(3,), file='缙云/企业.xlsx', sheet='企业', row=17, exact=False)
        """
        match = _ORIGIN.fullmatch(text)
        if not match:
            return None
        batch = tuple(int(n) for n in match[1].split(".") if n)
        return cls(batch, match[3], match[4], int(match[5]), match[2] is not None)

    def __str__(self) -> str:
        batch, mark = ".".join(map(str, self.batch)), "原名" if self.exact else ""
        return f"批次{batch}{mark}｜{self.file.replace('｜', '|')}｜{self.sheet.replace('｜', '|')}!{self.row}"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a value was written. `as_of` is ISO 8601 (day, month or year) or None."""

    file: str
    sheet: str
    row: int
    as_of: str | None = None
    grade: str = "B"
    batch: int = 0
    url: str | None = None
    publisher: str | None = None  # 来源: who says it
    origin: str | None = None  # where an export says the row was written first
    record: int = 0  # its number in the ledger

    def document(self) -> dict[str, Any]:
        """The JSON form."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(slots=True)
class Record:
    """One accepted row, as it was written; never updated."""

    seq: int
    batch: int
    kind: str  # name of the sheet in the schema
    file: str
    sheet: str
    row: int
    values: dict[str, Any]  # caption -> value
    as_of: str | None = None
    grade: str = "B"
    exact: bool = False  # names are compared as written (--format chainkg)
    columns: Mapping[str, str] = field(default_factory=dict)  # caption -> letter, or address within a form

    def where(self, caption: str) -> str:
        """The address of a cell of this row: 企业!B17."""
        place = self.columns.get(caption, "A")
        return f"{self.sheet}!{place}{'' if place[-1].isdigit() else self.row}"

    def source(self) -> Source:
        """Where this row stands."""
        url, publisher, origin = (self.values.get(c) for c in ("来源网址", "来源", ORIGIN))
        return Source(
            self.file, self.sheet, self.row, self.as_of, self.grade, self.batch, url, publisher, origin, self.seq
        )

    @property
    def origin(self) -> Origin:
        """Where this row was written first, whichever home it came from."""
        if (written := self.values.get(ORIGIN)) and (first := Origin.parse(str(written))):
            return Origin((self.batch, *first.batch), first.file, first.sheet, first.row, self.exact)
        return Origin((self.batch,), self.file, self.sheet, self.row, self.exact)


@dataclass(slots=True)
class Node:
    """A node of the graph. `values` holds graph fields; `records` the ledger rows that state it."""

    kind: str
    id: str
    name: str
    values: dict[str, Value]
    records: list[int] = field(default_factory=list)
    extras: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Edge:
    """An edge of the graph, with the kinds of its ends."""

    relation: str
    id: str
    source_kind: str
    source: str
    target_kind: str
    target: str
    values: dict[str, Value]
    records: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A name that nothing defines yet, or that several things bear; its edge or row waits."""

    record: int
    file: str
    where: str
    field: str
    name: str
    reason: str  # undefined or ambiguous
    kinds: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()


@dataclass(slots=True)
class Remark:
    """Something a person should know about a row, found while projecting."""

    record: int
    field: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class ViewNode:
    """A node as people see it: `values` by caption (only captions that have a value)."""

    id: str
    kind: str  # 企业, 技术需求 ...
    name: str
    values: Mapping[str, Any]
    records: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ViewEdge:
    """An edge as people see it; relation names as in the schema (STANDS_ON, FEEDS ...)."""

    relation: str
    source: str
    target: str
    values: Mapping[str, Any]
    records: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ChainView:
    """Everything that hangs on one chain: what chain map, mind map and report draw.

    `segments` are the documents of the `gaps` command (see docs/json.md) with `segment_id` added,
    in tree order. `nodes` holds every node reachable: the chain, its county, its segments, segments of
    other chains that feed or are fed by them, and firms, products, technologies, needs, achievements,
    projects, platforms, institutes, talents, events, external sources, certifications, annual reports.
    `sources` maps ledger sequence numbers to the JSON form of Source, `looks` says how each kind shows.
    """

    county: str
    chain: str
    chain_id: str
    as_of: str  # ISO date: what the data date of the page is
    segments: tuple[dict[str, Any], ...]
    nodes: Mapping[str, ViewNode]
    edges: tuple[ViewEdge, ...]
    sources: Mapping[int, dict[str, Any]]
    looks: Mapping[str, Looks]
    demo: bool = False  # example data: pages and reports carry the notice

    def ranked(self) -> list[Looks]:
        """How each kind shows, in the order of what a chain has."""
        return sorted(self.looks.values(), key=lambda look: look.rank)

    def pointing(self, targets: Container[str]) -> set[str]:
        """Ids of the nodes that point to one of these, by whatever relation."""
        return {e.source for e in self.edges if e.target in targets}

    def belonging(self, kind: str) -> list[ViewNode]:
        """Nodes of one kind that name the chain or one of its segments, by name."""
        own = {s["segment_id"] for s in self.segments} | {self.chain_id}
        ids = self.pointing(own)
        return [n for n in self.of_kind(kind) if n.id in ids]

    def of_kind(self, kind: str) -> list[ViewNode]:
        """Nodes of one kind, by name."""
        return sorted((n for n in self.nodes.values() if n.kind == kind), key=lambda n: n.name)

    def targets(self, node: str, relation: str) -> list[ViewNode]:
        """Nodes that `node` points to by `relation`, by name; each once, however many rows say so."""
        ids = {e.target for e in self.edges if e.relation == relation and e.source == node}
        return sorted((self.nodes[i] for i in ids), key=lambda n: (n.name, n.id))

    def origins(self, node: str, relation: str) -> list[ViewNode]:
        """Nodes that point to `node` by `relation`, by name; each once, however many rows say so."""
        ids = {e.source for e in self.edges if e.relation == relation and e.target == node}
        return sorted((self.nodes[i] for i in ids), key=lambda n: (n.name, n.id))
