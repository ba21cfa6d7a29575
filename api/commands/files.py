"""Commands that write files of a chain: template, needs list, mind map, report, or all of them."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from api.commands import map_requests, requests
from api.commands.result import Result, found, written
from api.home.drawing import Draw
from api.home.papers import HomePapers
from api.home.session import Session
from graph.answers import recruiting
from graph.answers.atlas.facts import atlas_facts
from graph.answers.chains import view_chain, view_of
from graph.answers.lookup import find_chain, find_county
from graph.answers.matching import matching
from graph.answers.papers.region import region_facts
from graph.answers.papers.report import report_facts
from graph.answers.papers.snapshot import snapshot
from graph.answers.state import State
from graph.files import file_name
from graph.ledger.moment import When
from graph.model import ChainView
from graph.queries.chain_view import Chain
from ingest.workbooks.survey import write_survey
from ingest.workbooks.template import write_template
from viz.atlas.atlas import write_atlas
from viz.chainmap.drawing import write_chainmap
from viz.chainmap.folding import OnScreen
from viz.mindmap.write import png_path, sheet_count, write_mindmap
from viz.publish.page import Published, write_snapshot
from viz.regions.report import write_region_report
from viz.report.deliver import deliver
from viz.report.needs import NeedsOrder, NeedsSummary, write_needs
from viz.report.sheets import writing
from viz.report.word import write_report


def template(session: Session, request: requests.TemplateRequest) -> Result[Any]:
    """`lianpu template`: an empty workbook, or one prefilled with a chain's segments; `survey` = 企业调查表."""
    name, draw = template_drawing(session, request)
    path = Path(request.folder) / name
    with writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        session.draw(draw, path)
    return Result({"files": [str(path)]})


def template_drawing(session: Session, request: requests.TemplateRequest) -> tuple[str, Draw[None]]:
    """The name of a template, and what draws it."""
    view = None
    if request.chain:
        with session.reading() as state:
            view = view_chain(state, request.chain, request.county)
    name, write = ("企业调查表", write_survey) if request.survey else ("链谱模板", write_template)
    file = f"{name}{f'_{file_name(view.chain)}' if view else ''}.xlsx"
    return file, partial(write, schema=session.city.schema, view=view)


def _chains(state: State, named: Sequence[str], county: str | None) -> list[Chain]:
    """The chains that are named, else all of the county, else all."""
    if named:
        return [find_chain(state, c, county) for c in named]
    within = find_county(state, county) if county else None
    return [c for c in state.chains() if within in (None, c.county)]


def needs(session: Session, request: requests.NeedsRequest) -> Result[Any]:
    """`lianpu needs`."""
    summary = session.draw(needs_drawing(session, request.chain, request.county), Path(request.output))
    document = {
        "file": str(summary.file),
        "common": summary.common,
        "key": summary.key,
        "missing": summary.missing,
    }
    return found(document, summary.common, summary.key)


def needs_drawing(session: Session, chain: str | None, county: str | None) -> Draw[NeedsSummary]:
    """What draws the needs list of a chain, of a county, or of all."""
    with session.reading() as state:
        views = [view_of(state, c) for c in _chains(state, [chain] if chain else [], county)]
        order = _order(session, state, views, chain, county)
    return partial(write_needs, views, order=order)


def _order(
    session: Session, state: State, views: Sequence[ChainView], chain: str | None, county: str | None
) -> NeedsOrder:
    """How the office writes, the county's own where all is of one county; and what may answer the needs."""
    counties = {view.county for view in views}
    settings = HomePapers(session.home).settings().of(counties.pop() if len(counties) == 1 else None)
    return NeedsOrder(settings, matching(state, chain, county))


def mindmap(session: Session, request: map_requests.MindmapRequest) -> Result[Any]:
    """`lianpu mindmap`."""
    start = time.perf_counter()
    asked = map_requests.MindmapOfRequest(**request.model_dump(exclude={"output"}))
    done, path = written(session, mindmap_drawing(session, asked), request.output, start), Path(request.output)
    if path.suffix.lower() == ".png" and (sheets := mindmap_sheets(session, asked)) > 1:
        done.document["files"] = [str(png_path(path, number)) for number in range(1, sheets + 1)]
    return done


def mindmap_drawing(session: Session, asked: map_requests.MindmapOfRequest) -> Draw[int]:
    """What draws the mind map, or a part of it."""
    with session.reading() as state:
        view = view_chain(state, asked.chain, asked.county)
        plan = recruiting.candidates(state, asked.chain, asked.county)
    return partial(write_mindmap, view, plan=plan, depth=asked.depth, branch=asked.branch)


def mindmap_sheets(session: Session, asked: map_requests.MindmapOfRequest) -> int:
    """How many sheets it takes on paper. Raises NoBranch."""
    with session.reading() as state:
        view = view_chain(state, asked.chain, asked.county)
        plan = recruiting.candidates(state, asked.chain, asked.county)
    return sheet_count(view, plan, asked.depth, asked.branch)


def chainmap_drawing(
    session: Session, chain: str, county: str | None, screen: OnScreen | None = None, at: When | None = None
) -> Draw[int]:
    """What draws the chain map, or what of it is on screen, now or as of another time."""
    with session.state_as_of(at) as state:
        return partial(write_chainmap, view_chain(state, chain, county), screen=screen)


def report(session: Session, request: requests.ReportRequest) -> Result[Any]:
    """`lianpu report`."""
    start = time.perf_counter()
    draw = report_drawing(session, request.chain, request.county, request.as_of)
    return written(session, draw, request.output, start)


def report_drawing(session: Session, chain: str | None, county: str | None, as_of: date | None = None) -> Draw[int]:
    """What draws the report of a chain, else of a county, else of the whole city, as of a day (None = now)."""
    settings = HomePapers(session.home).settings()
    with session.state_as_of(as_of) as state:
        if chain:
            facts = report_facts(state, find_chain(state, chain, county))
            return partial(write_report, facts, settings=settings)
        return partial(write_region_report, region_facts(state, county), settings=settings)


def atlas(session: Session, request: requests.AtlasRequest) -> Result[Any]:
    """`lianpu atlas`."""
    start = time.perf_counter()
    draw = atlas_drawing(session, request.chain, request.county, request.as_of)
    return written(session, draw, request.output, start)


def atlas_drawing(session: Session, chain: str, county: str | None, as_of: date | None = None) -> Draw[int]:
    """What draws 六图六清单, as of a day (None = now)."""
    with session.state_as_of(as_of) as state:
        return partial(write_atlas, atlas_facts(state, chain, county))


def deliver_files(session: Session, request: requests.DeliverRequest) -> Result[Any]:
    """`lianpu deliver`: report, needs list, mind map and whom to call of every chain named in every form, and a check list."""
    with session.reading() as state:
        reports = [report_facts(state, c) for c in _chains(state, request.chains, request.county)]
        orders = [_order(session, state, [f.view], f.view.chain, f.view.county) for f in reports]
    done = session.draw(partial(deliver, reports, orders=orders), Path(request.output))
    return found({"files": [str(f) for f in done.files], "missing": list(done.missing)}, reports)


def publish(session: Session, request: requests.PublishRequest) -> Result[Any]:
    """`lianpu publish`: done in part where there is no chain to show."""
    start = time.perf_counter()
    done = session.draw(publish_drawing(session, request.counties, request.chains), Path(request.path))
    document = {
        "file": request.path,
        "bytes": done.size,
        "seconds": round(time.perf_counter() - start, 2),
        "chains": list(done.chains),
        "left_out": list(done.left_out),
    }
    return found(document, done.chains)


def publish_drawing(session: Session, counties: Sequence[str], chains: Sequence[str]) -> Draw[Published]:
    """What draws the snapshot of some counties and chains, or of all where none is named."""
    with session.reading() as state:
        facts = snapshot(state, counties, chains)
    unit = HomePapers(session.home).settings().of(facts.county).unit
    return partial(write_snapshot, snapshot=facts, unit=unit)
