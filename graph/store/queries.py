"""The text of query files: an engine's own where it has one, slots filled with names of the schema."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from graph.schema.kinds import Kind, Relation
from graph.store.rows import edge_columns, node_columns


@cache
def query_text(name: str, engine: str, folder: str = "read") -> str:
    """The text of a query file; an engine's own file of the same name wins."""
    root = files("cypher")
    own = root / engine / f"{name}.cypher"
    text = (own if own.is_file() else root / folder / f"{name}.cypher").read_text("utf-8")
    return "\n".join(line for line in text.splitlines() if not line.startswith("//")).strip()


def fill(template: str, **names: str) -> str:
    """Put schema names (never values) into the <<slots>> of a query file."""
    for slot, name in names.items():
        template = template.replace(f"<<{slot}>>", name)
    return template


def node_returns(kind: Kind) -> str:
    """The RETURN items of every property of a node `n`."""
    return ", ".join(f"n.{name} AS {name}" for name, _ in node_columns(kind))


def edge_returns(relation: Relation) -> str:
    """The RETURN items of every property of an edge `r`."""
    return ", ".join(f"r.{name} AS {name}" for name, _ in edge_columns(relation))
