"""Commands that change the ledger or carry it elsewhere: load, map, undo, decide, export, rebuild."""

from __future__ import annotations

import time
from datetime import date
from functools import partial
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from api.commands import requests
from api.commands.errors import OneName
from api.commands.result import DONE, PARTLY, Result, found
from api.home.drawing import Draw
from api.home.session import Session
from graph.answers.documents.ledger import StatusChangeDocument
from graph.bulk import free, no_collection
from graph.city.city import DEMO_MARK, City, city_at
from graph.city.export import export_graph
from graph.store.compare import Tally
from graph.text import norm
from ingest.load.pipeline import Incoming, LoadOptions, add
from ingest.load.report import LoadReport
from ingest.load.tables import Progress
from ingest.mapping.file import open_mapping, with_answers
from ingest.mapping.proposal_file import proposal_text, propose_files
from ingest.readers.base import RawRow, RawSheet
from ingest.workbooks.export import export_tables, write_export
from ingest.workbooks.marked import write_marked
from viz.report.sheets import writing

MAPPINGS = "mappings"  # the folder of the home that keeps confirmed mappings


def load_files(session: Session, request: requests.LoadRequest, progress: Progress | None = None) -> Result[Any]:
    """`lianpu load`. Rejected rows are written to a workbook with the offending cells marked."""
    with no_collection():  # until all that it was made of has gone: one walk over it stops every answer for a second
        result, things = _loaded(session, request, progress)
        free(things)
    return result


def _loaded(
    session: Session, request: requests.LoadRequest, progress: Progress | None
) -> tuple[Result[Any], list[Any]]:
    """The result of a load, and all that it was made of."""
    schema = session.city.schema
    mapping = open_mapping(request.mapping, schema) if request.mapping else None
    if request.answers:
        mapping = with_answers(mapping, request.answers, schema)
    r, kept = request, session.home / MAPPINGS
    options = LoadOptions(r.dry_run, r.replace, r.yes, r.format, mapping=mapping, kept=kept)
    incoming = Incoming(session.city.schema, [Path(p) for p in request.paths], options, progress)
    statuses: list[StatusChangeDocument] = []
    edits: list[dict[str, Any]] = []
    if incoming.maps:
        from api.home.map_edits import take_maps  # drawings load only where there is one

        with session.reading() as state:
            edits = take_maps(state, incoming, r.yes)

    def preview(city: City) -> LoadReport:
        from graph.answers.statuses import status_changes  # the analysis loads only where something is analysed

        previewed = incoming.preview(city)
        with session.reading() as state:
            statuses[:] = status_changes(state, previewed.outcome)
        return previewed

    if r.dry_run:
        report = session.previewed(preview)
    else:
        with session.writing() as city:
            report = incoming.load(city)
    document = report.document()
    if incoming.maps:
        document["edits"] = edits
    if r.dry_run:
        document["statuses"] = statuses
    if report.rejected:
        marked = Path(request.marked) if request.marked else _marked(session, report)
        write_marked(marked, report.rejected)
        document["marked"] = str(marked)
    failed = report.rows.rejected or any(f.level == "error" for f in report.findings)
    return Result(document, PARTLY if failed else DONE), report.outcome.things()


def _marked(session: Session, report: LoadReport) -> Path:
    """Where the rejected rows of a load are written unless somebody says so."""
    folder = session.home / "findings"
    folder.mkdir(exist_ok=True)
    return folder / (f"批次{report.batch}_待改正.xlsx" if report.batch else "待改正.xlsx")


def map_files(session: Session, request: requests.MapRequest) -> Result[Any]:
    """`lianpu map`: a proposed mapping for tables in somebody's own format; nothing is loaded."""
    with session.snapshot() as city:
        proposals, findings = propose_files(city, [Path(p) for p in request.paths])
    document = {
        "file": request.output,
        "tables": [p.document() for p in proposals],
        "findings": [f.document() for f in findings],
    }
    if request.output and proposals:
        output = Path(request.output)
        output.write_text(proposal_text(proposals, output.stem, session.city.schema), "utf-8")
    return Result(document, DONE if proposals and not findings else PARTLY)


def undo(session: Session, request: requests.UndoRequest) -> Result[Any]:
    """`lianpu undo`. Raises UnknownBatch."""
    with session.writing() as city:
        outcome = city.undo(request.batch)

    def counted(tallies: dict[str, Tally]) -> dict[str, dict[str, int]]:
        return {k: t.document() for k, t in tallies.items() if t.added or t.changed or t.removed}

    return Result({"batch": request.batch, "nodes": counted(outcome.nodes), "edges": counted(outcome.edges)})


def decide(session: Session, request: requests.DecideRequest) -> Result[Any]:
    """`lianpu decide`: one row of the sheet 决定, as a batch of its own. Raises OneName and BadRow."""
    if norm(request.name) == norm(request.other):
        raise OneName(request.name)
    row = {
        "决定": request.verdict,
        "类别": request.kind,
        "名称": request.name,
        "对象": request.other,
        "理由": request.reason,
        "决定人": request.by or session.settings.user,
        "决定时间": date.today(),
    }
    rows = [RawRow(1, [*row]), RawRow(2, [*row.values()])]
    with session.writing() as city:
        document = add(city, [RawSheet("决定", iter(rows))], "待核对").document()
    return Result({k: document[k] for k in ("batch", "nodes", "edges", "waiting", "findings")})


def export(session: Session, request: requests.ExportRequest) -> Result[Any]:
    """`lianpu export`: the visible rows in the template format, or the graph for another program."""
    with session.snapshot() as city:
        if request.format != "template":
            with writing(request.path):
                return Result(export_graph(city, Path(request.path), request.format))
        tables = export_tables(city.ledger.records(), city.schema)
    with writing(request.path):
        written = session.draw(partial(write_export, tables=tables), Path(request.path))
    rows = {name: len(table.rows) for name, table in tables.items()}
    return found({"files": [str(p) for p in written], "rows": rows}, rows)


def export_drawing(session: Session) -> Draw[list[Path]]:
    """What draws the workbook of all visible rows."""
    with session.snapshot() as city:
        return partial(write_export, tables=export_tables(city.ledger.records(), city.schema))


def rebuild(session: Session, request: requests.RebuildRequest) -> Result[Any]:
    """`lianpu rebuild`: the graph anew from the ledger; with `graph` the one at that URL, and the home's own stays."""
    start = time.perf_counter()
    with session.writing() as own, city_at(own, request.graph) as city:
        city.updates.forget()
        city.rebuild()
        nodes, edges = city.store.counts()
        document = {
            "graph": city.store.url,
            "nodes": nodes,
            "edges": edges,
            "hash": city.hash(),
            "in_step": city.in_step(),
        }
    return Result({**document, "seconds": round(time.perf_counter() - start, 2)})


def load_demo(session: Session, progress: Progress | None = None) -> Result[Any]:
    """The example data into this home; a second time nothing changes."""
    (session.home / DEMO_MARK).touch()
    session.city.demo = True
    with as_file(files("examples")) as folder:
        paths = [str(p) for p in sorted(folder.iterdir()) if p.is_dir() and not p.name.startswith(("_", "."))]
        return load_files(session, requests.LoadRequest(paths=tuple(paths)), progress)
