"""From YAML files to the schema: one file holds a kind, a relation, or a kind with the relations it brings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from graph.schema.check import check
from graph.schema.kinds import COUNTY_WORDS, Column, EdgeRule, Kind, Relation, Schema
from graph.schema.shows import parse_looks
from graph.schema.types import is_type

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the former, ten times faster, is not built everywhere
LAST = 10_000  # the order of a sheet that states none


@cache
def load_schema() -> Schema:
    """The product's schema, read once from the YAML files of this package.

    >>> load_schema().kinds["企业"].label
    'Enterprise'
    >>> load_schema().relations["FEEDS"].ends
    (('环节', '环节'),)
    """
    return parse_schema(schema_documents())


def schema_documents() -> Iterator[dict[str, Any]]:
    """The YAML documents of the product's kinds and relations, by the name of their file."""
    folders = [files("graph.schema") / name for name in ("nodes", "relations")]
    sources = [f for folder in folders for f in folder.iterdir() if f.name.endswith(".yaml")]
    for source in sorted(sources, key=lambda f: f.name):
        yield from yaml.load_all(source.read_text("utf-8"), LOADER)


def measure_captions() -> list[str]:
    """What the measures are called: the words of 口径. Their rules are read by `graph.measures`."""
    return [raw["caption"] for raw in measure_documents()]


def measure_documents() -> Iterator[dict[str, Any]]:
    """The YAML documents of the product's measures, by the name of their file."""
    sources = [f for f in (files("graph") / "measures").iterdir() if f.name.endswith(".yaml")]
    for source in sorted(sources, key=lambda f: f.name):
        yield yaml.load(source.read_text("utf-8"), LOADER)


def parse_schema(documents: Iterable[Mapping[str, Any]]) -> Schema:
    """Build and check a schema from parsed YAML documents. Raises SchemaFault with every fault."""
    raws = list(documents)
    reviewed = [raw["kind"] for raw in raws if "review" in raw]
    kinds = {raw["kind"]: _kind(raw, reviewed) for raw in raws if "kind" in raw}
    drafts = {raw["relation"]: _relation(raw) for raw in raws if "kind" not in raw}
    ends = _ends((*kinds.values(), *drafts.values()))
    relations = {name: replace(drafts[name], ends=ends.get(name, ())) for name in sorted(drafts)}
    sheets: list[Kind | Relation] = [*kinds.values(), *relations.values()]
    listed = sorted(sheets, key=lambda s: s.order)
    schema = Schema(kinds, relations, {s.sheet: s for s in listed if s.sheet})
    check(schema)
    return schema


def _kind(raw: Mapping[str, Any], reviewed: Sequence[str]) -> Kind:
    columns, order = tuple(_column(c, reviewed) for c in raw["columns"]), raw.get("order", LAST)
    return Kind(
        about=raw["about"],
        caption=raw["kind"],
        columns=columns,
        sheet=raw.get("sheet", raw["kind"]),
        template=raw.get("template", True) and raw.get("sheet", "") is not None,
        key=tuple(raw["key"]),
        order=order,
        label=raw["label"],
        looks=parse_looks(raw, columns, order),
        review=raw.get("review", ""),
        codes=tuple(raw.get("codes", ())),
        steps=raw.get("steps"),
        offers=raw.get("offers"),
        aliases=raw.get("aliases"),
    )


def _relation(raw: Mapping[str, Any]) -> Relation:
    return Relation(
        about=raw["about"],
        caption=raw["caption"],
        columns=_columns(raw),
        sheet=raw.get("sheet"),
        template=raw.get("template", True) and "sheet" in raw,
        key=tuple(raw.get("key", ())),
        order=raw.get("order", LAST),
        name=raw["relation"],
        extra_fields=_columns(raw, "fields"),
        loops=raw.get("loops", True),
        follow=raw.get("follow", "both"),
    )


def _columns(raw: Mapping[str, Any], key: str = "columns") -> tuple[Column, ...]:
    return tuple(_column(c) for c in raw.get(key, ()))


def _column(raw: Mapping[str, Any], reviewed: Sequence[str] = ()) -> Column:
    data = dict(raw)
    if source := data.pop("words_from", ""):
        data["words"] = reviewed if source == "review" else measure_captions()
    if isinstance(data.get("whole"), str):
        data["whole"] = [data["whole"]]
    for name in ("words", "suggest", "synonyms", "to", "whole"):
        data[name] = tuple(str(v) for v in data.get(name, ()))
    if data["caption"] == "县市区":
        data["synonyms"] = (*COUNTY_WORDS, *data["synonyms"])
    data["edges"] = tuple(
        EdgeRule(e["relation"], tuple(e.get("carries", ())), e.get("when"), e.get("single", False))
        for e in data.get("edges", ())
    )
    data["meanings"] = tuple((str(w), tuple(map(str, t))) for w, t in data.get("meanings", {}).items())
    data["with_"] = data.pop("with", None)
    for name in ("example", "note", "default"):
        if data.get(name) is not None:
            data[name] = str(data[name])
    return Column(**data)


def _ends(sheets: Iterable[Kind | Relation]) -> dict[str, tuple[tuple[str, str], ...]]:
    """The (source, target) kinds of each relation, from the columns that make its edges."""
    pairs: dict[str, dict[tuple[str, str], None]] = {}
    for sheet in sheets:
        for relation, source, target in _kind_ends(sheet) if isinstance(sheet, Kind) else _sheet_ends(sheet):
            pairs.setdefault(relation, {})[source, target] = None
    return {relation: tuple(ends) for relation, ends in pairs.items()}


def _kind_ends(kind: Kind) -> Iterator[tuple[str, str, str]]:
    for column in kind.columns:
        for relation in (column.relation, *(e.relation for e in column.edges)):
            if relation:
                yield from ((relation, kind.caption, target) for target in column.to)
        if is_type(column.type) and column.value_type.awards:
            yield "AWARDED_TO", "资质认定", kind.caption


def _sheet_ends(relation: Relation) -> Iterator[tuple[str, str, str]]:
    sources = [kind for c in relation.columns if c.end == "source" for kind in c.to]
    targets = [kind for c in relation.columns if c.end == "target" for kind in c.to]
    yield from ((relation.name, a, b) for a in sources for b in targets)
