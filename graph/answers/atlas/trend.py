"""A chain year by year: what its firms' annual reports come to, counted by the measures that count them everywhere."""

from __future__ import annotations

from datetime import date

from graph.answers.chains import view_of
from graph.answers.documents.atlas import TrendDocument, TrendYearDocument
from graph.answers.plan.progress import plan_facts, sources_of
from graph.answers.state import State
from graph.measures.measure import REPORT, measure_called
from graph.measures.of_chain import count_of_chain
from graph.measures.value import Value, Window
from graph.queries.chain_view import Chain

YEARS = 10  # the last so many


def trend(state: State, chain: Chain) -> TrendDocument:
    """The years of a chain that have reports."""
    reports = plan_facts(state).values.reports(chain.id)
    years = sorted(reports)[-YEARS:]
    firms = measure_called("企业数")
    filed = [firms.of] if firms and state.reader.count(firms.of) else []
    growth = _value(state, "产值增幅", chain, years[-1], years[-2]) if len(years) > 1 else None
    return {
        "years": [_year(state, chain, year) for year in years],
        "local": count_of_chain(firms, view_of(state, chain), filed) if firms else None,
        "growth": growth.value if growth else None,
        "growth_of": list(growth.covers) if growth and growth.covers else None,
        "sources": sources_of(state, [r for year in years for e in reports[year] for r in e.records]),
    }


def _year(state: State, chain: Chain, year: int) -> TrendYearDocument:
    scale, output, research = (_value(state, m, chain, year) for m in ("规上企业数", "产值", "研发费用"))
    return {
        "year": year,
        "firms": len({e.firm for e in plan_facts(state).values.reports(chain.id)[year]}),
        "scale": int(scale.value or 0) if scale else 0,
        "scale_blank": scale.blank if scale else 0,
        "output": output.value if output else None,
        "output_of": len(output.entries) if output else 0,
        "research": research.value if research else None,
        "research_of": len(research.entries) if research else 0,
    }


def _value(state: State, caption: str, chain: Chain, year: int, base: int | None = None) -> Value | None:
    """A measure of the reports of one year alone."""
    measure = measure_called(caption)
    if measure is None or measure.of != REPORT:
        return None
    window = Window(date(year, 12, 31), year, only=year, base=base, alone=True)
    return plan_facts(state).values.value(measure, chain.id, window)
