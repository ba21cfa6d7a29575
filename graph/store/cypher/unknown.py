"""What a query names and the graph does not have."""

from __future__ import annotations

from collections.abc import Iterable

from graph.schema.kinds import Schema
from graph.store.cypher.statement import CypherStatement


def unknown_labels(statement: CypherStatement, schema: Schema) -> list[str]:
    """Labels of a statement that no kind has, sorted."""
    return sorted(statement.labels - {kind.label for kind in schema.kinds.values()})


def unknown_relations(statement: CypherStatement, schema: Schema) -> list[str]:
    """Relations of a statement that the schema does not have, sorted."""
    return sorted(statement.relations - schema.relations.keys())


def hints(statement: CypherStatement, schema: Schema) -> tuple[str, ...]:
    """What to tell whoever asked for something that is not there: it is no error, there is just nothing of it."""
    labels = {kind.label: kind.caption for kind in schema.kinds.values()}
    captions = {caption: label for label, caption in labels.items()}
    texts = [
        f"图中没有“{name}”这个类别，与它有关的部分结果为空{_meant(captions.get(name), name, labels)}"
        for name in unknown_labels(statement, schema)
    ]
    texts += [
        f"图中没有“{name}”这种关系，与它有关的部分结果为空{_meant(None, name, schema.relations)}"
        for name in unknown_relations(statement, schema)
    ]
    return tuple(texts)


def _meant(certain: str | None, name: str, names: Iterable[str]) -> str:
    meant = certain or next((n for n in names if n.lower() == name.lower()), None)
    return f"；应写 {meant}" if meant else ""
