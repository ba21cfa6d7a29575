"""One node with the row behind every value, and the nodes that one row speaks of."""

from __future__ import annotations

from typing import cast

from graph.answers.documents.nodes import MentionDocument, NodeDocument
from graph.answers.lookup import find_kind, find_node
from graph.answers.state import State
from graph.model import Record
from graph.queries.node_sources import show_node
from graph.schema.kinds import Column, Kind
from graph.store.rows import Row
from graph.text import norm, split

CHAIN, SEGMENT = "产业链", "环节"


def node_id(state: State, kind: str, name: str) -> str:
    """The id of what a name means. Raises Unknown and Ambiguous."""
    return str(find_node(state, find_kind(state, kind), name)["id"])


def show(state: State, kind: str, name: str) -> NodeDocument:
    """The document of `lianpu show`. Raises Unknown and Ambiguous."""
    sort = find_kind(state, kind)
    return cast(NodeDocument, show_node(state.explorer, sort, find_node(state, sort, name), state.records))


def mentioned(state: State, record: Record) -> list[MentionDocument]:
    """The nodes that the cells of a row name, in the order of its columns; a name that leaves a doubt is left out."""
    sheet = state.city.schema.sheets[record.kind]
    own = sheet.name_column if isinstance(sheet, Kind) else None
    mentions: list[MentionDocument] = []
    for column in sheet.columns:
        value = record.values.get(column.caption)
        if value is None:
            continue
        if column is own:
            rows = state.reader.nodes_called(record.kind, str(value))
            stated = [r for r in rows if record.seq in r["records"]] or rows
            mentions += _mention(column, record.kind, str(value), stated)
        for kind in column.to:
            mentions += _references(state, record, column, kind)
    return mentions


def _references(state: State, record: Record, column: Column, kind: str) -> list[MentionDocument]:
    written = str(record.values[column.caption])
    for names in ([written], split(written)):  # a name may hold a separator itself
        mentions = [_mention(column, kind, name, _within(state, record, kind, name)) for name in names]
        if any(mentions):
            return [mention for some in mentions for mention in some]
    return []


def _within(state: State, record: Record, kind: str, name: str) -> list[Row]:
    """The nodes called so; of several segments those of the chain that the row is about."""
    rows = state.reader.nodes_called(kind, name)
    if kind != SEGMENT or len(rows) == 1:
        return rows
    path = name if not rows else f"{record.values.get(CHAIN) or ''}/{name}"
    rows = rows or state.reader.nodes_called(kind, name.rpartition("/")[2])
    return [r for r in rows if norm(state.paths()[r["id"]]).endswith(norm(path))]


def _mention(column: Column, kind: str, name: str, rows: list[Row]) -> list[MentionDocument]:
    if len(rows) != 1:
        return []
    return [{"field": column.caption, "kind": kind, "name": name, "id": rows[0]["id"]}]
