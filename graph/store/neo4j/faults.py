"""What the driver raises, in words for a person. No text of the driver or the server is passed on."""

from __future__ import annotations

from neo4j import exceptions

from graph.errors import (
    GraphFailed,
    GraphFault,
    GraphLogin,
    GraphLost,
    GraphMemory,
    GraphMissing,
    GraphReadOnly,
    GraphTooOld,
    GraphTooSlow,
    GraphUnreachable,
)
from graph.store.neo4j.address import Address

REFUSALS = {
    "Forbidden": "没有权限",
    "CredentialsExpired": "初始密码必须先改掉",
    "AuthenticationRateLimit": "连续输错，被暂时拒绝",
}
AWAY = (exceptions.ServiceUnavailable, exceptions.SessionExpired, exceptions.ConnectionPoolError)


def error_of(error: exceptions.GqlError, at: Address, reached: bool) -> GraphFault:
    """Our error for one of the driver's; `reached` says that the server has answered before."""
    url = at.shown
    code = getattr(error, "code", None) or ""
    title = code.rpartition(".")[2]
    if _is_too_old(error):
        return GraphTooOld(url)
    if "Security" in code:
        return GraphLogin(url, REFUSALS.get(title, "用户名或密码不对"))
    if title == "DatabaseNotFound":
        return GraphMissing(at.database, url)
    if "ReadOnly" in title or title in ("NotALeader", "AccessMode"):
        return GraphReadOnly(url)
    if isinstance(error, exceptions.WriteServiceUnavailable):
        return GraphReadOnly(url)
    if "OutOfMemory" in title or "MemoryLimit" in title:
        return GraphMemory(url)
    if "TimedOut" in title or "Timeout" in title:
        return GraphTooSlow(url)
    if isinstance(error, AWAY) or title in ("DatabaseUnavailable", "DatabaseIsShuttingDown"):
        return GraphLost(url) if reached else GraphUnreachable(url)
    return GraphFailed(code or type(error).__name__)


def _is_too_old(error: BaseException | None) -> bool:
    if isinstance(error, BaseExceptionGroup):
        return any(map(_is_too_old, error.exceptions))
    return error is not None and (
        isinstance(error, exceptions.UnsupportedServerProduct) or _is_too_old(error.__cause__)
    )
