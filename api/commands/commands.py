"""What each command does: open session in, document and exit code out. CLI and server share these."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from api.commands.errors import BadDate, OneName
from api.home.scenarios import Changes, Scenarios
from api.home.session import Session
from graph.answers import batches as ledger_answers
from graph.answers import cuts as cut_answers
from graph.answers import nodes, recruiting, statuses
from graph.answers import review as review_answers
from graph.answers import scenarios as scenario_answers
from graph.answers import search as search_answers
from graph.answers.chains import view_chain, view_of
from graph.answers.recruiting import Wanted
from graph.answers.state import State
from graph.city.city import DEMO_MARK, city_at
from graph.city.export import export_graph
from graph.errors import LianpuError, UnknownBatch
from graph.files import file_name
from graph.model import ChainView
from graph.store.compare import Tally
from graph.text import norm
from ingest.load.pipeline import LoadOptions, add, load
from ingest.load.tables import Progress
from ingest.mapping.file import open_mapping
from ingest.mapping.proposal_file import proposal_text, propose_files
from ingest.readers.base import RawRow, RawSheet
from ingest.workbooks.export import export_tables, write_export
from ingest.workbooks.marked import write_marked
from ingest.workbooks.survey import write_survey
from ingest.workbooks.template import write_template
from viz.mindmap.html import write_mindmap
from viz.report.candidates import write_candidates
from viz.report.deliver import deliver
from viz.report.needs import write_needs
from viz.report.word import write_report

DONE, PARTLY, FAULT = 0, 1, 2
MAPPINGS = "mappings"  # the folder of the home that keeps confirmed mappings
Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Result:
    """A document and the exit code that goes with it."""

    document: Document
    code: int = DONE


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise BadDate(str(text)) from error


def load_files(
    session: Session, paths: Sequence[str], dry_run: bool = False, format: str = "template",
    marked: str | None = None, replace: bool = False, yes: bool = False, progress: Progress | None = None,
    mapping: str | None = None,
) -> Result:  # fmt: skip
    """`lianpu load`. Rejected rows are written to a workbook with the offending cells marked."""
    read = open_mapping(mapping, session.city.schema) if mapping else None
    options = LoadOptions(dry_run, replace, yes, format, mapping=read, kept=session.home / MAPPINGS)
    with session.writing() as city:
        report = load(city, [Path(p) for p in paths], options, progress)
    document = report.document()
    if report.rejected:
        folder = session.home / "findings"
        folder.mkdir(exist_ok=True)
        name = f"批次{report.batch}_待改正.xlsx" if report.batch else "待改正.xlsx"
        target = Path(marked) if marked else folder / name
        write_marked(target, report.rejected)
        document["marked"] = str(target)
    failed = report.rows.rejected or any(f.level == "error" for f in report.findings)
    return Result(document, PARTLY if failed else DONE)


def map_files(session: Session, paths: Sequence[str], output: str | None = None) -> Result:
    """`lianpu map`: a proposed mapping for tables in somebody's own format; nothing is loaded."""
    with session.writing() as city:
        proposals, findings = propose_files(city, [Path(p) for p in paths])
    document: Document = {
        "file": output, "tables": [p.document() for p in proposals], "findings": [f.document() for f in findings],
    }  # fmt: skip
    if output and proposals:
        Path(output).write_text(proposal_text(proposals, Path(output).stem), "utf-8")
    return Result(document, DONE if proposals and not findings else PARTLY)


def undo(session: Session, batch: str) -> Result:
    """`lianpu undo`. Raises UnknownBatch."""
    if not str(batch).isdecimal() or len(str(batch)) > 15:
        raise UnknownBatch(batch)
    with session.writing() as city:
        outcome = city.undo(int(batch))

    def counted(tallies: dict[str, Tally]) -> Document:
        return {k: t.document() for k, t in tallies.items() if t.added or t.changed or t.removed}

    return Result({"batch": int(batch), "nodes": counted(outcome.nodes), "edges": counted(outcome.edges)})


def batches(session: Session) -> Result:
    """`lianpu batches`."""
    with session.reading() as state:
        document = ledger_answers.batches(state)
    return Result(document, DONE if document["batches"] else PARTLY)


def status(session: Session) -> Result:
    """`lianpu status`."""
    with session.snapshot() as city:
        return Result(ledger_answers.status(city))


def gaps(
    session: Session, county: str | None = None, chain: str | None = None, status: str | None = None,
    scope: str = "县", as_of: str | None = None,
) -> Result:  # fmt: skip
    """`lianpu gaps`."""
    with session.state_as_of(_day(as_of)) as state:
        document = statuses.gaps(state, county, chain, status, scope)
    return Result(document, DONE if document["segments"] else PARTLY)


def cuts(session: Session, chain: str, county: str | None = None, order: int = 1) -> Result:
    """`lianpu cuts`."""
    with session.reading() as state:
        document = cut_answers.cuts(state, chain, county, order)
    return Result(document, DONE if document["cuts"] else PARTLY)


def whatif(
    session: Session, chain: str | None = None, county: str | None = None, add: Sequence[str] = (),
    remove: Sequence[str] = (), stop: Sequence[str] = (), survey: Sequence[str] = (),
    scenario: Sequence[str] = (), save: str | None = None,
) -> Result:  # fmt: skip
    """`lianpu whatif`. Saved scenarios named by `scenario` come first, the other changes on top; `save` keeps all."""
    asked = Changes(chain, county, tuple(add), tuple(remove), tuple(stop), tuple(survey))
    kept = Scenarios(session.home)
    for name in reversed(scenario):
        asked = kept.named(name) + asked
    with session.reading() as state:
        document = scenario_answers.whatif(state, **asked.arguments())
    if save is not None:
        kept.save(save, asked)
    return Result({"scenario": save, **document})


def scenarios(session: Session, chain: str | None = None, drop: str | None = None) -> Result:
    """`lianpu scenarios`: every saved scenario with what it would change, side by side."""
    kept = Scenarios(session.home)
    if drop:
        kept.drop(drop)
    rows: list[Document] = []
    with session.reading() as state:
        for name, changes in kept.all().items():
            try:
                found = scenario_answers.whatif(state, **changes.arguments())
            except LianpuError as fault:  # a scenario may name what an undo has taken away
                rows.append({"name": name, "error": fault.message, **changes.document()})
                continue
            if chain in (None, found["chain"], f"{found['county']}/{found['chain']}"):
                rows.append({"name": name, **changes.document(), **summary_of(found)})
    return Result({"scenarios": rows}, DONE if rows else PARTLY)


def summary_of(found: Document) -> Document:
    """What a what-if comes to, in a row."""
    statuses = Counter(s["caption"] for s in found["after"])
    return {
        **{k: found[k] for k in ("county", "chain", "counties")},
        "changed": len(found["changed"]), "restored": len(found["restored"]), "stopped": len(found["stopped"]),
        "cuts_gained": len(found["cuts_gained"]), "cuts_lost": len(found["cuts_lost"]), "statuses": dict(statuses),
    }  # fmt: skip


def candidates(
    session: Session, chain: str, county: str | None = None, segment: str | None = None, top: int = 5,
    province: str | None = None, product: str | None = None, scale: float | None = None, output: str | None = None,
) -> Result:  # fmt: skip
    """`lianpu candidates`; with `output` also 招商对接清单.xlsx."""
    with session.reading() as state:
        document = recruiting.candidates(state, chain, county, Wanted(segment, top, province, product, scale))
    if output:
        write_candidates(document, Path(output))
        document["file"] = output
    return Result(document, DONE if document["candidates"] or document["to_survey"] else PARTLY)


def show(session: Session, kind: str, name: str) -> Result:
    """`lianpu show`."""
    with session.reading() as state:
        return Result(nodes.show(state, kind, name))


def search(session: Session, text: str) -> Result:
    """`lianpu search`."""
    with session.reading() as state:
        document = search_answers.search(state, text)
    return Result(document, DONE if document["hits"] else PARTLY)


def review(session: Session, kind: str | None = None, top: int = 100) -> Result:
    """`lianpu review`: names that may be one, firms that may be placed, and what was decided."""
    with session.reading() as state:
        document = review_answers.review(state, kind, top)
    return Result(document, DONE if document["count"]["same"] or document["count"]["placing"] else PARTLY)


def decide(
    session: Session, verdict: str, name: str, other: str, kind: str = "企业", reason: str | None = None,
    by: str | None = None,
) -> Result:  # fmt: skip
    """`lianpu decide`: one row of the sheet 决定, as a batch of its own. Raises BadRow."""
    if norm(name) == norm(other):
        raise OneName(name)
    said = {
        "决定": verdict, "类别": kind, "名称": name, "对象": other, "理由": reason,
        "决定人": by or session.settings.user, "决定时间": date.today(),
    }  # fmt: skip
    rows = [RawRow(1, [*said]), RawRow(2, [*said.values()])]
    with session.writing() as city:
        report = add(city, RawSheet("决定", iter(rows)), "待核对")
    document = report.document()
    return Result({k: document[k] for k in ("batch", "nodes", "edges", "waiting", "findings")})


def export(session: Session, path: str, format: str = "template") -> Result:
    """`lianpu export`: the visible rows in the template format, or the graph for another program."""
    if format != "template":
        with session.writing() as city:
            return Result(export_graph(city, Path(path), format))
    with session.writing() as city:
        tables = export_tables(city.ledger.records(), city.schema)
    written = write_export(Path(path), tables)
    rows = {name: len(table.rows) for name, table in tables.items()}
    return Result({"files": [str(p) for p in written], "rows": rows}, DONE if rows else PARTLY)


def template(
    session: Session, folder: str = ".", chain: str | None = None, county: str | None = None, survey: bool = False
) -> Result:
    """`lianpu template`: an empty workbook, or one prefilled with a chain's segments; `survey` = 企业调查表."""
    view = None
    if chain:
        with session.reading() as state:
            view = view_chain(state, chain, county)
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    path = target / f"{'企业调查表' if survey else '链谱模板'}{f'_{file_name(view.chain)}' if view else ''}.xlsx"
    (write_survey if survey else write_template)(path, session.city.schema, view)
    return Result({"files": [str(path)]})


def _views(state: State, chains: Sequence[str] | None, county: str | None = None) -> list[ChainView]:
    if not chains:
        return [view_of(state, c) for c in state.chains()]
    return [view_chain(state, c, county) for c in chains]


def needs(session: Session, output: str, chain: str | None = None, county: str | None = None) -> Result:
    """`lianpu needs`."""
    with session.reading() as state:
        views = _views(state, [chain] if chain else None, county)
    summary = write_needs(views, Path(output))
    document = {
        "file": str(summary.file), "common": summary.common, "key": summary.key, "missing": summary.missing,
    }  # fmt: skip
    return Result(document, DONE if summary.common or summary.key else PARTLY)


def mindmap(session: Session, chain: str, output: str, county: str | None = None) -> Result:
    """`lianpu mindmap`."""
    start = time.perf_counter()
    with session.reading() as state:
        view = view_chain(state, chain, county)
    size = write_mindmap(view, Path(output))
    return Result({"file": output, "bytes": size, "seconds": round(time.perf_counter() - start, 2)})


def report(session: Session, chain: str, output: str, county: str | None = None, as_of: str | None = None) -> Result:
    """`lianpu report`."""
    start = time.perf_counter()
    day = _day(as_of)
    with session.state_as_of(day) as state:
        view = view_chain(state, chain, county)
    size = write_report(view, Path(output), config=session.config(), generated=day or date.today())
    return Result({"file": output, "bytes": size, "seconds": round(time.perf_counter() - start, 2)})


def deliver_files(
    session: Session, output: str, chains: Sequence[str] | None = None, county: str | None = None
) -> Result:
    """`lianpu deliver`: needs list, mind map and report of every chain named, and a check list."""
    with session.reading() as state:
        views = _views(state, chains, county)
    done = deliver(views, Path(output), config=session.config(), generated=date.today())
    return Result({"files": [str(f) for f in done.files], "missing": list(done.missing)}, DONE if views else PARTLY)


def rebuild(session: Session, graph: str | None = None) -> Result:
    """`lianpu rebuild`: the graph anew from the ledger; with `graph` the one at that URL, and the home's own stays."""
    start = time.perf_counter()
    with session.writing() as own, city_at(own, graph) as city:
        city.rebuild()
        nodes, edges = city.store.counts()
        document = {
            "graph": city.store.url, "nodes": nodes, "edges": edges, "hash": city.hash(), "in_step": city.in_step(),
        }  # fmt: skip
    return Result({**document, "seconds": round(time.perf_counter() - start, 2)})


def load_demo(session: Session, progress: Progress | None = None) -> Result:
    """The example data into this home; a second time nothing changes."""
    (session.home / DEMO_MARK).touch()
    session.city.demo = True
    with as_file(files("examples")) as folder:
        paths = [str(p) for p in sorted(folder.iterdir()) if p.is_dir() and not p.name.startswith(("_", "."))]
        return load_files(session, paths, progress=progress)


COMMANDS: dict[str, Callable[..., Result]] = {
    "cuts": cuts, "whatif": whatif, "scenarios": scenarios, "candidates": candidates,
    "load": load_files, "map": map_files, "undo": undo, "batches": batches, "status": status, "gaps": gaps, "show": show,
    "search": search, "export": export, "template": template, "needs": needs, "mindmap": mindmap,
    "report": report, "deliver": deliver_files, "rebuild": rebuild, "review": review, "decide": decide,
}  # fmt: skip
