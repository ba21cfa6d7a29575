"""The block `shows` of a kind's file: how the kind appears in chain map, mind map, report and lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from graph.looks import BranchLook, CardLook, CountLook, ListColumn, ListLook, Looks
from graph.schema.kinds import Column

Block = Mapping[str, Any]


def parse_looks(raw: Block, columns: Sequence[Column], order: int) -> Looks:
    """How a kind looks, from its document. Raises KeyError for a column that it does not have.

    >>> parse_looks({"kind": "示例", "icon": "◇", "color": "#333333", "shows": {"card": {"key": "samples"}}}, (), 9).card
    CardLook(key='samples', count='')
    """
    shows: Block = raw.get("shows", {})
    by_caption = {c.caption: c for c in columns}
    return Looks(
        kind=raw["kind"],
        icon=raw["icon"],
        color=raw["color"],
        rank=shows.get("rank", order),
        carried=shows.get("carried", False),
        answered=shows.get("answered", False),
        asked=shows.get("asked", False),
        card=CardLook(**shows["card"]) if "card" in shows else None,
        branch=_branch(shows["branch"]) if "branch" in shows else None,
        section=_list(shows["section"], by_caption, order) if "section" in shows else None,
        annex=_list(shows["annex"], by_caption, order) if "annex" in shows else None,
        summary=CountLook(**shows["summary"]) if "summary" in shows else None,
    )


def _branch(block: Block) -> BranchLook:
    return BranchLook(**{**block, "facts": tuple(block.get("facts", ()))})


def _list(block: Block, columns: Mapping[str, Column], order: int) -> ListLook:
    listed = tuple(_list_column(c, columns) for c in block["columns"])
    return ListLook(block["title"], block.get("order", order), listed)


def _list_column(entry: str | Mapping[str, str], columns: Mapping[str, Column]) -> ListColumn:
    """A caption, or a header of its own over a caption: `专长: 关键技术`."""
    header, caption = (entry, entry) if isinstance(entry, str) else next(iter(entry.items()))
    column = columns[caption]
    if column.field:
        return ListColumn(header, value=caption)
    if column.value_type.awards:
        return ListColumn(header, relation="AWARDED_TO", back=True)
    return ListColumn(header, relation=column.edges[0].relation, of_chain=column.to == ("环节",))
