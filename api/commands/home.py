"""Commands about what the home holds, and whether everything in it is as it was written."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from api.commands import requests
from api.commands.result import DONE, PARTLY, Result, found
from api.home.session import Session
from graph.answers import batches as answers
from graph.answers.documents.check import DamageDocument
from graph.errors import LianpuError


def status(session: Session, request: requests.StatusRequest) -> Result[Any]:
    """`lianpu status`."""
    return Result(answers.status(session.city_in_step()))


def batches(session: Session, request: requests.BatchesRequest) -> Result[Any]:
    """`lianpu batches`."""
    document = answers.batches(session.city_in_step())
    return found(document, document["batches"])


def check(session: Session, request: requests.CheckRequest) -> Result[Any]:
    """`lianpu check`: done in part where something is damaged."""
    # what examines loads only where something is examined: people wait for `status`
    from api.commands.data import MAPPINGS
    from api.home.papers import HomePapers
    from api.home.scenarios import Scenarios
    from graph.answers.check import examine
    from ingest.mapping.choose import kept_mappings

    start = time.perf_counter()
    with session.writing() as city:  # nothing changes while it is read
        if request.accept:
            city.ledger.health.accept()
        document = examine(city)
    settings: tuple[tuple[str, Callable[[], object]], ...] = (
        ("config", session.config),
        ("papers", HomePapers(session.home).settings),
        ("scenarios", Scenarios(session.home).all),
        ("mappings", lambda: list(kept_mappings(session.home / MAPPINGS, session.city.schema))),
    )
    for part, read in settings:
        try:
            read()
        except LianpuError as fault:
            where, safe = fault.where or str(session.home), "台账和图库没有受影响"
            damage: DamageDocument = {
                "part": part,
                "where": where,
                "message": fault.message,
                "safe": safe,
                "hint": fault.hint,
            }
            document["damages"].append(damage)
    whole = not document["damages"]
    return Result(
        {**document, "whole": whole, "seconds": round(time.perf_counter() - start, 2)}, DONE if whole else PARTLY
    )
