"""A measure: what it counts, in which unit, and how it is read from its YAML file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from graph.schema.kinds import Schema
from graph.schema.parse import load_schema

FORMS = ("count",)
REQUIRED = ("id", "caption", "unit", "form", "of", "about")


class MeasureFault(Exception):
    """The measure files contradict themselves or the schema; `faults` lists every fault found."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__("measures: " + "; ".join(faults))


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure: `form` says how rows of the kind `of` become its value; `order` is its place in tables."""

    id: str
    caption: str
    unit: str
    form: str
    of: str
    about: str
    order: int = 99
    director: bool = False  # a column of the director's table


def parse_measures(documents: Iterable[Mapping[str, Any]], schema: Schema) -> tuple[Measure, ...]:
    """The measures of parsed YAML documents, in order. Raises MeasureFault with every fault.

    >>> from graph.schema.parse import load_schema
    >>> raw = {"id": "talents", "caption": "人才", "unit": "人", "form": "count", "of": "人才", "about": "链上的人才"}
    >>> parse_measures([raw], load_schema())[0].unit
    '人'
    """
    known = {f.name for f in fields(Measure)}
    faults: list[str] = []
    measures: list[Measure] = []
    for raw in documents:
        name = raw.get("id", "?")
        amiss = [f"{name}: {key} is no field of a measure" for key in raw if key not in known]
        amiss += [f"{name}: {key} is missing" for key in REQUIRED if key not in raw]
        if amiss:
            faults += amiss
            continue
        measures.append(measure := Measure(**raw))
        if measure.form not in FORMS:
            faults.append(f"{name}: unknown form {measure.form}")
        if measure.of not in schema.kinds:
            faults.append(f"{name}: unknown kind {measure.of}")
    ids = [m.id for m in measures]
    faults += [f"{ident} is defined twice" for ident in sorted(set(ids)) if ids.count(ident) > 1]
    if faults:
        raise MeasureFault(faults)
    return tuple(sorted(measures, key=lambda m: (m.order, m.id)))


@cache
def load_measures() -> tuple[Measure, ...]:
    """The product's measures, read once from the YAML files of this package.

    >>> [m.id for m in load_measures() if m.director]
    ['needs', 'projects', 'events']
    """
    sheets = sorted((f for f in files("graph.measures").iterdir() if f.name.endswith(".yaml")), key=lambda f: f.name)
    return parse_measures((yaml.safe_load(f.read_text("utf-8")) for f in sheets), load_schema())
