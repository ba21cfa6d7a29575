"""A mapping proposed for a table that nobody described yet, each column with how sure it is and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from graph.schema.kinds import Column, Schema
from graph.text import clean
from ingest.mapping.binding import bare_caption, caption_forms
from ingest.mapping.caption_match import (
    NONE,
    CaptionMatch,
    ColumnChoice,
    KnownNames,
    fits,
    match_column,
    similarity,
)
from ingest.mapping.choose import survey
from ingest.mapping.mapping import Destination, alternatives, base_kind, by_letter, required
from ingest.mapping.proposal import Guess, Guesses, Proposal, Subject, settle
from ingest.mapping.sheet import titles
from ingest.readers.base import Cell, RawRow, RawSheet
from ingest.table.captions import is_serial, stacks_of, year_in
from ingest.table.cells import is_blank, show
from ingest.table.header import blocks, levels_of
from ingest.table.layout import is_blank_row
from ingest.table.name_check import is_datum, is_firm
from ingest.table.recognition import sheets_named

ENOUGH = 0.55  # below, a column is only suggested
PERHAPS = 0.3
LEAST_TELLING = 0.05  # what a text counts that is like no caption of ours
SAMPLES = 3
ROWS_READ = 80


class _HeaderBlock(NamedTuple):
    """Rows that read like a header, and the captions of each column, from the top down."""

    rows: list[RawRow]
    stacks: dict[int, list[str]]


class _Columns(NamedTuple):
    """The columns of a table by position: their captions, and what stands in them."""

    stacks: Mapping[int, list[str]]
    cells: Mapping[int, Sequence[Cell]]


class _Reading(NamedTuple):
    """A table read as one about some kind, and how well that goes."""

    score: float
    subject: Subject
    guesses: Guesses


class _Pair(NamedTuple):
    """A column and a choice that may be it; the surest sort first."""

    doubt: float
    position: int
    number: int
    match: CaptionMatch


def propose(raw: RawSheet, file: str, schema: Schema, known: KnownNames) -> Proposal | None:
    """The mapping that fits a table best, or None when there is no table to be seen."""
    rows = [r for r, _ in zip((r for r in raw.rows if not is_blank_row(r)), range(ROWS_READ), strict=False)]
    header = _header(rows, raw, schema)
    if header is None:
        return None
    last = header.rows[-1].number
    under = [r for r in rows if r.number > last]
    names = [*titles(raw, rows, header.rows[0].number), file.rpartition("/")[2].rpartition(".")[0]]
    cells = {p: [r.cells[p] for r in under if p < len(r.cells)] for p in header.stacks}
    read = _best(_Columns(header.stacks, cells), names, schema, known)
    guesses, table = settle(read.guesses, read.subject)
    captions = ["-".join(s) for s in header.stacks.values()]
    shown = [[show(c) for c in r.cells] for r in under[:5]]
    return Proposal(file, raw.name, last, table, list(guesses.values()), captions, shown)


def _header(rows: Sequence[RawRow], raw: RawSheet, schema: Schema) -> _HeaderBlock | None:
    """The rows that read most like a header."""
    words = _all_words(schema)
    telling: dict[str, float] = {}

    def how_telling(text: str) -> float:
        if text not in telling:
            telling[text] = 0.0 if is_datum(text) else max((similarity(text, w) for w in words), default=0.0)
        return telling[text] if telling[text] >= 0.5 else LEAST_TELLING

    best: _HeaderBlock | None = None
    best_rank = (0.0, 0)
    for block in blocks(rows):
        stacks = {p: s for p, s in enumerate(stacks_of(levels_of(block, raw.merges))) if s}
        texts = [max(map(how_telling, caption_forms(s)), default=0.0) for s in stacks.values()]
        numbers = sum(not isinstance(c, str) and c is not None for r in block for c in r.cells)
        rank = (round(sum(texts) - numbers, 2), -len(block))
        if len(texts) >= 2 and (best is None or rank > best_rank):
            best, best_rank = _HeaderBlock(block, stacks), rank
    return best


def _all_words(schema: Schema) -> list[str]:
    """Every caption that a sheet or the survey knows."""
    words = {w for s in schema.sheets.values() for c in s.by_caption.values() for w in (c.caption, *c.synonyms)}
    asked = {w for key in survey().tables[0].columns for w in alternatives(key)}
    return [*sorted(words), *sorted(asked - words)]


def _best(columns: _Columns, names: Sequence[str], schema: Schema, known: KnownNames) -> _Reading:
    """What a table most likely is about, and what its columns then are; of equals the first."""
    readings = []
    for kind, bonus in _bonus(names, schema).items():
        guesses = _assign(columns, choices_of(kind, schema), known)
        score = bonus + _score(guesses, kind, schema)
        readings.append(_Reading(score, Subject(kind, names, schema, known), guesses))
    return max(readings, key=lambda r: r.score)


def _bonus(names: Iterable[str], schema: Schema) -> dict[str, float]:
    """The kinds that a table may be about, with what its names say for each; of persons only where they say so."""
    bonus = {str(s.sheet): -2.0 if s.is_of_persons else 0.0 for s in schema.template_sheets()}
    for name in names:
        named = sheets_named(name, schema)
        for sheets, worth in ((named.sure, 1.0), (named.mentioned[:1], 0.6), (named.mentioned[1:], 0.2)):
            for sheet in sheets:
                if sheet.sheet in bonus:
                    bonus[sheet.sheet] = max(bonus[sheet.sheet], worth)
    return bonus


def choices_of(kind: str, schema: Schema) -> list[ColumnChoice]:
    """What the columns of a table about a kind may be; one about firms may say all that the survey asks."""
    choices: list[ColumnChoice] = []
    if kind == "企业":
        for key, destinations in survey().tables[0].columns.items():
            first = destinations[0]
            column = schema.sheets[base_kind(first.record)].by_caption[first.caption]
            # A bare 名称 of another record is no word of the firm's row: 行业名称 is no platform.
            own = (column.caption, *column.synonyms) if first.record in (kind, "企业年报") else ()
            choices.append(ColumnChoice((*alternatives(key), *own), destinations, column))
    given = {d for c in choices for d in c.destinations}
    for column in schema.sheets[kind].by_caption.values():
        destination = Destination(kind, column.caption)
        if destination not in given:
            choices.append(ColumnChoice((column.caption, *column.synonyms), (destination,), column))
    return choices


def _assign(columns: _Columns, choices: Sequence[ColumnChoice], known: KnownNames) -> Guesses:
    """The surest pairs first; a list, or a column with a year of its own, may be filled by several."""
    pairs: list[_Pair] = []
    for position, stack in columns.stacks.items():
        for number, choice in enumerate(choices):
            match = match_column(caption_forms(stack), columns.cells[position], choice, known)
            if match.confidence >= PERHAPS:
                pairs.append(_Pair(-match.confidence, position, number, match))
    guesses: dict[int, Guess] = {}
    taken: set[tuple[int, int | None]] = set()
    for _, position, number, match in sorted(pairs, key=lambda p: p[:3]):
        year = year_in(["-".join(columns.stacks[position])])
        free = (number, year) not in taken or choices[number].column.several
        if position in guesses or not free:
            continue
        guesses[position] = _guess(position, columns, choices[number], match)
        if match.confidence >= ENOUGH:
            taken.add((number, year))
    for position, stack in columns.stacks.items():
        if position not in guesses and not is_serial(stack[-1]):
            guesses[position] = _guess(position, columns, None, NONE)
    return dict(sorted(guesses.items()))


def _guess(position: int, columns: _Columns, choice: ColumnChoice | None, match: CaptionMatch) -> Guess:
    destinations, words = (choice.destinations, _words(columns.cells[position], choice.column)) if choice else ((), ())
    stack = columns.stacks[position]
    caption = key = clean("-".join(stack))
    if year_in([caption]):
        key = bare_caption(stack)
    elif sum(clean("-".join(s)) == caption for s in columns.stacks.values()) > 1:
        key = f"{caption}（{by_letter(position)}）"
    samples = [show(c)[:40] for c in columns.cells[position] if not is_blank(c)][:SAMPLES]
    taken = bool(destinations) and match.confidence >= ENOUGH
    return Guess(position, caption, key, destinations, match, samples, taken, words)


def _words(cells: Sequence[Cell], column: Column) -> tuple[tuple[str, str], ...]:
    """The words of a column that are none of its list, each with what it most likely means."""
    if not column.value_type.closed(column):
        return ()
    words = dict.fromkeys(show(c).strip() for c in cells if not is_blank(c) and not fits(c, column))
    return tuple((w, column.word_meant(w) or "") for w in words)


def _score(guesses: Guesses, kind: str, schema: Schema) -> float:
    """How well a table is read as one about a kind: sure columns, less what the kind cannot do without."""
    sheet = schema.sheets[kind]
    own = {c.caption for c in sheet.columns}
    taken = [g for g in guesses.values() if g.taken]
    names = {d.caption for g in taken for d in g.destinations if d.record == kind}
    lacking = sum(c.caption not in names for c in required(sheet))
    telling = [g for g in taken if any(d.caption in own or d.record != kind for d in g.destinations)]
    return sum(g.match.confidence for g in telling) - lacking - _belied(taken, kind)


def _belied(taken: Iterable[Guess], kind: str) -> float:
    """What speaks against a kind: names of firms where something else is named, as a list of firms has them."""
    if kind == "企业":
        return 0.0
    named = (g for g in taken if any(d == Destination(kind, "名称") for d in g.destinations))
    return float(any(g.samples and all(map(is_firm, g.samples)) for g in named))
