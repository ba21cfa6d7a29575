"""Before somebody calls on a firm."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from api.commands.result import Result
from api.commands.workbench.visit_requests import VisitRequest
from api.home.drawing import Draw
from api.home.papers import HomePapers
from api.home.session import Session
from graph.answers.documents.workbench.visit import VisitDocument
from graph.answers.workbench.visit import visit


def brief(session: Session, request: VisitRequest) -> Result[Any]:
    """`lianpu brief`; with `output` also 拜访提纲 as a file. Raises Unknown, Ambiguous and NoSegment."""
    with session.reading() as state:
        document = visit(state, request.firm, request.segment or None)
    if request.output:
        session.draw(visit_drawing(session, document), Path(request.output))
        document["file"] = request.output
    return Result(document)


def visit_drawing(session: Session, document: VisitDocument) -> Draw[int]:
    """What draws 拜访提纲."""
    from viz.workbench.visit_paper import write_visit

    styles = HomePapers(session.home).settings().of(document["county"]).styles
    return partial(write_visit, visit=document, demo=session.city.demo, styles=styles)
