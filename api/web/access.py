"""Who may ask: this machine, with this start's token. Checks are dependencies, never path middleware."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from api.home.session import Session
from api.web.errors import Forbidden, Unauthorized, Unproven

COOKIE = "lianpu"
CSRF, CSRF_HEADER = "csrf", "x-lianpu-csrf"  # the field of a form, and the header of a script
HARMLESS = frozenset({"GET", "HEAD", "OPTIONS"})
LOCAL_NAMES = frozenset({"127.0.0.1", "localhost", "[::1]"})


@dataclass(frozen=True, slots=True)
class Access:
    """The tokens of this start."""

    token: str
    command_token: str

    @property
    def csrf(self) -> str:
        """What forms of our pages carry: made from the token that the cookie holds, which no page can read.

        >>> Access("a", "c").csrf == Access("a", "d").csrf != Access("b", "c").csrf
        True
        """
        return hmac.new(self.token.encode(), CSRF.encode(), "sha256").hexdigest()


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


def _of_browser(request: Request) -> list[str]:
    """What a browser sends by itself, whoever made it ask."""
    return [request.query_params.get("token", ""), request.cookies.get(cookie_name(request), "")]


def _of_program(request: Request) -> list[str]:
    """What only our own pages and programs can send: another site's page cannot set a header."""
    return [request.headers.get("x-lianpu-token", ""), _bearer(request)]


def _bearer(request: Request) -> str:
    return request.headers.get("authorization", "").removeprefix("Bearer ").strip()


def cookie_name(request: Request) -> str:
    """Cookies know no ports: two servers on one machine need two names."""
    return f"{COOKIE}-{request.url.port or 80}"


def _is(token: str, *offered: str) -> bool:
    return any(hmac.compare_digest(token.encode(), o.encode()) for o in offered if o)


async def allowed(request: Request) -> None:
    """Let in whoever has this start's token; who changes something with a cookie shows the word of our forms, too.

    A token in the URL becomes a cookie.
    """
    await same_site(request)
    access: Access = request.app.state.access
    if _is(access.token, *_of_program(request)) or _is(access.command_token, _bearer(request)):
        return
    if not _is(access.token, *_of_browser(request)):
        raise Unauthorized
    if request.method not in HARMLESS and not _is(access.csrf, await _word(request)):
        raise Unproven


async def _word(request: Request) -> str:
    """The word that a form or a script sent along."""
    return request.headers.get(CSRF_HEADER) or str((await request.form()).get(CSRF, ""))


async def allowed_command(request: Request) -> None:
    """Commands may write files anywhere the user can: only the reader of `run.json` may send them."""
    await same_site(request)
    access: Access = request.app.state.access
    if not _is(access.command_token, _bearer(request)):
        raise Unauthorized


OpenSession = Annotated[Session, Depends(session)]
