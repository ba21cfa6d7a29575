"""Counties on a map, and side by side."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from api.commands.result import Result, found
from api.commands.workbench.region_requests import (
    CompareFileRequest,
    CompareRequest,
    RegionsFileRequest,
    RegionsRequest,
)
from api.home.drawing import Draw
from api.home.session import Session
from graph.answers.documents.workbench.comparing import ComparisonDocument
from graph.answers.documents.workbench.regions import RegionsDocument
from graph.answers.workbench.comparing import compare as compared
from graph.answers.workbench.regions import regions as mapped


def regions(session: Session, request: RegionsFileRequest) -> Result[Any]:
    """`lianpu regions`; with `output` also the map or its table. Raises Unknown, UnknownFormat and NotWritable."""
    document = region_figures(session, request)
    if request.output:
        session.draw(regions_drawing(session, document, Path(request.output).suffix), Path(request.output))
    return found({**document, "file": request.output}, document["counties"])


def region_figures(session: Session, request: RegionsRequest) -> RegionsDocument:
    """The counties by one figure. Raises Unknown."""
    with session.state_as_of(request.as_of) as state:
        return mapped(state, request.by)


def regions_drawing(session: Session, document: RegionsDocument, suffix: str, flows: str = "") -> Draw[int]:
    """What draws the map, or writes its table."""
    from viz.regionmap.book import write_regions_book
    from viz.regionmap.drawing import write_region_map
    from viz.theme import demo_notice

    if suffix.lower() == ".xlsx":
        return partial(write_regions_book, document=document)
    notice = demo_notice([c["county"] for c in document["counties"]]) if session.city.demo else ""
    return partial(write_region_map, document=document, notice=notice, flows=flows)


def compare(session: Session, request: CompareFileRequest) -> Result[Any]:
    """`lianpu compare`; with `output` also the table or the chart. Raises Unknown, Ambiguous and NotWritable."""
    document = side_by_side(session, request)
    if request.output:
        session.draw(compare_drawing(document, Path(request.output).suffix), Path(request.output))
    return found({**document, "file": request.output}, document["subjects"])


def side_by_side(session: Session, request: CompareRequest) -> ComparisonDocument:
    """Counties and chains side by side. Raises Unknown and Ambiguous."""
    with session.state_as_of(request.as_of) as state:
        return compared(state, request.subject, request.of or None, request.group)


def compare_drawing(document: ComparisonDocument, suffix: str) -> Draw[int]:
    """What writes the table, or draws the chart of a county against its peers."""
    from viz.regionmap.compare_book import write_compare_book
    from viz.regionmap.quadrants import write_quadrants

    if suffix.lower() == ".xlsx" or document["standing"] is None:
        return partial(write_compare_book, document=document)
    return partial(write_quadrants, standing=document["standing"])
