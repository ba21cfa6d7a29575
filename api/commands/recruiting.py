"""Commands that advise: cuts, what-if with its scenarios, candidates, results that answer needs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from api.commands import requests
from api.commands.errors import Usage
from api.commands.result import Result, found
from api.home.drawing import Draw
from api.home.scenarios import Scenarios, SupposedChanges
from api.home.session import Session
from graph.answers import cuts as cut_answers
from graph.answers import matching, recruiting
from graph.answers import scenarios as supposed
from graph.answers.matching.registered import NEED, RESULT
from graph.answers.plan.leads import leads_on
from graph.answers.recruiting import Wanted
from graph.errors import LianpuError
from ingest.match_table import read_table


def cuts(session: Session, request: requests.CutsRequest) -> Result[Any]:
    """`lianpu cuts`."""
    with session.reading() as state:
        document = cut_answers.cuts(state, request.chain, request.county, request.order)
    return found(document, document["cuts"])


def whatif(session: Session, request: requests.WhatIfRequest) -> Result[Any]:
    """`lianpu whatif`. Saved scenarios come first, the other changes on top; `save` keeps all."""
    r = request
    changes, kept = SupposedChanges(r.chain, r.county, r.add, r.remove, r.stop, r.survey), Scenarios(session.home)
    for name in reversed(request.scenario):
        changes = kept.named(name) + changes
    with session.reading() as state:
        effect = supposed.whatif(state, **changes.arguments())
    if request.save is not None:
        kept.save(request.save, changes)
    return Result({"scenario": request.save, **effect})


def scenarios(session: Session, request: requests.ScenariosRequest) -> Result[Any]:
    """`lianpu scenarios`: every saved scenario with what it would change, side by side."""
    kept = Scenarios(session.home)
    if request.drop:
        kept.drop(request.drop)
    rows: list[dict[str, Any]] = []
    with session.reading() as state:
        for name, changes in kept.all().items():
            try:
                effect = supposed.whatif(state, **changes.arguments())
            except LianpuError as fault:  # a scenario may name what an undo has taken away
                rows.append({"name": name, "error": fault.message, **changes.document()})
                continue
            if request.chain in (None, effect["chain_id"], effect["chain"], f"{effect['county']}/{effect['chain']}"):
                rows.append({"name": name, **changes.document(), **_summary(effect)})
    return found({"scenarios": rows}, rows)


def _summary(effect: Any) -> dict[str, Any]:
    """What a what-if comes to, in a row."""
    counted = ("changed", "restored", "stopped", "cuts_gained", "cuts_lost")
    return {
        **{k: effect[k] for k in ("county", "chain", "counties")},
        **{k: len(effect[k]) for k in counted},
        "statuses": dict(Counter(s["caption"] for s in effect["after"])),
    }


def candidates(session: Session, request: requests.CandidatesRequest) -> Result[Any]:
    """`lianpu candidates`; with `output` also 招商对接清单.xlsx."""
    r = request
    wanted = Wanted(r.segment, r.top, r.province, r.product, r.scale)
    with session.reading() as state:
        document = recruiting.candidates(state, r.chain, r.county, wanted)
    if request.output:
        session.draw(candidates_drawing(session, document), Path(request.output))
        document["file"] = request.output
    return found(document, document["candidates"], document["to_survey"])


def candidates_drawing(session: Session, document: Mapping[str, Any]) -> Draw[None]:
    """What draws the list of whom to call, with what is known of the leads that go on."""
    from viz.report.candidates import write_candidates

    with session.reading() as state:
        followed = leads_on(state)
    return partial(write_candidates, document, leads=followed)


def match(session: Session, request: requests.MatchRequest) -> Result[Any]:
    """`lianpu match`. Raises Usage, NothingRead, Unknown and Ambiguous."""
    if len(request.paths) == 1:
        raise Usage("缺少成果文件", "写两个文件：lianpu match 需求.csv 成果.csv；都不写则对接台账里的需求和成果")
    if request.paths and (request.chain or request.county):
        raise Usage("两份文件对接时不能选产业链或县", "去掉 --chain、--county，或去掉两个文件")
    if request.paths:
        kinds = session.city.schema.kinds
        needs, results = (read_table(Path(p), kinds[k]) for p, k in zip(request.paths, (NEED, RESULT), strict=True))
        document = matching.of_tables(needs.things, results.things, request.top, [*needs.notes, *results.notes])
    else:
        with session.reading() as state:
            document = matching.matching(state, request.chain, request.county, request.top)
    return found(document, document["matches"])
