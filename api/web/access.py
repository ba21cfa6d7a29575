"""Who may ask: this machine, with this start's token. Checks are dependencies, never path middleware."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request, Response

from api.home.session import Session
from api.web.errors import Forbidden, Unauthorized

COOKIE = "lianpu"
LOCAL_NAMES = frozenset({"127.0.0.1", "localhost", "[::1]"})


@dataclass(frozen=True, slots=True)
class Access:
    """The tokens of this start."""

    token: str
    command_token: str


# Checks are quick and asynchronous: a plain function would wait for a thread of the pool.


async def session(request: Request) -> Session:
    """The open home."""
    opened: Session = request.app.state.session
    return opened


async def same_site(request: Request) -> None:
    """Only pages of this very server may ask in the user's name, and no other name may point here.

    Cookies know no ports: a page of another local port sends ours, so that its origin must be ours in full.
    """
    host = request.headers.get("host", "")
    if host.rsplit(":", 1)[0] not in LOCAL_NAMES:
        raise Forbidden("主机名不是本机")
    ours = (f"{request.url.scheme}://{host}", *(["null"] if request.method == "GET" else []))
    if request.headers.get("origin", ours[0]) not in ours:
        raise Forbidden("请求来自别的网站")


def _offered(request: Request) -> list[str]:
    bearer = request.headers.get("authorization", "")
    return [
        request.query_params.get("token", ""),
        request.cookies.get(cookie_name(request), ""),
        request.headers.get("x-lianpu-token", ""),
        bearer.removeprefix("Bearer ").strip(),
    ]


def cookie_name(request: Request) -> str:
    """Cookies know no ports: two servers on one machine need two names."""
    return f"{COOKIE}-{request.url.port or 80}"


def _is(token: str, offered: list[str]) -> bool:
    return any(hmac.compare_digest(token.encode(), o.encode()) for o in offered if o)


async def allowed(request: Request, response: Response) -> None:
    """Let in whoever has this start's token; a token in the URL becomes a cookie."""
    await same_site(request)
    access: Access = request.app.state.access
    offered = _offered(request)
    if not (_is(access.token, offered) or _is(access.command_token, offered[3:])):
        raise Unauthorized


async def allowed_command(request: Request) -> None:
    """Commands may write files anywhere the user can: only the reader of `run.json` may send them."""
    await same_site(request)
    access: Access = request.app.state.access
    if not _is(access.command_token, _offered(request)[3:]):
        raise Unauthorized


OpenSession = Annotated[Session, Depends(session)]
