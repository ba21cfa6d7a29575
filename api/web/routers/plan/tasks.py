"""任务: the tasks of the plan along the time, and how far each is."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import HTMLResponse

from api.commands import requests
from api.commands.plan_requests import At
from api.home.session import Session
from api.web.access import OpenSession, allowed
from api.web.kept import kept
from api.web.routers.pages import page
from graph.answers.plan.filing import county_name
from graph.answers.plan.progress import plan_facts
from graph.answers.plan.tasks import tasks
from graph.text import norm
from viz.plan.timeline import MOST, look_of_task, timeline

router = APIRouter(dependencies=[Depends(allowed)], include_in_schema=False)


class TasksPage(requests.Request):
    """What stands in the address: county, plan, how far, and the day."""

    county: requests.County = None
    plan: Annotated[str | None, requests.named("计划", "只看一份计划", max_length=requests.NAME)] = None
    progress: Annotated[str | None, requests.named("进展", "只看这种进展的", max_length=requests.NAME)] = None
    at: At = None


@router.get("/tasks")
def work(request: Request, session: OpenSession, asked: Annotated[TasksPage, Query()]) -> Response:
    """The timeline and the table of tasks. Raises Unknown, Ambiguous and BadDate."""
    return kept(request, session, asked, lambda: _tasks(request, session, asked))


def _tasks(request: Request, session: Session, asked: TasksPage) -> HTMLResponse:
    with session.reading() as state:
        county = county_name(state, asked.county) if asked.county else None
        day: date = asked.at or state.today
        document = tasks(state, county, day)
        chosen = [
            t
            for t in document["tasks"]
            if (not asked.plan or norm(t["plan"] or "") == norm(asked.plan))
            and (not asked.progress or asked.progress == look_of_task(t).caption)
        ]
        return page(
            request,
            session,
            "tasks.html",
            document=document,
            tasks=chosen,
            drawing=timeline(chosen, document["at"]),
            most=MOST,
            look=look_of_task,
            counties=sorted({c.county for c in state.chains()}),
            plans=[p.name for p in plan_facts(state).records.plans],
            county=county,
            asked=asked,
        )
