"""Named queries and those that analysts write: asked of the store, answered with captions."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graph.answers.documents.workbench.queries import (
    NamedQueryDocument,
    QueryColumnDocument,
    QueryDocument,
    QueryParameterDocument,
)
from graph.answers.lookup import find_kind, find_node
from graph.answers.state import State
from graph.answers.workbench.cells import Cells
from graph.projection.identity import is_id
from graph.queries.named.query import NamedQuery, QueryColumn, named_queries, named_query
from graph.schema.kinds import Schema
from graph.store.cypher.apart import Answered, QueryLimits
from graph.store.protocol import GraphStore

Values = dict[str, str | int | float | None]


@dataclass(frozen=True, slots=True)
class NamedQuestion:
    """A named query, what people gave for its parameters, and what is bound to them."""

    query: NamedQuery
    values: Values
    bound: Values


def ask_cypher(
    store: GraphStore, schema: Schema, text: str, parameters: Mapping[str, Any], limits: QueryLimits
) -> QueryDocument:
    """What a query of an analyst answers. Raises CypherRefused and the other errors of queries."""
    start = time.perf_counter()
    answered = store.ask(text, parameters, limits)
    cells = Cells(schema)
    rows = [[cells.cell(value) for value in row] for row in answered.rows]
    columns: list[QueryColumnDocument] = [{"caption": name, "unit": None, "about": ""} for name in answered.columns]
    return _document(None, parameters, columns, rows, answered, start)


def ask_named(store: GraphStore, asked: NamedQuestion, limits: QueryLimits) -> QueryDocument:
    """What a named query answers. Raises the errors of queries."""
    start = time.perf_counter()
    query = asked.query
    answered = store.ask(query.text, asked.bound, limits)
    rows = [_row(query, row) for row in answered.rows]
    return _document(query.name, asked.values, list(map(_column, query.columns)), rows, answered, start)


def question(state: State, name: str, given: Mapping[str, str | int | float | None]) -> NamedQuestion:
    """A named query with its values, the names of nodes resolved. Raises UnknownQuery, BadParameter, Unknown, Ambiguous."""
    query = named_query(name)
    values = query.values(given)
    bound = dict(values)
    for parameter in query.parameters:
        value = values[parameter.name]
        if parameter.of and value is not None:
            node = find_node(state, find_kind(state, parameter.of), str(value))
            bound[parameter.name] = node[parameter.by]
            values[parameter.name] = value if not is_id(str(value)) else str(node.get("name") or value)
    return NamedQuestion(query, values, bound)


def list_queries() -> QueryDocument:
    """The named queries that there are."""
    queries = [named_document(query) for query in named_queries().values()]
    return {
        "query": None, "parameters": {}, "columns": [], "rows": [], "n": 0, "more": False, "hints": [], "seconds": 0.0,
        "queries": queries,
    }  # fmt: skip


def named_document(query: NamedQuery) -> NamedQueryDocument:
    """A named query as a document."""
    parameters: list[QueryParameterDocument] = [
        {
            "name": p.name, "caption": p.caption, "type": p.type, "required": p.required, "default": p.default,
            "choices": list(p.choices), "of": p.of, "help": p.help,
        }
        for p in query.parameters
    ]  # fmt: skip
    return {
        "query": query.name,
        "group": query.group,
        "about": query.about,
        "parameters": parameters,
        "columns": list(map(_column, query.columns)),
        "cypher": query.text,
    }


def _column(column: QueryColumn) -> QueryColumnDocument:
    return {"caption": column.caption, "unit": column.unit, "about": column.about}


def _row(query: NamedQuery, row: list[Any]) -> list[Any]:
    """The cells of a row; a name and the id after it become one node."""
    values = iter(row)
    cells: list[Any] = []
    for column in query.columns:
        value = next(values)
        if column.kind:
            ident = next(values)
            value = None if ident is None else {"kind": column.kind, "id": ident, "name": value or ident}
        cells.append(value)
    return cells


def _document(
    query: str | None,
    parameters: Mapping[str, Any],
    columns: list[QueryColumnDocument],
    rows: list[list[Any]],
    answered: Answered,
    start: float,
) -> QueryDocument:
    return {
        "query": query,
        "parameters": dict(parameters),
        "columns": columns,
        "rows": rows,
        "n": len(rows),
        "more": answered.more,
        "hints": list(answered.hints),
        "seconds": round(time.perf_counter() - start, 2),
        "queries": [],
    }
