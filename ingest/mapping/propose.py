"""A proposed mapping for a table that nobody described yet, each column with how sure it is and why."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graph.schema.kinds import Column, Schema
from graph.text import norm
from ingest.finding import column_letter
from ingest.mapping.binding import YEAR, Binding, bare_caption, caption_forms, year_in
from ingest.mapping.caption_match import NONE, Match, Names, is_datum, likeness, match
from ingest.mapping.choose import survey
from ingest.mapping.mapping import Destination, TableMapping, alternatives, base_kind, by_letter, required
from ingest.mapping.plan import RecordPlan, plan_row
from ingest.mapping.sheet import titles
from ingest.readers.base import Cell, RawRow, RawSheet
from ingest.table.captions import is_serial, stacks_of
from ingest.table.cells import is_blank, show
from ingest.table.header import blocks, levels_of
from ingest.table.layout import is_blank_row
from ingest.table.recognition import sheets_named

ENOUGH = 0.55  # below, a column is only suggested
PERHAPS = 0.3
SAMPLES = 3
_WOOED = re.compile("招商|招引|目标企业|意向企业")  # lists of firms from elsewhere


@dataclass(frozen=True, slots=True)
class Choice:
    """One of our columns that a column of theirs may be: the words it goes by, and all that it then fills."""

    words: tuple[str, ...]
    destinations: tuple[Destination, ...]
    column: Column


@dataclass(slots=True)
class Guess:
    """What is thought of one column of a table."""

    position: int
    caption: str  # as it stands in the table
    key: str  # and in the mapping
    destinations: tuple[Destination, ...]
    match: Match
    samples: list[str]
    taken: bool = False  # sure enough to stand in the mapping

    def document(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "column": column_letter(self.position), "caption": self.caption, "to": [str(t) for t in self.destinations],
            "taken": self.taken, "confidence": self.match.confidence, "reason": self.match.reason,
            "samples": self.samples,
        }  # fmt: skip


@dataclass(slots=True)
class Proposal:
    """The proposed mapping of one table."""

    file: str
    sheet: str
    header: int  # the last row of its header
    table: TableMapping
    guesses: list[Guess]
    captions: list[str] = field(default_factory=list)  # of all columns, for the fingerprint
    rows: list[list[str]] = field(default_factory=list)  # the first ones under the header

    def document(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "file": self.file, "sheet": self.sheet, "header": self.header, "kinds": list(self.table.kinds),
            "columns": [g.document() for g in self.guesses],
            "constants": {str(t): v for t, v in self.table.constants.items()},
        }  # fmt: skip


def propose(raw: RawSheet, file: str, schema: Schema, known: Names) -> Proposal | None:
    """The mapping that fits a table best, or None when there is no table to be seen."""
    rows = [r for r, _ in zip((r for r in raw.rows if not is_blank_row(r)), range(80), strict=False)]
    found = _header(rows, raw, schema)
    if found is None:
        return None
    block, stacks = found
    under = [r for r in rows if r.number > block[-1].number]
    names = [*titles(raw, rows, block[0].number), file.rpartition("/")[2].rpartition(".")[0]]
    cells = {p: [r.cells[p] for r in under[:40] if p < len(r.cells)] for p in stacks}
    best: tuple[float, str, dict[int, Guess]] | None = None
    for kind, bonus in _candidates(names, schema).items():
        guesses = _assign(stacks, cells, choices_of(kind, schema), known)
        score = bonus + _score(guesses, kind, schema)
        if best is None or score > best[0]:
            best = (score, kind, guesses)
    assert best
    _, kind, guesses = best
    table = _table(kind, guesses, names, schema, known)
    captions = ["-".join(s) for s in stacks.values() if s]
    shown = [[show(c) for c in r.cells] for r in under[:5]]
    return Proposal(file, raw.name, block[-1].number, table, list(guesses.values()), captions, shown)


def choices_of(kind: str, schema: Schema) -> list[Choice]:
    """What the columns of a table about a kind may be; one about firms may say all that the survey asks."""
    sheet = schema.sheets[kind]
    choices: list[Choice] = []
    if kind == "企业":
        for key, destinations in survey().tables[0].columns.items():
            column = schema.sheets[base_kind(destinations[0].record)].by_caption[destinations[0].caption]
            choices.append(Choice((*alternatives(key), column.caption, *column.synonyms), destinations, column))
    given = {t for c in choices for t in c.destinations}
    for column in sheet.by_caption.values():
        destination = Destination(kind, column.caption)
        if destination not in given:
            choices.append(Choice((column.caption, *column.synonyms), (destination,), column))
    return choices


def _candidates(names: Iterable[str], schema: Schema) -> dict[str, float]:
    """The kinds that a table may be about, with what its names say for each."""
    bonus = {str(s.sheet): 0.0 for s in schema.template_sheets()}
    for name in names:
        named = sheets_named(name, schema)
        for sheets, worth in ((named.sure, 1.0), (named.mentioned[:1], 0.6), (named.mentioned[1:], 0.2)):
            for sheet in sheets:
                if sheet.sheet in bonus:
                    bonus[sheet.sheet] = max(bonus[sheet.sheet], worth)
    return bonus


def _header(rows: Sequence[RawRow], raw: RawSheet, schema: Schema) -> tuple[list[RawRow], dict[int, list[str]]] | None:
    """The rows that read most like a header."""
    words = sorted({w for s in schema.sheets.values() for c in s.by_caption.values() for w in (c.caption, *c.synonyms)})
    words += sorted({w for key in survey().tables[0].columns for w in alternatives(key)} - set(words))
    held: dict[str, float] = {}

    def telling(text: str) -> float:
        if text not in held:
            held[text] = 0.0 if is_datum(text) else max((likeness(text, w) for w in words), default=0.0)
        return held[text] if held[text] >= 0.5 else 0.05

    best: tuple[tuple[float, int], list[RawRow], dict[int, list[str]]] | None = None
    for block in blocks(rows):
        stacks = dict(enumerate(stacks_of(levels_of(block, raw.merges))))
        texts = [max(map(telling, caption_forms(s)), default=0.0) for s in stacks.values() if s]
        numbers = sum(not isinstance(c, str) and c is not None for r in block for c in r.cells)
        rank = (round(sum(texts) - numbers, 2), -len(block))
        if len(texts) >= 2 and (best is None or rank > best[0]):
            best = (rank, block, {p: s for p, s in stacks.items() if s})
    return (best[1], best[2]) if best else None


def _assign(
    stacks: Mapping[int, list[str]], cells: Mapping[int, Sequence[Cell]], choices: Sequence[Choice], known: Names
) -> dict[int, Guess]:
    """The surest pairs first; a list, or a column that is told apart by its year, may be filled by several."""
    pairs: list[tuple[float, int, int, Match]] = []
    for place, stack in stacks.items():
        for number, choice in enumerate(choices):
            found = match(caption_forms(stack), cells[place], choice.words, choice.column, known)
            if found.confidence >= PERHAPS:
                pairs.append((-found.confidence, place, number, found))
    guesses: dict[int, Guess] = {}
    taken: set[tuple[int, int | None]] = set()
    for _, place, number, found in sorted(pairs, key=lambda p: p[:3]):
        year = year_in(["-".join(stacks[place])])
        free = (number, year) not in taken or choices[number].column.several
        if place in guesses or not free:
            continue
        guesses[place] = _guess(place, stacks, choices[number].destinations, found, cells[place])
        if found.confidence >= ENOUGH:
            taken.add((number, year))
    for place, stack in stacks.items():
        if place not in guesses and not is_serial(stack[-1]):
            guesses[place] = _guess(place, stacks, (), NONE, cells[place])
    return dict(sorted(guesses.items()))


def _guess(
    place: int,
    stacks: Mapping[int, list[str]],
    destinations: tuple[Destination, ...],
    found: Match,
    cells: Sequence[Cell],
) -> Guess:
    caption = "-".join(stacks[place])
    if year_in([caption]):
        caption = bare_caption(stacks[place])
    elif sum("-".join(s) == caption for s in stacks.values()) > 1:
        caption = f"{caption}（{by_letter(place)}）"
    samples = [show(c)[:40] for c in cells if not is_blank(c)][:SAMPLES]
    return Guess(
        place,
        "-".join(stacks[place]),
        caption,
        destinations,
        found,
        samples,
        bool(destinations) and found.confidence >= ENOUGH,
    )


def _score(guesses: Mapping[int, Guess], kind: str, schema: Schema) -> float:
    sheet = schema.sheets[kind]
    own = {c.caption for c in sheet.columns}
    found = [g for g in guesses.values() if g.taken]
    names = {t.caption for g in found for t in g.destinations if t.record == kind}
    lacking = sum(c.caption not in names for c in required(sheet))
    return (
        sum(g.match.confidence for g in found if any(t.caption in own or t.record != kind for t in g.destinations))
        - lacking
    )


def _table(kind: str, guesses: Mapping[int, Guess], names: Sequence[str], schema: Schema, known: Names) -> TableMapping:
    """The table's mapping, with the records that its columns really give."""
    draft = survey().tables[0] if kind == "企业" else TableMapping((kind,), {})
    columns = {g.key: g.destinations for g in guesses.values() if g.taken}
    kinds = tuple(dict.fromkeys([kind, *(t.record for destinations in columns.values() for t in destinations)]))
    years = {g.position: y for g in guesses.values() if (y := year_in([g.caption]))}
    binding = Binding(TableMapping(kinds, columns), {p: g.key for p, g in guesses.items() if g.taken}, years)
    row = plan_row(binding, schema, year_in(names))
    useful = {kind, *(p.record.partition("@")[0] for p in row.records if p.own)}
    for guess in guesses.values():
        _drop_useless(guess, useful, [record.plan for record in row.left_out if record.lacking == [YEAR]])
    columns = {g.key: g.destinations for g in guesses.values() if g.taken}
    origin = {k: next((o for o, t in draft.columns.items() if set(v) <= set(t)), "") for k, v in columns.items()}
    constants = {t: v for t, v in draft.constants.items() if t.record in useful}
    return TableMapping(
        tuple(k for k in kinds if k in useful), columns, {**constants, **_constants(kind, columns, names, schema, known)},
        splits={k: draft.splits[o] for k, o in origin.items() if o in draft.splits},
        parties=tuple(k for k, o in origin.items() if o in draft.parties),
        generic={k: draft.generic[o] for k, o in origin.items() if o in draft.generic},
    )  # fmt: skip


def _drop_useless(guess: Guess, useful: set[str], undated: Sequence[RecordPlan]) -> None:
    kept = tuple(t for t in guess.destinations if t.record in useful)
    if kept or not guess.taken:
        guess.destinations = kept or guess.destinations
        return
    guess.taken = False
    needs_year = any(t.record == p.record for p in undated for t in guess.destinations)
    why = "没有年份，写不进企业年报；在 constants 加上年份即可" if needs_year else "缺少同一记录的必填列"
    guess.match = Match(guess.match.confidence, f"{guess.match.reason}；{why}")


def _constants(
    kind: str, columns: Mapping[str, tuple[Destination, ...]], names: Sequence[str], schema: Schema, known: Names
) -> dict[Destination, str]:
    """The county and the chain that the title names, where no column says them."""
    filled = {t for destinations in columns.values() for t in destinations}
    found: dict[Destination, str] = {}
    wooed = kind == "企业" and any(_WOOED.search(n) for n in names)
    if wooed and Destination(kind, "状态") not in filled:
        found[Destination(kind, "状态")] = "外部"
    for caption in ("产业链",) if wooed else ("县市区", "产业链"):
        destination = Destination(kind, caption)
        named = {n for n in known.get(caption, ()) if any(n in norm(title) for title in names)}
        named = {n for n in named if not any(n != m and n in m for m in named)}
        if caption in schema.sheets[kind].by_caption and destination not in filled and len(named) == 1:
            found[destination] = named.pop()
    return found
