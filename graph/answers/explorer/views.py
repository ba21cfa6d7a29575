"""Pictures that people keep: a name, whose it is, and the address."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import parse_qsl, urlencode

from typing_extensions import TypedDict

from graph.answers.documents.parts import Means
from graph.answers.state import State

SHEET = "视图"
PAGE = "/graph"
LONGEST = 30_000  # characters of an address
NOT_KEPT = frozenset(("token", "saved", "csrf"))  # of this start, or of this moment


class SavedViewDocument(TypedDict):
    """一个保存的画面"""

    id: Annotated[str, Means("标识")]
    name: Annotated[str, Means("名称")]
    owner: Annotated[str | None, Means("负责人")]
    note: Annotated[str | None, Means("说明")]
    address: Annotated[str, Means("地址")]


def opened(address: str) -> str:
    """The address of a picture, whatever was written: always this page of this server.

    >>> opened("/graph?start=a&token=secret"), opened("javascript:alert(1)"), opened("//elsewhere/graph?do=x&do=y")
    ('/graph?start=a', '/graph', '/graph?do=x&do=y')
    """
    fields = [(k, v) for k, v in parse_qsl(address.partition("?")[2]) if k not in NOT_KEPT]
    return f"{PAGE}?{urlencode(fields)}" if fields else PAGE


def saved_views(state: State) -> list[SavedViewDocument]:
    """All of them, by name."""
    return [
        {
            "id": n.id,
            "name": n.name,
            "owner": str(n.values["负责人"]) if n.values.get("负责人") else None,
            "note": str(n.values["说明"]) if n.values.get("说明") else None,
            "address": opened(str(n.values.get("地址") or "")),
        }
        for n in sorted(state.explorer.nodes(SHEET), key=lambda n: (n.name, n.id))
    ]
