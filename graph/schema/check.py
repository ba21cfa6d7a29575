"""What a schema must not say: every contradiction of its files, found at once before anything uses it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from graph.looks import BranchLook
from graph.schema.kinds import Column, Kind, Schema, Sheet
from graph.schema.types import is_type

_IDENTIFIER = re.compile(r"^[A-Za-z][A-Za-z_]*$")


class SchemaFault(Exception):
    """The schema files contradict themselves; `faults` lists every fault found."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__("schema: " + "; ".join(faults))


def check(schema: Schema) -> None:
    """Raise SchemaFault naming every contradiction in the schema."""
    faults: list[str] = []
    for sheet in (*schema.kinds.values(), *schema.relations.values()):
        faults += _sheet_faults(sheet)
        for column in (*sheet.columns, *sheet.fields):
            faults += (f"{sheet.caption}.{column.caption}: {fault}" for fault in _column_faults(column, sheet, schema))
    for kind in schema.kinds.values():
        faults += (f"{kind.caption}: {fault}" for fault in _kind_faults(kind, schema))
    faults += (f"label {x} is used twice" for x in _repeated(k.label for k in schema.kinds.values()))
    faults += (f"{n}: nothing makes this edge" for n, r in schema.relations.items() if not r.ends)
    if faults:
        raise SchemaFault(faults)


def _captions(sheet: Sheet) -> set[str]:
    return {c.caption for c in (*sheet.columns, *sheet.fields)} | {"县市区"}


def _repeated(words: Iterable[str]) -> list[str]:
    return sorted(word for word, times in Counter(words).items() if times > 1)


def _sheet_faults(sheet: Sheet) -> Iterator[str]:
    captions = _captions(sheet)
    yield from (f"{sheet.caption}: key {k} is no column" for k in sheet.key if k not in captions)
    words = (w for c in sheet.by_caption.values() for w in (c.caption, *c.synonyms))
    yield from (f"{sheet.caption}: {w} means two columns" for w in _repeated(words))


def _kind_faults(kind: Kind, schema: Schema) -> Iterator[str]:
    branch = kind.looks.branch or BranchLook()
    if kind.steps and kind.steps not in kind.by_caption:
        yield f"steps are dated by {kind.steps}, which is no column"
    if kind.review == "compared" and "aliases" not in {c.field for c in kind.fields}:
        yield "names that may be one need a column with the field aliases"
    if branch.holder and branch.holder not in schema.relations:
        yield f"shows: unknown relation {branch.holder}"
    yield from (f"shows: {fact} is no column" for fact in branch.facts if fact not in kind.by_caption)
    masked = {c.caption for c in kind.columns if c.masked}
    yield from (f"shows: {fact} is masked" for fact in branch.facts if fact in masked)


def _column_faults(column: Column, sheet: Sheet, schema: Schema) -> Iterator[str]:
    if not is_type(column.type):
        yield f"unknown type {column.type}"
    if column.field and not _IDENTIFIER.match(column.field):
        yield f"field {column.field} is no identifier"
    yield from (f"unknown kind {t}" for t in column.to if t not in schema.kinds)
    relations = (column.relation, *(e.relation for e in column.edges))
    yield from (f"unknown relation {r}" for r in relations if r and r not in schema.relations)
    yield from (
        f"meanings of {word}, which is no word"
        for word, _ in column.meanings
        if column.words and word not in column.words
    )
    if column.within and column.within not in _captions(sheet):
        yield f"within {column.within} is no column"
