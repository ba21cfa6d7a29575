"""The requests about what changed between two moments."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator

from api.commands.errors import BadMoment
from api.commands.requests import FILE, PATH, TO, Flags, OfChainRequest, Request, named
from graph.answers.workbench.moments import parse_moment
from graph.ledger.moment import When


def moment_in(text: Any) -> Any:
    """The moment of a request, as it was typed; None is now. Raises BadMoment and UnknownBatch."""
    try:
        return parse_moment(text) if isinstance(text, str) else text
    except ValueError as error:
        raise BadMoment(text) from error


MOMENT = "日期（2025-05-31、2025-05）或批次号"
Since = Annotated[
    When | None,
    BeforeValidator(moment_in),
    named("从", f"从什么时候：{MOMENT}；不写为上一个批次之前"),
    Flags(("--from",)),
]
Until = Annotated[
    When | None, BeforeValidator(moment_in), named("到", f"到什么时候：{MOMENT}；不写为现在"), Flags(("--to",))
]
At = Annotated[When | None, BeforeValidator(moment_in), named("按什么时候", f"按什么时候看：{MOMENT}；不写为现在")]


class AtRequest(Request):
    """As of when. Raises BadMoment and UnknownBatch."""

    at: At = None


class ChangesRequest(OfChainRequest):
    """What changed. Raises BadMoment and UnknownBatch."""

    since: Since = None
    until: Until = None


class ChangesFileRequest(ChangesRequest):
    """`lianpu changes`, which also writes a workbook. Raises BadMoment and UnknownBatch."""

    output: Annotated[str | None, named("输出", "变化.xlsx", max_length=PATH), FILE, TO] = None
