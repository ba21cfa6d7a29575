"""Commands about what the home holds."""

from __future__ import annotations

from typing import Any

from api.commands import requests
from api.commands.result import Result, found
from api.home.session import Session
from graph.answers import batches as answers


def status(session: Session, request: requests.StatusRequest) -> Result[Any]:
    """`lianpu status`."""
    return Result(answers.status(session.city_in_step()))


def batches(session: Session, request: requests.BatchesRequest) -> Result[Any]:
    """`lianpu batches`."""
    document = answers.batches(session.city_in_step())
    return found(document, document["batches"])
