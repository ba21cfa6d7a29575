"""What the commands answer has the shape that the types of documents say, and no key beside."""

from __future__ import annotations

import importlib
import pkgutil
from contextlib import suppress
from pathlib import Path

import orjson
import pytest
from builders import BASICS, FIRMS, write_book
from pydantic import TypeAdapter, ValidationError
from serving import ask
from typing_extensions import is_typeddict

import graph.answers.documents as room
from api.commands.data import load_demo
from api.commands.docs import page
from api.commands.table import COMMANDS
from api.home.session import open_session
from api.home.settings import load_settings
from graph.answers.batches import batch, row
from graph.answers.documents import files, gaps, ledger, matching, nodes, pairing, plan_text, recruiting
from graph.answers.lookup import find_chain
from graph.answers.matching.library import library
from graph.answers.matching.pairings import pairings
from graph.errors import Ambiguous, NothingRead

EXAMPLES = Path(__file__).parents[3] / "examples"
CHAIN = "示例县/示例锯床产业链"


@pytest.fixture(scope="module")
def session(tmp_path_factory):
    home = tmp_path_factory.mktemp("documents") / "home"
    with open_session(load_settings(str(home))) as made:
        load_demo(made)
        yield made


@pytest.fixture(scope="module")
def exact():
    """Says whether a document fits a type; every typed document forbids other keys."""
    modules = [importlib.import_module(m.name) for m in pkgutil.iter_modules(room.__path__, f"{room.__name__}.")]
    types = {t for m in modules for t in vars(m).values() if is_typeddict(t)}
    for found in types:
        found.__pydantic_config__ = {"extra": "forbid"}
    yield lambda kind, document: TypeAdapter(kind).validate_json(orjson.dumps(document), strict=True)
    for found in types:
        del found.__pydantic_config__


def test_gaps_cuts_what_if_scenarios_and_candidates_are_of_their_types(session, exact):
    exact(gaps.GapsDocument, ask(session, "gaps").document)
    exact(gaps.GapsDocument, ask(session, "gaps", as_of="2000-01-01").document)
    for chain in (CHAIN, "缙云机械装备产业链", "青田智控阀门产业链"):
        exact(recruiting.CutsDocument, ask(session, "cuts", chain=chain).document)
        exact(recruiting.CandidatesDocument, ask(session, "candidates", chain=chain).document)
        exact(matching.MatchesDocument, ask(session, "match", chain=chain).document)
    meeting = exact(pairing.MeetingDocument, ask(session, "meeting", event="示例锯床产业供需对接会").document)
    assert len(meeting["rows"]) == 2
    with session.reading() as state:
        exact(pairing.PairsDocument, pairings(state))
        exact(pairing.LibraryDocument, library(state, find_chain(state, CHAIN)))
    landing = ["示例外地带钢有限公司@示例锯带钢:1.2亿"]
    for name, value in {"add": landing, "stop": ["示例外购来源丁"], "remove": ["示例甲锯床有限公司"]}.items():
        exact(recruiting.WhatIfDocument, ask(session, "whatif", chain=CHAIN, **{name: value}, save=name).document)
    (session.home / "scenarios.json").write_bytes(
        (session.home / "scenarios.json").read_bytes().replace("示例外购来源丁".encode(), "示例不再有的来源".encode())
    )
    rows = exact(recruiting.ScenariosDocument, ask(session, "scenarios").document)["scenarios"]
    assert ["error" in r for r in rows] == [False, True, False]


def test_nodes_hits_and_the_review_are_of_their_types(session, exact):
    kinds = set()
    with session.reading() as state:
        names = [(k, n.name) for k in session.city.schema.kinds for n in state.explorer.nodes(k)[:3]]
    for kind, name in names:
        with suppress(Ambiguous):
            exact(nodes.NodeDocument, ask(session, "show", kind=kind, name=name).document)
            kinds.add(kind)
    assert len(kinds) > 15
    exact(nodes.SearchDocument, ask(session, "search", text="锯").document)
    exact(nodes.ReviewDocument, ask(session, "review").document)


def test_loads_batches_and_rows_are_of_their_types(session, exact, tmp_path):
    exact(ledger.StatusDocument, ask(session, "status").document)
    exact(ledger.BatchesDocument, ask(session, "batches").document)
    with session.reading() as state:
        exact(nodes.BatchRowsDocument, batch(state, 1, 500))
        for n in (1, 100, 1000):
            exact(nodes.LoadedRowDocument, row(state, n))
    path = write_book(tmp_path / "a.xlsx", {**BASICS, "企业": [*FIRMS, ["坏", None, None, None, "很多", None, None]]})
    exact(ledger.LoadDocument, ask(session, "load", paths=[str(path)], dry_run=True).document)
    exact(ledger.LoadDocument, ask(session, "load", paths=[str(path)]).document)
    write_book(path, {**BASICS, "企业": [[*FIRMS[0]], ["示例甲锯业有限公司", "示例县", None, None, 7, 2024, "在产"]]})
    exact(ledger.LoadDocument, ask(session, "load", paths=[str(path)], replace=True, yes=True).document)
    done = exact(
        ledger.DecideDocument,
        ask(session, "decide", verdict="不合并", name="示例甲锯业有限公司", other="示例乙机床有限公司").document,
    )
    exact(ledger.UndoDocument, ask(session, "undo", batch=str(done["batch"])).document)
    exact(ledger.MapDocument, ask(session, "map", paths=[str(path)], output=str(tmp_path / "m.yaml")).document)
    exact(ledger.RebuildDocument, ask(session, "rebuild").document)
    exact(nodes.ReviewDocument, ask(session, "review").document)


def test_a_plan_text_answers_in_its_type(session, exact, tmp_path):
    plan = tmp_path / "示例计划.txt"
    plan.write_text("（一）抓好培育。到2026年，全县高新技术企业达到20家以上。（责任单位：县科技局）", "utf-8")
    document = exact(plan_text.PlanTextDocument, ask(session, "plan read", path=str(plan)).document)
    assert [t["value"] for t in document["targets"]] == [20]
    with pytest.raises(NothingRead):
        ask(session, "plan read", path=str(tmp_path / "没有.txt"))


def test_what_writes_files_answers_in_its_type(session, exact, tmp_path):
    exact(files.NeedsDocument, ask(session, "needs", output=str(tmp_path / "n.xlsx")).document)
    exact(files.WrittenDocument, ask(session, "mindmap", chain=CHAIN, output=str(tmp_path / "m.svg")).document)
    exact(files.WrittenDocument, ask(session, "report", chain=CHAIN, output=str(tmp_path / "r.docx")).document)
    exact(files.WrittenDocument, ask(session, "report", output=str(tmp_path / "all.html")).document)
    exact(files.WrittenDocument, ask(session, "atlas", chain=CHAIN, output=str(tmp_path / "a.xlsx")).document)
    exact(files.DeliverDocument, ask(session, "deliver", output=str(tmp_path / "d"), chains=[CHAIN]).document)
    exact(files.TemplateDocument, ask(session, "template", folder=str(tmp_path)).document)
    exact(files.ExportDocument, ask(session, "export", path=str(tmp_path / "e.xlsx")).document)
    exact(files.ExportDocument, ask(session, "export", path=str(tmp_path / "g"), format="graphml").document)
    exact(files.ExportDocument, ask(session, "export", path=str(tmp_path / "n"), format="neo4j-admin").document)


def test_a_key_that_no_type_names_is_refused_at_any_depth(session, exact):
    document = ask(session, "gaps").document
    document["segments"][0]["makers"] = [{"name": "示例", "share": 1.0, "state": "在产", "new": 1}]
    with pytest.raises(ValidationError, match="new"):
        exact(gaps.GapsDocument, document)


def test_every_key_and_every_parameter_says_what_it_is():
    for command in COMMANDS.values():
        assert all(f.title and f.description for f in command.request.model_fields.values()), command.name
    keys = [line for line in page().splitlines() if line.startswith("| ") and line.count("|") == 4]
    assert len(keys) > 200
    assert [k for k in keys if k.endswith("|  |")] == []
