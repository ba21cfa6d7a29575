"""What stands in a cell of a result: nodes, relations and paths by the captions that people use."""

from __future__ import annotations

from typing import Any

from graph.schema.kinds import Kind, Schema
from graph.text import digits

PACKED = ("records", "extras")  # what the store packs beside the properties


class Cells:
    """Values of an engine as values of a document."""

    def __init__(self, schema: Schema) -> None:
        self._kinds = {kind.label: kind for kind in schema.kinds.values()}
        self._relations = schema.relations

    def cell(self, value: Any) -> Any:
        """A value; whole nodes, relations and paths become documents."""
        if isinstance(value, list):
            return [self.cell(item) for item in value]
        if not isinstance(value, dict):
            return value
        if value.keys() == {"label", "values"}:
            return self._node(value["label"], value["values"])
        if value.keys() == {"relation", "values"}:
            return self._relation(value["relation"], value["values"])
        return {key: self.cell(item) for key, item in value.items()}

    def _node(self, label: str, values: dict[str, Any]) -> dict[str, Any]:
        kind = self._kinds.get(label)
        ident = str(values.get("id") or "")
        if kind is None:
            return {"kind": label, "id": ident, "name": str(values.get("name") or ident), "values": values}
        name = values.get("name") or values.get(_name_field(kind)) or ident
        shown = {c.caption: v for c in kind.fields if (v := values.get(c.field or "")) is not None}
        return {"kind": kind.caption, "id": ident, "name": str(name), "values": shown}

    def _relation(self, name: str, values: dict[str, Any]) -> dict[str, Any]:
        relation = self._relations.get(name)
        columns = relation.fields if relation else ()
        shown = {c.caption: v for c in columns if (v := values.get(c.field or "")) is not None}
        return {"relation": name, "caption": relation.caption if relation else name, "values": shown}


def _name_field(kind: Kind) -> str:
    column = kind.name_column
    return (column.field if column else None) or "name"


def text_of(value: Any) -> str:
    """A cell in words.

    >>> text_of([1.0, True, {"kind": "企业", "id": "a", "name": "示例厂"}]), text_of(None)
    ('1、是、示例厂', '')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return digits(round(value, 6))
    if isinstance(value, list):
        return "、".join(map(text_of, value))
    if isinstance(value, dict):
        return _object_text(value)
    return str(value)


def _object_text(value: dict[str, Any]) -> str:
    if "nodes" in value and "relations" in value:
        nodes = [text_of(node) for node in value["nodes"]]
        joints = [f" —{text_of(relation)}— " for relation in value["relations"]]
        return "".join(part for pair in zip(nodes, [*joints, ""], strict=False) for part in pair)
    for key in ("name", "caption"):
        if key in value:
            return str(value[key])
    return "；".join(f"{key}：{text_of(item)}" for key, item in value.items())
