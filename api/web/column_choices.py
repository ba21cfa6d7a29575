"""Columns of tables in somebody's own format: what the data page asks of them, and the mapping that its answers make."""

from __future__ import annotations

from collections.abc import Mapping as Fields
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from api.home.session import Session
from graph.schema.kinds import Schema
from graph.text import norm
from ingest.mapping.check import check
from ingest.mapping.choose import fingerprint
from ingest.mapping.file import open_mapping, with_answers
from ingest.mapping.mapping import BadMapping, Destination, FileMapping, TableMapping, base_kind, required
from ingest.mapping.proposal import Guess, Proposal
from ingest.mapping.proposal_file import propose_files

MOST_TABLES, MOST_COLUMNS, MOST_WORDS = 8, 60, 60  # that a page asks about; beyond them there is `lianpu map`
LONGEST = 200  # characters of a fixed value
Answers = Fields[str, Sequence[str]]
Sheets = Sequence[Fields[str, str]]


@dataclass(frozen=True, slots=True)
class AskedTable:
    """A table that the page asks about, and the mapping shown for it."""

    mark: str  # fingerprint of its header; its fields begin with it
    proposal: Proposal
    table: TableMapping

    def document(self, schema: Schema) -> dict[str, Any]:
        """What the page shows."""
        main, table = self.table.kinds[0], self.table
        filled = {t for _, t in table.destinations()}
        wanted = [Destination(k, c.caption) for k in table.kinds for c in required(schema.sheets[base_kind(k)])]
        fixed = {t: table.constants.get(t, "") for t in (*table.constants, *wanted) if t not in filled}
        columns = [
            {
                **g.document(),
                "field": f"{self.mark}.{g.position}",
                "perhaps": bool(g.destinations) and not g.taken,
                "proposed": _joined(g.destinations),
                "chosen": _joined(table.columns.get(g.key, ())),
            }
            for g in self.proposal.guesses[:MOST_COLUMNS]
        ]
        words = [
            {
                "field": f"{self.mark}~{g.position}~{word}",
                "caption": g.caption,
                "word": word,
                "choices": self._choices(g, schema),
                "value": table.values.get(g.key, {}).get(word, "" if table.values else meant),
            }
            for g in self.proposal.guesses[:MOST_COLUMNS]
            for word, meant in g.words
        ][:MOST_WORDS]
        return {
            "words": words,
            "mark": self.mark,
            "file": self.proposal.file,
            "sheet": self.proposal.sheet,
            "main": main,
            "columns": columns,
            "left": max(0, len(self.proposal.guesses) - MOST_COLUMNS),
            "fixed": [{"field": f"{self.mark}={t}", "target": str(t), "value": v} for t, v in fixed.items()],
        }

    def _choices(self, guess: Guess, schema: Schema) -> tuple[str, ...]:
        destination = guess.destinations[0]
        return schema.sheets[base_kind(destination.record)].by_caption[destination.caption].words

    def answered(self, answers: Answers) -> TableMapping | None:
        """The mapping that the answers make; None where no column is chosen."""
        shown = self.proposal.guesses[:MOST_COLUMNS]
        columns = {g.key: t for g in shown if (t := _targets(_one(answers, f"{self.mark}.{g.position}")))}
        if not columns:
            return None
        main = _one(answers, f"{self.mark}.kind") or self.proposal.table.kinds[0]
        kinds = tuple(dict.fromkeys([main, *(t.record for targets in columns.values() for t in targets)]))
        begin = f"{self.mark}="
        fixed = {k.removeprefix(begin): _one(answers, k) for k in answers if k.startswith(begin)}
        constants = {t: v for k, v in fixed.items() if v for t in _targets(k) if t.record in kinds}
        values = {g.key: self._meant(g, answers) for g in shown if columns.get(g.key) == g.destinations}
        own = self.proposal.table  # how cells are taken apart goes with what they fill
        same = {k for k, targets in columns.items() if own.columns.get(k) == targets}
        return replace(
            own,
            kinds=kinds,
            columns=columns,
            constants=constants,
            values={k: v for k, v in values.items() if v},
            parties=tuple(k for k in own.parties if k in same),
            splits={k: v for k, v in own.splits.items() if k in same},
            generic={k: v for k, v in own.generic.items() if k in same},
        )

    def _meant(self, guess: Guess, answers: Answers) -> dict[str, str]:
        """What the words of a column mean by the answers."""
        meant = ((word, _one(answers, f"{self.mark}~{guess.position}~{word}")) for word, _ in guess.words)
        return {word: ours for word, ours in meant if ours}


def asked(session: Session, folder: Path, chosen: Path, only: Sheets | None = None) -> list[AskedTable]:
    """The tables of an upload to ask about: those on the sheets of `only`, or all; as chosen before, or as proposed."""
    with session.snapshot() as city:
        proposals, _ = propose_files(city, [folder])
    before = chosen_before(session, chosen).tables
    wanted = None if only is None or before else {(s["file"], s["sheet"]) for s in only}
    tables: list[AskedTable] = []
    for proposal in proposals:
        if wanted is None or (proposal.file, proposal.sheet) in wanted:
            keys = {g.key for g in proposal.guesses}
            table = next((t for t in before if t.columns.keys() <= keys), proposal.table)
            tables.append(AskedTable(fingerprint(proposal.captions), proposal, table))
    return tables


def chosen_before(session: Session, chosen: Path) -> FileMapping:
    """What was chosen and answered for an upload so far."""
    return open_mapping(str(chosen), session.city.schema) if chosen.exists() else FileMapping(())


def keep_answers(session: Session, chosen: Path, answers: Answers) -> None:
    """Keep the answers to the questions of a load; a blank one says nothing. Raises BadMapping."""
    begin = "set:"
    given = {k.removeprefix(begin): _one(answers, k) for k in answers if k.startswith(begin)}
    texts = [f"{name}={value}" for name, value in given.items() if value]
    mapping = with_answers(chosen_before(session, chosen), texts, session.city.schema)
    if texts:
        chosen.write_text(mapping.text(), "utf-8")


def mapping_of(tables: Sequence[AskedTable], answers: Answers, schema: Schema) -> FileMapping:
    """The checked mapping that the answers make for the tables of an upload. Raises BadMapping with every fault."""
    answered = [(a, t) for a in tables if (t := a.answered(answers))]
    if not answered:
        raise BadMapping(["没有给任何一列选择对应"])
    # Beside other tables it must not take those, where they share a few captions.
    alone = len(answered) == len(tables)
    name = answered[0][0].proposal.file.rpartition("/")[2].rpartition(".")[0][:60]
    read = (t if alone else replace(t, sheet=_pattern(a.proposal.sheet)) for a, t in answered)
    mapping = FileMapping(tuple(read), name)
    check(mapping, schema)
    return mapping


def again(tables: Sequence[AskedTable], answers: Answers, schema: Schema) -> list[AskedTable]:
    """The same tables with the answers given, to be put right."""
    answered = ((a, a.answered(answers)) for a in tables)
    return [
        replace(a, table=t) if t and all(base_kind(k) in schema.sheets for k in t.kinds) else a for a, t in answered
    ]


def choices(schema: Schema) -> dict[str, list[str]]:
    """What a column may be: captions by kind, as the template has them."""
    return {str(s.sheet): [c.caption for c in s.columns] for s in schema.template_sheets()}


def _pattern(sheet: str) -> str:
    """A pattern for the sheet of this name.

    >>> _pattern("名录[1]|2")
    '名录?1??2'
    """
    return "".join("?" if c in "*?[]|" else c for c in norm(sheet)) or "*"


def _one(answers: Answers, name: str) -> str:
    return next(iter(answers.get(name, ())), "").strip()[:LONGEST]


def _joined(targets: Sequence[Destination]) -> str:
    return "|".join(map(str, targets))


def _targets(text: str) -> tuple[Destination, ...]:
    """The targets of a choice such as 企业.名称|企业年报.产值; a text without a kind is none.

    >>> [str(t) for t in _targets("企业.名称|项目.名称")], _targets("")
    (['企业.名称', '项目.名称'], ())
    """
    parts = (part.partition(".") for part in text.split("|") if part)
    return tuple(Destination(record, caption) for record, _, caption in parts)
