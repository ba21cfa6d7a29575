"""What pages with forms share: the fields as sent, what was typed with its faults, the batch just saved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends, Query, Request
from pydantic import BeforeValidator

from api.home.filing import FieldFault
from graph.answers.state import Document, State

Lists = dict[str, list[str]]
Batch = Annotated[int | None, Query(ge=1, le=2**53)]
MOST_NUMBER = 2**53  # of a row
MOST_BACK = 2000  # characters of the address of a page to go back to; a longer one is none
Back = Annotated[str | None, BeforeValidator(lambda path: path if path and len(path) <= MOST_BACK else None)]


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed into one of the forms, with what is wrong with it."""

    sheet: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    faults: Mapping[tuple[str, str], FieldFault] = field(default_factory=dict)  # by key of the row and caption

    def value(self, sheet: str, name: str, otherwise: str = "") -> str:
        """What stands in a field."""
        return self.fields.get(name, "") if sheet == self.sheet else otherwise

    def fault(self, sheet: str, key: str, caption: str) -> FieldFault | None:
        """What is wrong with a field."""
        return self.faults.get((key, caption)) if sheet == self.sheet else None


def waits_of(state: State, batch: int | None) -> list[Document]:
    """What a batch left waiting for a name."""
    waiting = state.waiting() if batch else []
    sources = state.city.sources([w["record"] for w in waiting])
    return [w for w in waiting if sources[w["record"]]["batch"] == batch]


async def _form(request: Request) -> Lists:
    """The fields of a submitted form that are filled in."""
    form = await request.form()
    return {n: filled for n in form if (filled := [v for v in form.getlist(n) if isinstance(v, str) and v])}


Form = Annotated[Lists, Depends(_form)]


def local(path: str | None) -> str:
    """A page of ours to go back to; empty for anything else.

    >>> local("/chain?chain=x"), local("//other.example/"), local("https://other.example/"), local("/\\\\other.example")
    ('/chain?chain=x', '', '', '')
    """
    plain = (path or "").replace("\\", "/") if len(path or "") <= MOST_BACK else ""
    return plain if plain.startswith("/") and not plain.startswith("//") and plain.isprintable() else ""
