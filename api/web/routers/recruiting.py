"""The page for investment promotion: whom to call for which gap, what would change, scenarios kept and compared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import BeforeValidator, Field

from api.commands import requests
from api.commands.recruiting import candidates, scenarios, whatif
from api.commands.requests import NAME
from api.commands.table import COMMANDS
from api.home.session import Session
from api.web.access import OpenSession, allowed
from api.web.forms import Form, Lists
from api.web.render import link
from api.web.routers.pages import chosen_chain, moved_chain, page
from graph.answers.documents.plan import LeadDocument
from graph.answers.lookup import find_chain
from graph.answers.plan.leads import leads_on
from graph.answers.scenarios import choices
from graph.errors import LianpuError

LISTS = ("add", "remove", "stop", "survey")
router = APIRouter(dependencies=[Depends(allowed)], include_in_schema=False)


class RecruitingPage(requests.FiltersRequest, requests.SupposedRequest):
    """What stands in the address of the page: filters, supposed changes, and one landing in parts."""

    top: Annotated[int, requests.named("几家", "每个环节最多几家", ge=1, le=100)] = 3
    scale: Annotated[float | None, BeforeValidator(lambda text: text or None)] = Field(None, ge=0)  # "" is none
    land_firm: Annotated[str | None, requests.named("落地企业", "企业", max_length=NAME)] = None
    land_segment: Annotated[str | None, requests.named("落地环节", "环节", max_length=NAME)] = None
    land_output: Annotated[str | None, requests.named("产值", "产值（万元）", max_length=NAME)] = None

    def changes(self) -> Lists:
        """The supposed changes; a landing with one part missing is said to be no change."""
        lists = {n: [v.strip() for v in getattr(self, n) if v.strip()] for n in LISTS}
        if self.land_firm or self.land_segment:
            output = f":{self.land_output}" if self.land_output else ""
            lists["add"].append(f"{self.land_firm or ''}@{self.land_segment or ''}{output}")
        return lists

    def filters(self) -> dict[str, Any]:
        """What narrows the candidates; an empty field is none."""
        return {n: getattr(self, n) or None for n in ("segment", "province", "product", "scale")}


@router.get("/recruiting")
def recruiting(request: Request, session: OpenSession, asked: Annotated[RecruitingPage, Query()]) -> Response:
    """Survey first, then gaps with candidates, then what-if and scenarios."""
    if elsewhere := moved_chain(request, session, asked):
        return elsewhere
    chains, chosen = chosen_chain(session, asked.chain, asked.county)
    if chosen is None:
        return page(request, session, "recruiting.html", chains=chains, chosen=None)
    chain, filters, changes = chosen["chain_id"], asked.filters(), asked.changes()
    effect, fault = _supposed(session, chain, changes)
    with session.reading() as state:
        offered, followed = choices(state, chain), leads_on(state)
    return page(
        request,
        session,
        "recruiting.html",
        chains=chains,
        chosen=chosen,
        chain=chain,
        found=candidates(session, requests.CandidatesRequest(chain=chain, top=asked.top, **filters)).document,
        filters=filters,
        top=asked.top,
        changes=changes,
        effect=effect,
        fault=fault,
        choices=offered,
        leads=followed,
        leads_of=_by_segment(followed),
        without=_without,
        scenarios=scenarios(session, requests.ScenariosRequest(chain=chain)).document["scenarios"],
    )


def _by_segment(followed: Mapping[tuple[str, str], LeadDocument]) -> dict[str, list[LeadDocument]]:
    """The leads of each segment, each once."""
    of: dict[str, dict[str, LeadDocument]] = defaultdict(dict)
    for (segment, _), lead in followed.items():
        of[segment][lead["id"]] = lead
    return {segment: list(some.values()) for segment, some in of.items()}


@router.get("/targets")
def targets(request: Request) -> RedirectResponse:
    """Where the page stood before: bookmarks go on working."""
    return RedirectResponse(f"/recruiting?{request.url.query}".rstrip("?"), 308)


def _supposed(session: Session, chain: str, lists: Lists) -> tuple[Any, LianpuError | None]:
    """What the changes would do; what is wrong with them is said beside the form, and the page stays."""
    if not any(lists.values()):
        return None, None
    try:
        return whatif(session, _what_if(chain, lists)).document, None
    except LianpuError as error:
        return None, error


def _what_if(chain: str, lists: Lists, save: str | None = None) -> Any:
    """The request that a form makes. Raises Usage."""
    return COMMANDS["whatif"].read({"chain": chain, "save": save, **lists})


def _without(lists: Lists, name: str, place: int) -> Lists:
    """The changes with one of them taken off."""
    return {n: [v for i, v in enumerate(some) if (n, i) != (name, place)] for n, some in lists.items()}


@router.post("/recruiting/scenarios")
def save(session: OpenSession, form: Form) -> RedirectResponse:
    """Keep the changes of the form under a name, and go back to the page."""
    with session.reading() as state:
        chain = find_chain(state, _one(form, "chain"))
    lists = {n: [v for v in form.get(n, []) if v.strip()] for n in LISTS}
    # Kept by name: what a person reads in the file, and what the command line writes there.
    whatif(session, _what_if(f"{chain.county}/{chain.name}", lists, _one(form, "name")))
    return _back(chain.id)


@router.post("/recruiting/scenarios/drop")
def drop(session: OpenSession, form: Form) -> RedirectResponse:
    """Forget a scenario."""
    scenarios(session, requests.ScenariosRequest(drop=_one(form, "name")))
    return _back(_one(form, "chain"))


def _one(form: Lists, name: str) -> str:
    return form.get(name, [""])[0].strip()[:200]


def _back(chain: str) -> RedirectResponse:
    return RedirectResponse(link("/recruiting", chain=chain) + "#scenarios", 303)
