"""Commands about the plan."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from api.commands import plan_requests
from api.commands.plan_files import meeting_drawing, target_book_drawing, zero_book_drawing
from api.commands.result import Result, found
from api.home.session import Session
from graph.answers.matching import meeting as fair
from graph.answers.plan import leads as board
from graph.answers.plan import progress as lights
from graph.answers.plan import tasks as work
from graph.answers.plan import zero as lists
from graph.answers.plan.leads import LeadsWanted


def progress(session: Session, request: plan_requests.ProgressFileRequest) -> Result[Any]:
    """`lianpu progress`; with `output` also 指标台账.xlsx."""
    with session.state_as_of(request.as_of) as state:
        document = lights.progress(state, request.plan, request.county, request.chain, request.at)
    if request.output:
        session.draw(target_book_drawing(document), Path(request.output))
        document["file"] = request.output
    return found(document, document["targets"])


def leads(session: Session, request: plan_requests.LeadsRequest) -> Result[Any]:
    """`lianpu leads`."""
    with session.state_as_of(request.as_of) as state:
        r = request
        document = board.leads(state, LeadsWanted(r.county, r.chain, r.owner, r.stage, r.stale))
    return found(document, document["leads"])


def zero(session: Session, request: plan_requests.ZeroFileRequest) -> Result[Any]:
    """`lianpu zero`; with `output` also 清零清单.xlsx."""
    with session.state_as_of(request.as_of) as state:
        document = lists.zero(state, request.county, request.year)
    if request.output:
        session.draw(zero_book_drawing(document), Path(request.output))
        document["file"] = request.output
    return found(document, document["lists"])


def ladder(session: Session, request: plan_requests.LadderRequest) -> Result[Any]:
    """`lianpu ladder`."""
    with session.state_as_of(request.as_of) as state:
        document = lists.ladder(state, request.county)
    return found(document, document["firms"])


def tasks(session: Session, request: plan_requests.TasksRequest) -> Result[Any]:
    """`lianpu tasks`."""
    with session.state_as_of(request.as_of) as state:
        document = work.tasks(state, request.county, request.at)
    return found(document, document["tasks"])


def meeting(session: Session, request: plan_requests.MeetingRequest) -> Result[Any]:
    """`lianpu meeting`; with `output` also its list as a file. Raises Unknown and Ambiguous."""
    with session.reading() as state:
        document = fair.meeting(state, request.event)
    if request.output:
        session.draw(meeting_drawing(session, document), Path(request.output))
        document["file"] = request.output
    return found(document, document["rows"])
