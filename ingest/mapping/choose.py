"""Which mapping a table is read by: the one given, one kept from before, the survey that ships with the program."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple

from graph.schema.kinds import Schema
from graph.schema.parse import load_schema
from graph.text import norm
from ingest.finding import Finding
from ingest.mapping.binding import Binding, BoundHeader, locate, suits
from ingest.mapping.file import open_mapping, read_mapping
from ingest.mapping.form import Form, forms_in, turned_forms
from ingest.mapping.mapping import Destination, FileMapping, TableMapping, alternatives, base_kind
from ingest.mapping.plan import plan_row
from ingest.mapping.sheet import SheetReader, read_forms, surroundings, titles
from ingest.readers.base import RawRow, RawSheet
from ingest.table.captions import caption_key
from ingest.table.cells import Answers, show
from ingest.table.layout import is_blank_row
from ingest.table.parts.continued import directly, holds_captions, names_firm
from ingest.table.recognition import is_prose, sheets_named
from ingest.table.result import SheetResult, Spot

LONGEST_FORM = 200  # rows; what is longer is a table
_SURVEY = re.compile("调查|问卷|摸底|普查|采集|走访|信息表|登记表")
_OWN = ("企业", "企业年报", "技术需求")  # records whose captions the survey shares
_CONTEXT = frozenset({"名称", "县市区", "产业链", "环节", "年份", "统一社会信用代码"})


@cache
def survey() -> FileMapping:
    """The mapping of the survey that `lianpu template --survey` makes."""
    text = (files("ingest.mapping") / "survey.yaml").read_text("utf-8")
    written = read_mapping(text, load_schema(), "企业调查表")
    return replace(written, tables=tuple(_with_synonyms(t, load_schema()) for t in written.tables))


def _with_synonyms(table: TableMapping, schema: Schema) -> TableMapping:
    """The same with what the sheets call the columns that it fills: those words stand in the schema alone."""
    taken = {caption_key(word) for key in table.columns for word in alternatives(key)}
    whole: dict[str, str] = {}
    for key, destinations in table.columns.items():
        new = [w for w in _synonyms(destinations, schema) if caption_key(w) not in taken]
        taken.update(map(caption_key, new))
        whole[key] = " | ".join([*alternatives(key), *new])
    return replace(
        table,
        columns={whole[k]: v for k, v in table.columns.items()},
        splits={whole[k]: v for k, v in table.splits.items()},
        parties=tuple(whole[k] for k in table.parties),
        generic={whole[k]: v for k, v in table.generic.items()},
    )


def _synonyms(destinations: Sequence[Destination], schema: Schema) -> Sequence[str]:
    """Other names of the first column that an entry fills, if it is one that a firm's row shares with its sheet.

    Not those of needs: 需求名称 stands over a list of needs, 技术难题 over what a firm is asked.
    """
    columns = [schema.sheets[base_kind(d.record)].by_caption[d.caption] for d in destinations]
    record, first = destinations[0].record, columns[0]
    name_or_flag = len({c.value_type.is_flag for c in columns}) == 2
    of_another = first.value_type.is_name and record != "企业"
    return first.synonyms if record in _OWN and not name_or_flag and not of_another else ()


def words_of(tables: Sequence[TableMapping]) -> frozenset[str]:
    """What columns are called in tables, in the form in which captions are compared."""
    return frozenset(caption_key(w) for t in tables for k in t.columns for w in (k, *alternatives(k)))


def fingerprint(captions: Sequence[str]) -> str:
    """What two headers with the same captions have in common, in whatever order.

    >>> fingerprint(["单位名称", "产值"]) == fingerprint(["产 值", "单位名称"]) != fingerprint(["产值"])
    True
    """
    return hashlib.blake2b("\0".join(sorted(map(caption_key, captions))).encode(), digest_size=8).hexdigest()


def header_mark(header: BoundHeader) -> str:
    """The fingerprint of a header that a mapping fits."""
    return fingerprint(list(header.binding.captions.values()))


class _Kept(NamedTuple):
    """A mapping kept from before, and the header that it fits."""

    mapping: FileMapping
    header: BoundHeader


class _Before(NamedTuple):
    """The table that was just read by a mapping, and the lines over it."""

    file: str
    mapping: FileMapping
    header: BoundHeader
    above: list[str]

    def in_next(self, raw: RawSheet, rows: Sequence[RawRow], file: str) -> _Kept | None:
        """How the next table is read, where it goes on from this one: with the same header, or without one."""
        if file != self.file or not rows:
            return None
        table = self.header.binding.table
        again = locate(rows, table, load_schema(), raw.merges)
        if again and self.header.texts and header_mark(again) == header_mark(self.header):
            return _Kept(self.mapping, again)
        words = words_of((table,))
        if not raw.follows or again or any(holds_captions(r, words) for r in rows[:2]):
            return None
        firms = sum(map(names_firm, rows))
        if directly(raw) or 2 * firms > len(rows):
            return _Kept(self.mapping, BoundHeader(0, 0, self.header.binding, self.header.texts))
        return None


@dataclass(slots=True)
class MappingChoice:
    """The mappings that a load may use. `used` gathers, by fingerprint, those that were given and fitted."""

    schema: Schema
    given: FileMapping | None = None
    folder: Path | None = None
    used: dict[str, FileMapping] = field(default_factory=dict)
    _kept: dict[str, FileMapping] | None = None
    _last: _Before | None = None

    def results(self, raw: RawSheet, file: str) -> list[SheetResult]:
        """What a table holds, when some mapping fits; else nothing, and its rows are still to be read."""
        top = list(islice(raw.rows, LONGEST_FORM + 1))
        raw.rows = chain(top, raw.rows)
        rows = [r for r in top if not is_blank_row(r)]
        spot = Spot(file, raw.name)
        before, self._last = self._last, None
        if self.given and (header := self._best(self.given.tables, rows, raw)):
            self.used[header_mark(header)] = self.given
            return self._read(raw, rows, spot, _Kept(self.given, header), "按映射“{name}”读取")
        if kept := self._kept_for(rows, raw):
            return self._read(raw, rows, spot, kept, "表头与以前确认过的相同，按已保存的映射“{name}”读取")
        if before and (goes_on := before.in_next(raw, rows, file)):
            raw.above = [*before.above, *raw.above]
            return self._read(raw, rows, spot, goes_on, "接着上一张表，按{name}读取")
        return self._survey(raw, rows, spot, may_be_form=len(top) <= LONGEST_FORM)

    def fits(self, raw: RawSheet, rows: Sequence[RawRow], file: str) -> bool | None:
        """Whether a table is one of a mapping that was given, or a form, or the survey; None where that says nothing."""
        if self.given and self.given.tables:
            return self._best(self.given.tables, rows, raw) is not None
        table = survey().tables[0]
        header = self._best((table,), rows, raw)
        surveyed = header and is_survey(header.binding, self.schema, [file, *titles(raw, rows, header.first)], raw)
        return True if surveyed or self._kept_for(rows, raw) or forms_on(rows, raw, table, self.schema) else None

    def _survey(self, raw: RawSheet, rows: Sequence[RawRow], spot: Spot, *, may_be_form: bool) -> list[SheetResult]:
        """What a table holds when it is the survey, as forms or as a table."""
        table = survey().tables[0]
        # A form's first row reads like a short header, so forms are looked for before tables.
        forms = forms_on(rows, raw, table, self.schema) if may_be_form else []
        if forms:
            return read_forms(forms, table, self.schema, spot, surroundings(raw, rows[:1], spot.file, self.answers))
        header = self._best((table,), rows, raw)
        if header and is_survey(header.binding, self.schema, [spot.file, *titles(raw, rows, header.first)], raw):
            return self._read(raw, rows, spot, _Kept(survey(), header), "按{name}读取，一行写入{kinds}")
        return []

    def _read(self, raw: RawSheet, rows: Sequence[RawRow], spot: Spot, by: _Kept, note: str) -> list[SheetResult]:
        """The results of a table that a mapping fits, which the next table may go on from."""
        over = titles(raw, rows, by.header.first)[1:]
        self._last = _Before(spot.file, by.mapping, by.header, over)
        return SheetReader(raw, self.schema, spot, by.mapping, note, self.answers).read(by.header)

    def _best(self, tables: Sequence[TableMapping], rows: Sequence[RawRow], raw: RawSheet) -> BoundHeader | None:
        fits = [h for t in tables if suits(t, raw.name) and (h := locate(rows, t, self.schema, raw.merges))]
        return max(fits, key=lambda h: len(h.binding.keys), default=None)

    def _kept_for(self, rows: Sequence[RawRow], raw: RawSheet) -> _Kept | None:
        if self._kept is None:
            self._kept = dict(kept_mappings(self.folder, self.schema)) if self.folder else {}
        for mark, mapping in self._kept.items():
            header = self._best(mapping.tables, rows, raw)
            if header and header_mark(header) == mark:
                return _Kept(mapping, header)
        return None

    @property
    def answers(self) -> Answers:
        """What was answered for all files of this load."""
        return self.given.answers if self.given else Answers()

    def keep(self) -> Iterator[Finding]:
        """Keep what was given and used, for next time."""
        if self.folder:
            for mark, mapping in self.used.items():
                path = keep_mapping(self.folder, mark, replace(mapping, answers=Answers()))
                message = f"映射“{mapping.name}”已保存，以后表头相同的表自动按它读取"
                yield Finding("note", path.name, "", None, None, message, f"不再需要就删除 {path}")


def forms_on(rows: Sequence[RawRow], raw: RawSheet, table: TableMapping, schema: Schema) -> list[Form]:
    """The forms that a sheet holds: pages of labels and values, or a table that lies on its side."""
    if is_prose(raw.name):
        return []
    named = {str(s.sheet) for s in sheets_named(raw.name, schema).sure} if raw.named else set()
    if any(_is_header_of(sheet, rows, schema) for sheet in named - {"企业"}):
        return []
    if named <= {"企业"} and (turned := turned_forms(rows, table, of_firms=bool(named))):
        return turned
    return forms_in(rows, raw.merges, table)


def _is_header_of(sheet: str, rows: Sequence[RawRow], schema: Schema) -> bool:
    """Whether the first row holds captions of the sheet and nothing else: words below it may be captions elsewhere."""
    columns = schema.sheets[sheet].columns
    known = {caption_key(w) for c in columns for w in (c.caption, *c.synonyms)}
    cells = [show(c) for c in rows[0].cells if c is not None] if rows else []
    return len(cells) > 1 and all(caption_key(c) in known for c in cells)


def keep_mapping(folder: Path, mark: str, mapping: FileMapping) -> Path:
    """Keep a mapping for tables whose header has this fingerprint."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{mark}.yaml"
    path.write_text(mapping.text(), "utf-8")
    return path


def kept_mappings(folder: Path, schema: Schema) -> Iterator[tuple[str, FileMapping]]:
    """Kept mappings by fingerprint. Raises BadMapping for one that somebody broke."""
    for path in sorted(folder.glob("*.yaml")):
        yield path.stem, open_mapping(str(path), schema)


def is_survey(binding: Binding, schema: Schema, names: Sequence[str], raw: RawSheet) -> bool:
    """Whether a table says more of each firm than the sheet 企业 holds, and is not called after another sheet."""
    called = {str(s.sheet) for s in sheets_named(raw.name, schema).sure} if raw.named else set()
    if not raw.named:  # a table of a document is called by the line over it
        called = {n for n in map(norm, names) if n in schema.sheets and n != "企业"}
    if binding.years and called <= {"企业", "企业年报"}:
        return True  # each year is a report of its own
    if called:
        return False
    row = plan_row(binding, schema, year=1900)  # the year does not matter here
    extra = {base_kind(p.record) for p in row.records[1:] if p.own and not p.own <= {"县市区", "产业链"}}
    beyond = extra - {"企业年报"}
    own = set(row.main.cells) - _CONTEXT
    named = any(_SURVEY.search(n) for n in names)
    return (
        len(beyond) >= 2 or bool(beyond and (named or "企业年报" in extra or len(own) >= 2)) or (named and bool(extra))
    )
