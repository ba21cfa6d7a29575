"""清零清单 of each county, and the ladder of its enterprises."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from graph.answers.documents.plan import (
    ClimberDocument,
    LadderDocument,
    ZeroDocument,
    ZeroFirmDocument,
    ZeroListDocument,
)
from graph.answers.lookup import find_node
from graph.answers.plan.progress import plan_facts, sources_of
from graph.answers.state import State
from graph.measures.entry import WHOLE, Entry
from graph.measures.honours import bare_honour
from graph.measures.measure import HONOURS, Measure, load_measures
from graph.measures.value import Values, Window
from graph.plan.ladder import Climber, climbers, load_rungs
from graph.plan.zero import Listed, ZeroList, zero_lists

REGION, HONOUR = "县市区", "资质认定"


def counties_of(state: State, county: str | None) -> list[tuple[str, str]]:
    """The counties that have chains or firms (id, name), by name; the one that is asked for alone. Raises Unknown and
    Ambiguous."""
    if county:
        row = find_node(state, state.city.schema.kinds[REGION], county)
        return [(str(row["id"]), str(row["name"]))]
    names = {r["id"]: str(r["name"]) for r in state.reader.nodes(REGION)}
    counties = {e["target"] for e in state.reader.edges("LOCATED_IN", "产业链", REGION)}
    wide = {e["target"] for e in state.reader.edges("PART_OF", REGION, REGION)}
    for firm in plan_facts(state).values.entries("企业", WHOLE):
        line = [r for r in firm.subjects if r in names]  # its own region first
        if line and line[0] not in wide and counties.isdisjoint(line):
            counties.add(line[0])
    return sorted(((i, names[i]) for i in counties), key=lambda pair: pair[1])


def zero(state: State, county: str | None = None, year: int | None = None) -> ZeroDocument:
    """The document of `lianpu zero`: three lists for each county. Raises Unknown and Ambiguous."""
    values, until, model = plan_facts(state).values, year or state.today.year, state.plan_model
    documents: list[ZeroListDocument] = []
    names = _firm_names(state)
    for ident, name in counties_of(state, county):
        lists = zero_lists(values, ident, until, model.six_least)
        documents += [_list(state, one, name, names) for one in lists if year is None or one.year == year]
    latest = max((d["year"] for d in documents), default=year)
    return {"year": latest, "lists": documents, "file": None}


def _list(state: State, one: ZeroList, county: str, names: dict[str, str]) -> ZeroListDocument:
    firms = [_firm(state, f, names) for f in one.firms]
    return {
        "list": one.measure.caption,
        "about": one.measure.about,
        "county": county,
        "year": one.year,
        "firms": firms,
        "no": sum(f["said"] == "否" for f in firms),
        "blank": sum(f["said"] is None for f in firms),
        "unknown_output": len(one.unknown),
        "unknown": [names.get(e.firm, e.name) for e in one.unknown],
    }


def _firm(state: State, listed: Listed, names: dict[str, str]) -> ZeroFirmDocument:
    records = (*listed.report.records, *(r for p in listed.platforms for r in p.records))
    return {
        "firm": names.get(listed.report.firm, listed.report.name),
        "firm_id": listed.report.firm,
        "output": listed.output,
        "said": listed.said,
        "six": dict(listed.six),
        "platforms": [p.name for p in listed.platforms],
        "evidence": sources_of(state, records),
    }


def _firm_names(state: State) -> dict[str, str]:
    return {e.id: e.name for e in plan_facts(state).entries if e.kind == "企业"}


# -- ladder ---------------------------------------------------------------------------------------


def ladder(state: State, county: str | None = None) -> LadderDocument:
    """The document of `lianpu ladder`: on which rung firms stand, and who is next. Raises Unknown and Ambiguous."""
    values = plan_facts(state).values
    documents: list[ClimberDocument] = []
    for ident, name in counties_of(state, county):
        documents += [_climber(state, c, name) for c in _of_county(values, ident, state.today)]
    documents.sort(key=lambda d: (not d["ready"], -len(d["held"]), len(d["lacking"]) + len(d["unsaid"]), d["firm"]))
    counted = {r.name: sum(r.name in d["held"] for d in documents) for r in load_rungs()}
    return {"at": state.today.isoformat(), "rungs": counted, "firms": documents}


def _of_county(values: Values, county: str, today: date) -> Iterator[Climber]:
    year = values.year(county, today.year)
    reports = values.reports(county).get(year, []) if year is not None else []
    window = Window(today, today.year)
    valid = [e for m in load_measures() if m.form == HONOURS for e in _valid(values, m, county, window)]
    known = [c for c in climbers(values.entries("企业", county), reports, valid) if c.held or c.report]
    yield from known


def _valid(values: Values, measure: Measure, county: str, window: Window) -> tuple[Entry, ...]:
    value = values.value(measure, county, window)
    wanted = {bare_honour(n) for n in measure.names}
    return tuple(e for e in value.entries if bare_honour(e.name) in wanted) if value else ()


def _climber(state: State, climber: Climber, county: str) -> ClimberDocument:
    return {
        "firm": climber.firm.name,
        "firm_id": climber.firm.id,
        "county": county,
        "held": list(climber.held),
        "next": climber.next.name if climber.next else None,
        "ready": climber.ready,
        "shown": list(climber.shown),
        "lacking": list(climber.lacking),
        "unsaid": list(climber.unsaid),
        "evidence": sources_of(state, climber.records),
    }
