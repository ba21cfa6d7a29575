"""A proposed mapping of one table: guesses about its columns, and the mapping that they make."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from graph.schema.kinds import Schema
from graph.text import clean, norm
from ingest.finding import column_letter
from ingest.mapping.binding import YEAR, Binding
from ingest.mapping.caption_match import CaptionMatch, KnownNames
from ingest.mapping.check import check
from ingest.mapping.choose import survey
from ingest.mapping.mapping import BadMapping, Destination, FileMapping, TableMapping
from ingest.mapping.plan import RowPlan, plan_row
from ingest.table.captions import year_in

_WOOED = re.compile("招商|招引|目标企业|意向企业")  # lists of firms from elsewhere
_QUOTES = re.compile("[“”\"'‘’「」『』《》\\s]")
_NOT_YET = re.compile("培育|入库|后备|储备|申报|推荐|拟认定|拟推荐|取消|撤销|失效|到期|研究开发中心|研发中心|研究院")


@dataclass(frozen=True, slots=True)
class Guess:
    """What is thought of one column of a table."""

    position: int
    caption: str  # as it stands in the table
    key: str  # and in the mapping
    destinations: tuple[Destination, ...]
    match: CaptionMatch
    samples: list[str]
    taken: bool = False  # sure enough to stand in the mapping
    words: tuple[tuple[str, str], ...] = ()  # that are none of the column's list, and what each most likely means

    def document(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "column": column_letter(self.position),
            "caption": self.caption,
            "to": [str(d) for d in self.destinations],
            "taken": self.taken,
            "confidence": self.match.confidence,
            "reason": self.match.reason,
            "samples": self.samples,
            "words": dict(self.words),
        }


@dataclass(frozen=True, slots=True)
class Proposal:
    """The proposed mapping of one table."""

    file: str
    sheet: str
    header: int  # the last row of its header
    table: TableMapping
    guesses: list[Guess]
    captions: list[str] = field(default_factory=list)  # of all columns, for the fingerprint
    rows: list[list[str]] = field(default_factory=list)  # the first ones under the header

    def lacks(self, schema: Schema) -> str:
        """Why this is no mapping that could be read; empty where it is one."""
        try:
            check(FileMapping((self.table,)), schema)
        except BadMapping as bad:
            return "；".join(clean(f.removeprefix("第1张表").lstrip("：")) for f in bad.faults)
        return ""

    def document(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "file": self.file,
            "sheet": self.sheet,
            "header": self.header,
            "kinds": list(self.table.kinds),
            "columns": [g.document() for g in self.guesses],
            "constants": {str(d): v for d, v in self.table.constants.items()},
        }


Guesses = Mapping[int, Guess]  # by position


@dataclass(frozen=True, slots=True)
class Subject:
    """What a table is about, what it is called, and what there is already."""

    kind: str
    names: Sequence[str]  # of its file and sheet, and the titles over it
    schema: Schema
    known: KnownNames

    @property
    def draft(self) -> TableMapping:
        """The mapping whose options serve this one: the survey's for firms."""
        return survey().tables[0] if self.kind == "企业" else TableMapping((self.kind,), {})


class Settled(NamedTuple):
    """The guesses without what no record of a row would take, and the mapping that they make."""

    guesses: Guesses
    table: TableMapping


def settle(guesses: Guesses, subject: Subject) -> Settled:
    """The table's mapping, with the records that its columns really give."""
    kinds = _kinds(guesses, subject)
    row = _plan(guesses, kinds, subject)
    useful = {subject.kind, *(p.record.partition("@")[0] for p in row.records if p.own)}
    undated = {record.plan.record for record in row.left_out if record.lacking == [YEAR]}
    guesses = {p: _without_useless(guess, useful, undated) for p, guess in guesses.items()}
    draft, columns = subject.draft, _columns(guesses)
    origin = {k: next((o for o, d in draft.columns.items() if set(v) <= set(d)), "") for k, v in columns.items()}
    constants = {d: v for d, v in draft.constants.items() if d.record in useful}
    table = TableMapping(
        tuple(k for k in kinds if k in useful),
        columns,
        constants | _constants(columns, subject),
        splits={k: draft.splits[o] for k, o in origin.items() if o in draft.splits},
        values={g.key: v for g in guesses.values() if g.taken and (v := {w: ours for w, ours in g.words if ours})},
        parties=tuple(k for k, o in origin.items() if o in draft.parties),
        generic={k: draft.generic[o] for k, o in origin.items() if o in draft.generic},
    )
    return Settled(guesses, table)


def _columns(guesses: Guesses) -> dict[str, tuple[Destination, ...]]:
    return {g.key: g.destinations for g in guesses.values() if g.taken}


def _kinds(guesses: Guesses, subject: Subject) -> tuple[str, ...]:
    records = (d.record for destinations in _columns(guesses).values() for d in destinations)
    return tuple(dict.fromkeys([subject.kind, *records]))


def _plan(guesses: Guesses, kinds: tuple[str, ...], subject: Subject) -> RowPlan:
    years = {g.position: y for g in guesses.values() if (y := year_in([g.caption]))}
    keys = {p: g.key for p, g in guesses.items() if g.taken}
    binding = Binding(TableMapping(kinds, _columns(guesses)), keys, years)
    return plan_row(binding, subject.schema, year_in(subject.names))


def _without_useless(guess: Guess, useful: Collection[str], undated: Collection[str]) -> Guess:
    """A guess without destinations in records that the table cannot give; not taken where none is left."""
    kept = tuple(d for d in guess.destinations if d.record in useful)
    if kept or not guess.taken:
        return replace(guess, destinations=kept or guess.destinations)
    needs_year = any(d.record in undated for d in guess.destinations)
    why = "没有年份，写不进企业年报；在 constants 加上年份即可" if needs_year else "缺少同一记录的必填列"
    return replace(guess, taken=False, match=CaptionMatch(guess.match.confidence, f"{guess.match.reason}；{why}"))


def honour_in(titles: Sequence[str], schema: Schema) -> str:
    """The honour that a list is of by its title, with the year that stands there; empty where none or several are.

    >>> from graph.schema.parse import load_schema
    >>> honour_in(["2023年第五批专精特新“小巨人”企业名单"], load_schema()), honour_in(["小巨人培育库"], load_schema())
    ('专精特新“小巨人”企业(2023)', '')
    """
    writings = next(c.meanings for c in schema.sheets["资质认定"].columns if c.caption == "资质")
    for title in titles:
        text = _QUOTES.sub("", norm(title))
        if _NOT_YET.search(text):
            continue
        named = {w: honour for honour, words in writings for w in words if w in text}
        honours = {h for w, h in named.items() if not any(w != v and w in v for v in named)}
        if len(honours) == 1:
            year = year_in([title])
            return honours.pop() + (f"({year})" if year else "")
    return ""


def named(names: Sequence[str], known: Iterable[str]) -> str:
    """The one known name that stands in these, the longest of several within each other; empty where none or two do.

    >>> named(["示例邻县重点企业名录"], ["示例县", "示例邻县"]), named(["示例县、示例邻县"], ["示例县", "示例邻县"])
    ('示例邻县', '')
    """
    inside = {n for n in known if any(n in norm(name) for name in names)}
    alone = {n for n in inside if not any(n != m and n in m for m in inside)}
    return alone.pop() if len(alone) == 1 else ""


def _constants(columns: Mapping[str, tuple[Destination, ...]], subject: Subject) -> dict[Destination, str]:
    """The county and the chain that the title names, where no column says them."""
    kind = subject.kind
    filled = {d for destinations in columns.values() for d in destinations}
    constants: dict[Destination, str] = {}
    wooed = kind == "企业" and any(_WOOED.search(n) for n in subject.names)
    if wooed and Destination(kind, "状态") not in filled:
        constants[Destination(kind, "状态")] = "外部"
    for caption in ("产业链",) if wooed else ("县市区", "产业链"):
        destination = Destination(kind, caption)
        stated = named(subject.names, subject.known.get(caption, ()))
        if caption in subject.schema.sheets[kind].by_caption and destination not in filled and stated:
            constants[destination] = stated
    honours = Destination(kind, "资质")
    if kind == "企业" and honours not in filled and (honour := honour_in(subject.names, subject.schema)):
        constants[honours] = honour
    return constants
