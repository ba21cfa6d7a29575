"""企业梯队: on which rung each firm stands, which comes next, and what is missing for it. The rungs are data: `ladder.yaml`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from graph.measures.entry import Entry
from graph.measures.honours import bare_honour
from graph.measures.measure import load_measures

ABOVE_SCALE = "规上"


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing a rung asks: a column is 是, an amount or a share of one column in another is no less than `least`.

    >>> Asked("营业收入不低于 2000 万元", "营业收入(万元)", least=2000).holds({"营业收入(万元)": 1500.0})
    False
    """

    text: str
    column: str
    least: float | None = None
    of: str | None = None

    def holds(self, values: Mapping[str, Any]) -> bool | None:
        """Whether a report shows it; None where it does not say."""
        value = values.get(self.column)
        if value is None:
            return None
        if self.least is None:
            return bool(value == "是")
        if self.of is None:
            return bool(value >= self.least)
        whole = values.get(self.of)
        return None if not whole else bool(value / whole >= self.least)


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung: the honour (口径) that puts a firm on it, or 规上 of its report; and what it asks."""

    name: str
    measure: str | None
    asks: tuple[Asked, ...]
    after: tuple[str, ...]  # rungs of which one is needed before


@dataclass(frozen=True, slots=True)
class Climber:
    """A firm on the ladder: the rungs that it holds, the next one, and what that asks: shown, lacking, unsaid."""

    firm: Entry
    report: Entry | None
    held: tuple[str, ...]
    next: Rung | None
    shown: tuple[str, ...]
    lacking: tuple[str, ...]
    unsaid: tuple[str, ...]
    records: tuple[int, ...]

    @property
    def ready(self) -> bool:
        """Whether all that the next rung asks is shown."""
        return self.next is not None and not self.lacking and not self.unsaid


@cache
def load_rungs() -> tuple[Rung, ...]:
    """The rungs, the lowest first.

    >>> [r.name for r in load_rungs()][:3]
    ['规上企业', '科技型中小企业', '国家高新技术企业']
    """
    raw = yaml.safe_load((files("graph.plan") / "ladder.yaml").read_text("utf-8"))
    known = {m.caption for m in load_measures()}
    rungs = tuple(
        Rung(r["name"], r.get("measure"), tuple(Asked(**a) for a in r.get("asks", ())), tuple(r.get("after", ())))
        for r in raw
    )
    assert all(r.measure is None or r.measure in known for r in rungs), "ladder.yaml: a measure that does not exist"
    return rungs


def climbers(firms: Sequence[Entry], reports: Sequence[Entry], honours: Sequence[Entry]) -> Iterator[Climber]:
    """Every firm on the ladder: `reports` are those of one year, `honours` those that are valid."""
    report_of = {r.firm: r for r in reports}
    honours_of: dict[str, list[Entry]] = {}
    for honour in honours:
        honours_of.setdefault(honour.firm, []).append(honour)
    for firm in firms:
        yield _climber(firm, report_of.get(firm.id), honours_of.get(firm.id, []))


def _climber(firm: Entry, report: Entry | None, honours: Sequence[Entry]) -> Climber:
    names = {bare_honour(h.name) for h in honours}
    held = [r.name for r in load_rungs() if _stands(r, report, names)]
    above = load_rungs()[max((i + 1 for i, r in enumerate(load_rungs()) if r.name in held), default=0) :]
    following = next((r for r in above if not r.after or set(r.after) & set(held)), None)
    values = report.values if report else {}
    answers = [(a.text, a.holds(values)) for a in following.asks] if following else []
    records = (*(r for h in honours for r in h.records), *(report.records if report else ()))
    return Climber(
        firm,
        report,
        tuple(held),
        following,
        tuple(t for t, holds in answers if holds),
        tuple(t for t, holds in answers if holds is False),
        tuple(t for t, holds in answers if holds is None),
        tuple(dict.fromkeys(records)),
    )


def _stands(rung: Rung, report: Entry | None, honours: set[str]) -> bool:
    if rung.measure is None:
        return report is not None and report.values.get(ABOVE_SCALE) == "是"
    measure = next(m for m in load_measures() if m.caption == rung.measure)
    return bool({bare_honour(n) for n in measure.names} & honours)
