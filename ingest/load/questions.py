"""What a load asks, beside what is wrong: what a word of theirs means, of which county and chain a whole table is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from graph.city.city import City
from graph.city.outcome import Outcome
from graph.projection.result import Projection
from graph.queries.rows import GraphReader
from graph.schema.kinds import Column, Schema, Sheet
from graph.text import norm
from ingest.mapping.proposal import honour_in, named
from ingest.table.result import SheetResult

PLACES = ("县市区", "产业链")
MOST = 100  # questions that a load asks


@dataclass(frozen=True, slots=True)
class Question:
    """A question about a table: what `word` in a column means, or what stands in a column that it does not have.

    >>> Question("名录.xlsx", "甲", "企业", "状态", "正常生产", ("在产", "停产"), "在产", 3).option
    '企业.状态:正常生产=在产'
    """

    file: str
    sheet: str
    kind: str
    column: str
    word: str = ""
    choices: tuple[str, ...] = ()
    proposed: str = ""
    rows: int = 0
    tables: int = 1  # that have it too

    @property
    def name(self) -> str:
        """What is answered: a column of one sheet, or of all that are asked about."""
        return f"{self.kind}.{self.column}" if self.word or self.column not in PLACES else self.column

    @property
    def option(self) -> str:
        """The answer as `--set` takes it, with what is proposed."""
        word = f":{self.word}" if self.word else ""
        return f"{self.name}{word}={self.proposed or '…'}"

    @property
    def text(self) -> str:
        """The question in words."""
        if self.word:
            return f"“{self.column}”里的“{self.word}”（{self.rows} 行）是哪一个：{'、'.join(self.choices)}？"
        if self.column not in PLACES:
            return f"标题里有“{self.proposed}”：这 {self.rows} 家企业都有这项资质吗？"
        others = f"等 {self.tables} 张表" if self.tables > 1 else ""
        return f"表里没有“{self.column}”{others}：这 {self.rows} 行属于哪个{self.column}？"

    def document(self) -> dict[str, Any]:
        """The JSON form."""
        own = ("file", "sheet", "kind", "column", "word", "proposed", "rows")
        return {
            **{n: getattr(self, n) for n in own},
            "choices": list(self.choices),
            "text": self.text,
            "set": self.option,
        }


def word_questions(tables: Sequence[SheetResult], schema: Schema) -> list[Question]:
    """What words mean that are in no list, each once whatever tables it stands in."""
    first: dict[tuple[str, str, str], Question] = {}
    counts: Counter[tuple[str, str, str]] = Counter()
    for table in tables:
        for (caption, word), rows in table.unknown.items():
            column, key = schema.sheets[table.kind].by_caption[caption], (table.kind, caption, norm(word))
            counts[key] += rows
            proposed = column.word_meant(word) or ""
            first.setdefault(key, Question(table.file, table.sheet, table.kind, caption, word, column.words, proposed))
    return [replace(q, rows=counts[key]) for key, q in first.items()][:MOST]


def table_questions(tables: Sequence[SheetResult], outcome: Outcome, city: City) -> list[Question]:
    """The county and the chain of tables that have no column for them, and the honour that a title names."""
    asked: dict[str, Question] = {}
    tied = _Tied(outcome.projection, city.schema)

    @cache
    def known(kind: str) -> frozenset[str]:
        fresh = (norm(n.name) for n in outcome.projection.nodes.get(kind, {}).values())
        return frozenset({*map(norm, GraphReader(city.store, city.schema).names(kind)), *fresh})

    for table in tables:
        for question in _about(table, tied, city.schema, known):
            before = asked.get(question.name)
            if before is None:
                asked[question.name] = question
            else:
                same = before.proposed if before.proposed == question.proposed else ""
                rows, number = before.rows + question.rows, before.tables + 1
                asked[question.name] = replace(before, rows=rows, tables=number, proposed=same)
    return list(asked.values())


def _about(
    table: SheetResult, tied: _Tied, schema: Schema, known: Callable[[str], Collection[str]]
) -> Iterator[Question]:
    sheet = schema.sheets[table.kind]
    header = table.header
    if table.derived or header is None or not (table.accepted or table.rejected):
        return
    names = [*header.titles, table.sheet, table.file.rpartition("/")[2].rpartition(".")[0]]
    for caption in PLACES:
        column = next((c for c in sheet.columns if c.caption == caption and c.value_type.refers), None)
        if column is None or caption in table.letters() or header.answers.fixed(sheet.caption, caption):
            continue
        if rows := table.rejected if column.required else tied.loose(table, column):
            proposed = named(names, known(caption))
            yield Question(table.file, table.sheet, table.kind, caption, proposed=proposed, rows=rows)
    for column in (c for c in sheet.columns if c.value_type.awards):
        rows = len(table.accepted)
        if (
            rows
            and not any(column.caption in r.values for r in table.accepted)
            and (honour := honour_in(names, schema))
        ):
            yield Question(table.file, table.sheet, table.kind, column.caption, proposed=honour, rows=rows)


class _Tied:
    """Which things the graph has in a county or on a chain already, however it came to know."""

    def __init__(self, projection: Projection, schema: Schema) -> None:
        self._projection, self._schema = projection, schema
        self._sources: dict[tuple[str, str], set[str]] = {}

    def loose(self, table: SheetResult, column: Column) -> int:
        """How many rows of a table are of things that are tied to nothing of the column's kind."""
        sheet = self._schema.sheets[table.kind]
        name = next((c.caption for c in sheet.names if c.required), None)
        if name is None:
            return 0
        there = {norm(n.name) for n in self._projection.nodes.get(sheet.caption, {}).values()}
        loose = there - self._names(sheet, column)
        home = [r.values for r in table.accepted if r.values.get("状态") != "外部"]
        return sum(norm(str(values.get(name, ""))) in loose for values in home)

    def _names(self, sheet: Sheet, column: Column) -> set[str]:
        key = (sheet.caption, column.caption)
        if key not in self._sources:
            through = {"产业链", "环节"} if column.caption == "产业链" else set(column.to)
            relations = {
                relation
                for c in sheet.columns
                if through & set(c.to)
                for relation in (c.relation, *(e.relation for e in c.edges))
                if relation
            }
            nodes = self._projection.nodes.get(sheet.caption, {})
            ends = {e.source for r in relations for e in self._projection.edges.get(r, {}).values()}
            self._sources[key] = {norm(n.name) for k, n in nodes.items() if k in ends}
        return self._sources[key]
