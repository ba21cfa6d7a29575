"""Commands about the plan."""

from __future__ import annotations

from typing import Any

from api.commands import requests
from api.commands.result import Result, found
from api.home.session import Session
from graph.answers.plan import progress as lights


def progress(session: Session, request: requests.ProgressRequest) -> Result[Any]:
    """`lianpu progress`."""
    with session.state_as_of(request.as_of) as state:
        document = lights.progress(state, request.plan, request.county, request.chain, request.at)
    return found(document, document["targets"])
