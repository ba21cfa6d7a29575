"""Commands that write files of a chain: template, needs list, mind map, report, or all of them."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from api.commands import requests
from api.commands.result import Result, found
from api.home.session import Session
from graph.answers.chains import view_chain, view_of
from graph.answers.state import State
from graph.files import file_name
from graph.model import ChainView
from ingest.workbooks.survey import write_survey
from ingest.workbooks.template import write_template
from viz.mindmap.html import write_mindmap
from viz.report.deliver import deliver
from viz.report.needs import write_needs
from viz.report.sheets import writing
from viz.report.word import write_report


def template(session: Session, request: requests.TemplateRequest) -> Result[Any]:
    """`lianpu template`: an empty workbook, or one prefilled with a chain's segments; `survey` = 企业调查表."""
    view = None
    if request.chain:
        with session.reading() as state:
            view = view_chain(state, request.chain, request.county)
    folder = Path(request.folder)
    name = "企业调查表" if request.survey else "链谱模板"
    path = folder / f"{name}{f'_{file_name(view.chain)}' if view else ''}.xlsx"
    with writing(path):
        folder.mkdir(parents=True, exist_ok=True)
        (write_survey if request.survey else write_template)(path, session.city.schema, view)
    return Result({"files": [str(path)]})


def _views(state: State, chains: Sequence[str], county: str | None) -> list[ChainView]:
    """The chains that are named, else all of them."""
    if not chains:
        return [view_of(state, c) for c in state.chains()]
    return [view_chain(state, c, county) for c in chains]


def needs(session: Session, request: requests.NeedsRequest) -> Result[Any]:
    """`lianpu needs`."""
    with session.reading() as state:
        views = _views(state, [request.chain] if request.chain else [], request.county)
    summary = write_needs(views, Path(request.output))
    document = {
        "file": str(summary.file),
        "common": summary.common,
        "key": summary.key,
        "missing": summary.missing,
    }
    return found(document, summary.common, summary.key)


def mindmap(session: Session, request: requests.MindmapRequest) -> Result[Any]:
    """`lianpu mindmap`."""
    start = time.perf_counter()
    with session.reading() as state:
        view = view_chain(state, request.chain, request.county)
    return _written(request.output, write_mindmap(view, Path(request.output)), start)


def report(session: Session, request: requests.ReportRequest) -> Result[Any]:
    """`lianpu report`."""
    start = time.perf_counter()
    with session.state_as_of(request.as_of) as state:
        view = view_chain(state, request.chain, request.county)
    day = request.as_of or date.today()
    size = write_report(view, Path(request.output), config=session.config(), generated=day)
    return _written(request.output, size, start)


def _written(file: str, size: int, start: float) -> Result[Any]:
    return Result({"file": file, "bytes": size, "seconds": round(time.perf_counter() - start, 2)})


def deliver_files(session: Session, request: requests.DeliverRequest) -> Result[Any]:
    """`lianpu deliver`: needs list, mind map and report of every chain named, and a check list."""
    with session.reading() as state:
        views = _views(state, request.chains, request.county)
    done = deliver(views, Path(request.output), config=session.config(), generated=date.today())
    return found({"files": [str(f) for f in done.files], "missing": list(done.missing)}, views)
