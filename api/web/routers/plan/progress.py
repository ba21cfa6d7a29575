"""The pages of the plan: 目标进度, a county, 清零, 企业梯队."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import HTMLResponse

from api.commands import requests
from api.commands.plan_requests import At
from api.home.session import Session
from api.web.access import OpenSession, allowed
from api.web.kept import kept
from api.web.routers.pages import page
from graph.answers.lookup import find_node
from graph.answers.plan.filing import filing_watch
from graph.answers.plan.matrix import TargetMatrix, due_text, matrix, value_text
from graph.answers.plan.policies import policies_of
from graph.answers.plan.progress import plan_facts, standings_of, target_document
from graph.answers.plan.tasks import tasks
from graph.answers.plan.zero import counties_of, ladder, zero
from graph.answers.state import State
from graph.plan.chain_targets import asked_text
from graph.plan.light import FLAGS, TargetStanding
from graph.plan.sentence import sentence
from viz.plan.timeline import timeline

CELLS = 6000  # of the matrix: beyond, the page says how many are left out
REGION = "县市区"
TEXTS: dict[str, Any] = {
    "asked_text": asked_text,
    "due_text": due_text,
    "sentence": sentence,
    "value_text": value_text,
    "flag_texts": FLAGS,
}
router = APIRouter(dependencies=[Depends(allowed)], include_in_schema=False)


class ProgressPage(requests.OfChainRequest):
    """What stands in the address of 目标进度: filters, and the target and subject of the cell that is open."""

    plan: Annotated[str | None, requests.named("计划", "只看一份计划", max_length=requests.NAME)] = None
    at: At = None
    light: Annotated[str | None, requests.named("灯", "只看有这种灯的", max_length=requests.NAME)] = None
    open: Annotated[str | None, requests.named("指标", "打开的指标", max_length=requests.NAME)] = None
    of: Annotated[str | None, requests.named("对象", "打开的指标对哪个对象", max_length=requests.NAME)] = None

    def filters(self) -> dict[str, str | None]:
        """What narrows the table, as its links carry it; an empty field is none."""
        day = self.at.isoformat() if self.at else None
        return {
            "plan": self.plan or None,
            "county": self.county or None,
            "chain": self.chain or None,
            "at": day,
            "light": self.light or None,
        }


@router.get("/progress")
def progress(request: Request, session: OpenSession, asked: Annotated[ProgressPage, Query()]) -> Response:
    """The matrix of targets and counties, and the cell that is open. Raises Unknown, Ambiguous and BadDate."""
    return kept(request, session, asked, lambda: _progress(request, session, asked))


def _progress(request: Request, session: Session, asked: ProgressPage) -> HTMLResponse:
    with session.reading() as state:
        day = asked.at or state.today
        chosen = standings_of(state, asked.plan, asked.county, asked.chain, day)
        table = matrix(chosen, _county_ids(state), CELLS, asked.light)
        opened = next(
            (s for s in chosen if asked.open == s.target.id and (asked.of or "") == s.target.subject.key), None
        )
        document = target_document(state, opened) if opened else None
        chosen_county = find_node(state, state.city.schema.kinds[REGION], asked.county)["id"] if asked.county else None
        return page(
            request,
            session,
            "progress.html",
            table=table,
            opened=opened,
            document=document,
            filters=asked.filters(),
            asked=asked,
            day=day,
            rule=state.plan_model.text,
            any_targets=bool(plan_facts(state).records.targets),
            plans=[p.name for p in plan_facts(state).records.plans],
            counties=counties_of(state, None),
            county=chosen_county,
            chains=[c.document() for c in state.chains()],
            **TEXTS,
        )


def _county_ids(state: State) -> dict[str, str]:
    return {str(r["name"]): r["id"] for r in state.reader.nodes(REGION)}


class OfCountyPage(requests.Request):
    """Which county."""

    county: requests.County = None


class ZeroPage(OfCountyPage):
    """Which county, by the annual reports of which year."""

    year: Annotated[int | None, requests.named("年份", "按哪一年的年报", ge=1900, le=2100)] = None


class CountyPage(OfCountyPage):
    """Which county, on which day."""

    at: At = None


@router.get("/county")
def county(request: Request, session: OpenSession, asked: Annotated[CountyPage, Query()]) -> Response:
    """All that the plan asks of one county: targets, tasks, lists, enterprises, policies. Raises Unknown and Ambiguous."""
    return kept(request, session, asked, lambda: _county(request, session, asked))


def _county(request: Request, session: Session, asked: CountyPage) -> HTMLResponse:
    with session.reading() as state:
        day = asked.at or state.today
        ident, name, counties = _county_of(state, asked)
        if ident is None:
            return page(request, session, "county.html", county=None, counties=counties)
        there, work = standings_of(state, None, ident, None, day), tasks(state, ident, day)
        return page(
            request,
            session,
            "county.html",
            county={"id": ident, "name": name},
            counties=counties,
            at=asked.at.isoformat() if asked.at else None,
            day=day,
            targets=sorted(there, key=_by_deadline),
            lights_here=matrix(there, {}).total,
            tasks=work,
            roadmap=timeline(work["tasks"], work["at"]),
            filings=filing_watch(state, ident, day)["periods"],
            lists=zero(state, ident)["lists"],
            ladder=ladder(state, ident),
            policies=policies_of(state, ident),
            chains=[c.document() for c in state.chains() if c.county == name],
            **TEXTS,
        )


def _county_of(state: State, asked: CountyPage) -> tuple[str | None, str, list[tuple[str, str]]]:
    """The county that is asked for, else the one with the gravest lights; and all to choose from."""
    counties = counties_of(state, None)
    if asked.county:
        row = find_node(state, state.city.schema.kinds[REGION], asked.county)
        chosen = (str(row["id"]), str(row["name"]))
        return *chosen, counties if chosen in counties else [*counties, chosen]
    names = {name: ident for ident, name in counties}
    gravest = [c for c in _matrix_of_all(state, asked).columns if c in names]
    first = next(iter([*gravest, *sorted(names)]), None)
    return (names[first], first, counties) if first else (None, "", counties)


def _matrix_of_all(state: State, asked: CountyPage) -> TargetMatrix:
    return matrix(standings_of(state, None, None, None, asked.at), {})


def _by_deadline(there: TargetStanding) -> tuple[object, ...]:
    day = there.target.deadline
    return day is None, day, there.light.gravity, there.target.subject.name, there.target.records


@router.get("/zero")
def cleared(request: Request, session: OpenSession, asked: Annotated[ZeroPage, Query()]) -> Response:
    """The three lists of each county, with what is missing of the six. Raises Unknown and Ambiguous."""

    def make() -> HTMLResponse:
        with session.reading() as state:
            document, counties = zero(state, asked.county, asked.year), counties_of(state, None)
            chosen = counties_of(state, asked.county)[0][0] if asked.county else None
        return page(request, session, "zero.html", document=document, counties=counties, county=chosen, year=asked.year)

    return kept(request, session, asked, make)


@router.get("/ladder")
def rungs(request: Request, session: OpenSession, asked: Annotated[OfCountyPage, Query()]) -> Response:
    """On which rung the enterprises stand, and who is next. Raises Unknown and Ambiguous."""

    def make() -> HTMLResponse:
        with session.reading() as state:
            document, counties = ladder(state, asked.county), counties_of(state, None)
            chosen = counties_of(state, asked.county)[0][0] if asked.county else None
        return page(request, session, "ladder.html", document=document, counties=counties, county=chosen)

    return kept(request, session, asked, make)
