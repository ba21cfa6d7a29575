"""A measure: what it counts, in which unit, and how it is read from its YAML file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from typing import Any

from graph.schema.kinds import Schema
from graph.schema.parse import load_schema, measure_documents
from graph.text import norm

COUNT, SUM, LIST, SHARE, GROWTH, HONOURS = "count", "sum", "list", "share", "growth", "honours"
NEEDS = {  # by form, the fields that it cannot do without
    COUNT: (),
    SUM: ("amount",),
    LIST: ("column", "least"),
    SHARE: ("numerator", "denominator"),
    GROWTH: ("amount",),
    HONOURS: ("names",),
}
REQUIRED = ("id", "caption", "unit", "form", "of", "about")
REPORT = "企业年报"


class MeasureFault(Exception):
    """The measure files contradict themselves or the schema; `faults` lists every fault found."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__("measures: " + "; ".join(faults))


@dataclass(frozen=True, slots=True)
class Condition:
    """Which values of a column pass: those among `words`, or with `negated` all but those. A blank is among none.

    >>> Condition("状态", ("谋划", "终止"), negated=True).passes({"状态": "在建"})
    True
    """

    column: str
    words: tuple[str, ...]
    negated: bool = False

    def passes(self, values: Mapping[str, Any]) -> bool:
        """Whether a row passes."""
        value = values.get(self.column)
        return (value is not None and norm(str(value)) in self.words) is not self.negated


@dataclass(frozen=True, slots=True)
class CountedRows:
    """Which rows count: those of a kind that pass every condition. `year` is the column that dates them, `amount`
    the one that is summed."""

    of: str
    where: tuple[Condition, ...] = ()
    year: str | None = None
    amount: str | None = None

    def passes(self, values: Mapping[str, Any]) -> bool:
        """Whether a row counts."""
        return not self.where or all(condition.passes(values) for condition in self.where)

    @property
    def captions(self) -> tuple[str, ...]:
        """The columns that are asked for."""
        return (*(c.column for c in self.where), *(c for c in (self.year, self.amount) if c))


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure: `form` says how the rows become its value; `order` is its place in tables.

    `synonyms` are what targets call it: a name that is one of them is a suggestion, never a rule.
    """

    id: str
    caption: str
    unit: str
    form: str
    about: str
    rows: CountedRows
    also: CountedRows | None = None  # rows of another kind that count beside them, what is one thing once
    order: int = 99
    director: bool = False  # a column of the director's table
    distinct: str | None = None  # count its different values instead; rows without any are one together
    column: str | None = None  # list: those who say 否
    least: float | None = None  # list: of firms with an output of so much (万元)
    numerator: str | None = None
    denominator: str | None = None
    names: frozenset[str] = field(default_factory=frozenset)  # honours, as `graph.measures.honours` folds them
    valid_years: int | None = None  # honours: good to the end of that year after the award, unless a row says
    synonyms: tuple[str, ...] = ()

    @property
    def of(self) -> str:
        """The kind whose rows it counts."""
        return self.rows.of

    @property
    def parts(self) -> tuple[CountedRows, ...]:
        """All rows that count."""
        return (self.rows, self.also) if self.also else (self.rows,)

    @property
    def yearly(self) -> bool:
        """Whether it is of one year that firms reported, or were honoured, not of rows with dates of their own."""
        return self.of == REPORT or self.form == HONOURS


def parse_measures(documents: Iterable[Mapping[str, Any]], schema: Schema) -> tuple[Measure, ...]:
    """The measures of parsed YAML documents, in order. Raises MeasureFault with every fault.

    >>> from graph.schema.parse import load_schema
    >>> raw = {"id": "experts", "caption": "专家数", "unit": "人", "form": "count", "of": "人才", "about": "登记的人才"}
    >>> parse_measures([raw], load_schema())[0].unit
    '人'
    """
    faults: list[str] = []
    measures: list[Measure] = []
    for raw in documents:
        amiss = list(_faults(raw, schema))
        faults += [f"{raw.get('id', '?')}: {fault}" for fault in amiss]
        if not amiss:
            measures.append(_measure(raw))
    for what, names in (("id", [m.id for m in measures]), ("caption", [m.caption for m in measures])):
        faults += [f"{what} {name} stands twice" for name in sorted(set(names)) if names.count(name) > 1]
    if faults:
        raise MeasureFault(faults)
    return tuple(sorted(measures, key=lambda m: (m.order, m.id)))


def _faults(raw: Mapping[str, Any], schema: Schema) -> Iterator[str]:
    known = {f.name for f in fields(Measure)} - {"rows"} | {f.name for f in fields(CountedRows)}
    yield from (f"{key} is no field of a measure" for key in raw if key not in known)
    yield from (f"{key} is missing" for key in REQUIRED if key not in raw)
    form = raw.get("form")
    if form is not None and form not in NEEDS:
        yield f"unknown form {form}"
    yield from (f"{key} is missing" for key in NEEDS.get(str(form), ()) if key not in raw)
    for part in (raw, *([raw["also"]] if "also" in raw else ())):
        kind = schema.kinds.get(part.get("of"))
        if kind is None:
            if "of" in part:
                yield f"unknown kind {part['of']}"
            continue
        asked = [*_rows(part).captions, *(raw[k] for k in ("column", "numerator", "denominator") if k in raw)]
        yield from (f"{kind.caption} has no column {c}" for c in asked if c not in kind.by_caption and c != SIX)


SIX = "六有"  # told from the measures of a platform: `graph.measures.six`


def _measure(raw: Mapping[str, Any]) -> Measure:
    rest = {k: v for k, v in raw.items() if k not in ("of", "where", "year", "amount", "also", "names", "synonyms")}
    return Measure(
        **rest,
        rows=_rows(raw),
        also=_rows(raw["also"]) if "also" in raw else None,
        names=frozenset(map(str, raw.get("names", ()))),
        synonyms=tuple(raw.get("synonyms", ())),
    )


def _rows(raw: Mapping[str, Any]) -> CountedRows:
    return CountedRows(
        raw["of"],
        tuple(_condition(column, rule) for column, rule in raw.get("where", {}).items()),
        raw.get("year"),
        raw.get("amount"),
    )


def _condition(column: str, rule: Any) -> Condition:
    """A rule of a column: a word, a list of words, or not these; YAML reads 是 as it stands."""
    negated = isinstance(rule, Mapping)
    words = rule["not"] if negated else rule
    return Condition(column, tuple(norm(str(w)) for w in (words if isinstance(words, list) else [words])), negated)


@cache
def load_measures() -> tuple[Measure, ...]:
    """The product's measures, read once from the YAML files of this package.

    >>> [m.id for m in load_measures() if m.director]
    ['needs', 'projects', 'events']
    """
    return parse_measures(measure_documents(), load_schema())


def measure_called(caption: str | None) -> Measure | None:
    """The measure of a 口径.

    >>> measure_called("立项数").unit, measure_called("别的")
    ('项', None)
    """
    return next((m for m in load_measures() if m.caption == caption), None)
