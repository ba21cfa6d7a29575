"""The page for investment promotion: whom to call for which gap, what would change, scenarios kept and compared."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import parse_qs

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BeforeValidator, StringConstraints

from api.commands import commands
from api.home.session import Session
from api.web.access import OpenSession, allowed
from api.web.errors import TooLong
from api.web.render import link
from api.web.routers.pages import chosen_chain, page
from graph.answers.scenarios import choices
from graph.errors import LianpuError

Short = Annotated[str, StringConstraints(max_length=200)]
MaybeText = Annotated[str | None, Query(max_length=200)]
Texts = Annotated[list[Short] | None, Query(max_length=50)]
Amount = Annotated[float | None, Query(ge=0), BeforeValidator(lambda text: text or None)]  # an empty field is none
Lists = dict[str, list[str]]
LISTS = ("add", "remove", "stop", "survey")
FORM_BYTES = 64_000
router = APIRouter(dependencies=[Depends(allowed)], include_in_schema=False)


@router.get("/recruiting")
def recruiting(
    request: Request, session: OpenSession, chain: MaybeText = None, county: MaybeText = None,
    segment: MaybeText = None, top: Annotated[int, Query(ge=1, le=100)] = 3, province: MaybeText = None,
    product: MaybeText = None, scale: Amount = None, add: Texts = None, remove: Texts = None, stop: Texts = None,
    survey: Texts = None, land_firm: MaybeText = None, land_segment: MaybeText = None, land_output: MaybeText = None,
) -> HTMLResponse:  # fmt: skip
    """Survey first, then gaps with candidates, then what-if and scenarios."""
    chains, chosen = chosen_chain(session, chain, county)
    if chosen is None:
        return page(request, session, "recruiting.html", chains=chains, chosen=None)
    path = f"{chosen['county']}/{chosen['chain']}"
    filters = {"segment": segment or None, "province": province or None, "product": product or None, "scale": scale}
    found = commands.candidates(session, path, None, top=top, **filters).document  # type: ignore[arg-type]  # by name
    lists = {
        n: [v.strip() for v in given or () if v.strip()]
        for n, given in zip(LISTS, (add, remove, stop, survey), strict=True)
    }
    if land_firm or land_segment:  # one without the other is said to be no change
        lists["add"].append(f"{land_firm or ''}@{land_segment or ''}" + (f":{land_output}" if land_output else ""))
    effect, fault = _supposed(session, path, lists)
    with session.reading() as state:
        offered = choices(state, path)
    return page(
        request, session, "recruiting.html", chains=chains, chosen=chosen, chain=path, found=found, filters=filters, top=top,
        changes=lists, effect=effect, fault=fault, choices=offered, without=_without,
        scenarios=commands.scenarios(session, path).document["scenarios"],
    )  # fmt: skip


@router.get("/targets")
def moved(request: Request) -> RedirectResponse:
    """Where the page stood before: bookmarks go on working."""
    return RedirectResponse(f"/recruiting?{request.url.query}".rstrip("?"), 308)


def _supposed(session: Session, chain: str, lists: Lists) -> tuple[dict[str, Any] | None, LianpuError | None]:
    """What the changes would do; what is wrong with them is said beside the form, and the page stays."""
    if not any(lists.values()):
        return None, None
    try:
        return commands.whatif(session, chain, None, *_in_order(lists)).document, None
    except LianpuError as error:
        return None, error


def _without(lists: Lists, name: str, place: int) -> Lists:
    """The changes with one of them taken off."""
    return {n: [v for i, v in enumerate(some) if (n, i) != (name, place)] for n, some in lists.items()}


def _in_order(lists: Lists) -> tuple[list[str], list[str], list[str], list[str]]:
    return lists["add"], lists["remove"], lists["stop"], lists["survey"]


async def _form(request: Request) -> Lists:
    """The fields of a submitted form. Raises TooLong."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > FORM_BYTES:
            raise TooLong(FORM_BYTES)
    return parse_qs(body.decode("utf-8", "replace"))


Form = Annotated[Lists, Depends(_form)]


@router.post("/recruiting/scenarios")
def save(session: OpenSession, form: Form) -> RedirectResponse:
    """Keep the changes of the form under a name, and go back to the page."""
    chain = _one(form, "chain")
    lists = {n: [v for v in form.get(n, []) if v.strip()] for n in LISTS}
    commands.whatif(session, chain, None, *_in_order(lists), save=_one(form, "name"))
    return _back(chain)


@router.post("/recruiting/scenarios/drop")
def drop(session: OpenSession, form: Form) -> RedirectResponse:
    """Forget a scenario."""
    commands.scenarios(session, drop=_one(form, "name"))
    return _back(_one(form, "chain"))


def _one(form: Lists, name: str) -> str:
    return form.get(name, [""])[0].strip()[:200]


def _back(chain: str) -> RedirectResponse:
    return RedirectResponse(link("/recruiting", chain=chain) + "#scenarios", 303)
