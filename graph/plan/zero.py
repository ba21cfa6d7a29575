"""清零清单: the firms of each of the three lists, what is missing of the six, and who may be on them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from graph.measures.entry import Entry
from graph.measures.measure import LIST, Measure, load_measures
from graph.measures.six import SIX, six_have
from graph.measures.value import Values

PLATFORM = "平台"


@dataclass(frozen=True, slots=True)
class Listed:
    """A firm on a list: `said` is 否, or None where the column was left blank. `six` are those of its own platforms."""

    report: Entry
    output: float
    said: str | None
    six: Mapping[str, bool | None]
    platforms: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class ZeroList:
    """One list of one county. `unknown` are the firms whose output nobody states."""

    measure: Measure
    year: int
    firms: tuple[Listed, ...]
    unknown: tuple[Entry, ...]


def list_measures() -> tuple[Measure, ...]:
    """The measures that are lists.

    >>> [m.caption for m in list_measures()]
    ['亿元无机构', '五千万无活动', '五千万无机构']
    """
    return tuple(m for m in load_measures() if m.form == LIST)


def zero_lists(values: Values, county: str, until: int, six_least: Mapping[str, float]) -> Iterator[ZeroList]:
    """The lists of a county (id) in the latest year of reports no later than `until`; none where nobody reported."""
    year = values.year(county, until)
    if year is None:
        return
    reports = values.reports(county)[year]
    unknown = tuple(e for e in reports if e.values.get("产值(万元)") is None)
    hosts = _platforms(values, county)
    for measure in list_measures():
        firms = [_listed(e, measure, hosts.get(e.firm, ()), six_least) for e in reports if _is_on(e, measure)]
        yield ZeroList(measure, year, tuple(sorted(firms, key=lambda f: (-f.output, f.report.firm))), unknown)


def _is_on(report: Entry, measure: Measure) -> bool:
    """Whether a firm is on the list, or may be."""
    output = report.values.get("产值(万元)")
    large = output is not None and output >= (measure.least or 0)
    return large and report.values.get(measure.column or "") in (None, "否")


def _listed(report: Entry, measure: Measure, platforms: Sequence[Entry], least: Mapping[str, float]) -> Listed:
    haves = [six_have(p.values, least) for p in platforms]
    six = {item: _any([h[item] for h in haves]) for item in SIX}
    return Listed(
        report, float(report.values["产值(万元)"]), report.values.get(measure.column or ""), six, tuple(platforms)
    )


def _any(haves: Sequence[bool | None]) -> bool | None:
    """Whether one of a firm's platforms has it; None where nobody says."""
    if True in haves:
        return True
    return False if False in haves else None


def _platforms(values: Values, county: str) -> Mapping[str, list[Entry]]:
    """The platforms of each firm (id)."""
    hosts: dict[str, list[Entry]] = {}
    for platform in values.entries(PLATFORM, county):
        for firm in platform.hosts:
            hosts.setdefault(firm, []).append(platform)
    return hosts
