"""Files of the plan: 指标台账, 清零清单, 督查通报, 实施方案（初稿）."""

from __future__ import annotations

import time
from functools import partial
from typing import Any

from api.commands.plan_requests import BulletinOfRequest, BulletinRequest, DraftOfRequest, PlanDraftRequest
from api.commands.result import Result, written
from api.home.drawing import Draw
from api.home.papers import HomePapers
from api.home.session import Session
from graph.answers.documents.pairing import MeetingDocument
from graph.answers.documents.plan import ProgressDocument, ZeroDocument
from graph.answers.plan.draft import draft_facts
from graph.answers.plan.papers import bulletin_facts


def target_book_drawing(document: ProgressDocument) -> Draw[None]:
    """What draws 指标台账."""
    from viz.plan.target_book import write_target_book

    return partial(write_target_book, progress=document)


def zero_book_drawing(document: ZeroDocument) -> Draw[None]:
    """What draws 清零清单."""
    from viz.plan.zero_book import write_zero_book

    return partial(write_zero_book, zero=document)


def meeting_drawing(session: Session, document: MeetingDocument) -> Draw[int]:
    """What draws the list of an event."""
    from viz.plan.meeting import write_meeting
    from viz.theme import demo_notice

    notice = demo_notice([document["county"] or ""]) if session.city.demo else ""
    styles = HomePapers(session.home).settings().of(document["county"]).styles
    return partial(write_meeting, meeting=document, notice=notice, styles=styles)


def bulletin(session: Session, request: BulletinRequest) -> Result[Any]:
    """`lianpu bulletin`."""
    start = time.perf_counter()
    return written(session, bulletin_drawing(session, request), request.output, start)


def bulletin_drawing(session: Session, asked: BulletinOfRequest) -> Draw[int]:
    """What draws 督查通报."""
    from viz.plan.bulletin import write_bulletin

    with session.state_as_of(asked.as_of) as state:
        facts = bulletin_facts(state, asked.plan, asked.at)
    return partial(write_bulletin, facts=facts, settings=HomePapers(session.home).settings())


def plan_draft(session: Session, request: PlanDraftRequest) -> Result[Any]:
    """`lianpu plan draft`."""
    start = time.perf_counter()
    return written(session, draft_drawing(session, request), request.output, start)


def draft_drawing(session: Session, asked: DraftOfRequest) -> Draw[int]:
    """What draws 实施方案（初稿）."""
    from viz.plan.draft import write_draft

    with session.state_as_of(asked.as_of) as state:
        facts = draft_facts(state, asked.county, asked.at)
    return partial(write_draft, facts=facts, settings=HomePapers(session.home).settings())
