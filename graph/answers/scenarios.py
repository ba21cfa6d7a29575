"""What a supposed change would do: firms that land, firms and sources that are lost, segments that get surveyed."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.analysis.grading.measure import Maker
from graph.analysis.grading.segment_status import SegmentStatus
from graph.analysis.impact import Impact, impacts, output_change
from graph.analysis.scenario import Effect, Landing, Scenario, changed_shares, what_if
from graph.analysis.supply.availability import Supply
from graph.analysis.supply.cuts import Cut
from graph.answers.documents import gaps as documents
from graph.answers.documents import recruiting
from graph.answers.lookup import find_chain, find_firm, find_segment, find_source, near_firms
from graph.answers.state import State
from graph.answers.statuses import brief, place_of
from graph.errors import BadChange, Unknown
from graph.queries.chain_view import Chain
from graph.text import norm

AMOUNT = re.compile(r"(?P<number>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>万元|亿元|元|万|亿)?")
UNITS = {"万元": 1.0, "万": 1.0, "亿元": 1e4, "亿": 1e4, "元": 1e-4}


@dataclass(frozen=True, slots=True)
class Supposition:
    """The changes supposed, as people write them: 企业@环节:产值, firms and sources lost, segments surveyed."""

    add: Sequence[str] = ()
    remove: Sequence[str] = ()
    stop: Sequence[str] = ()
    survey: Sequence[str] = ()


def whatif(
    state: State, chain: str, county: str | None = None, supposed: Supposition | None = None
) -> recruiting.EffectDocument:
    """The document of `lianpu whatif`. Raises BadChange for an addition that is none, Unknown, Ambiguous."""
    asked = find_chain(state, chain, county)
    seen, changes = state.about(asked.id), supposed or Supposition()
    try:
        scenario = _scenario(seen, asked.id, changes)
        beyond = _reaches_beyond(seen, scenario)
    except Unknown:
        beyond = True
    if beyond:  # something is named that stands elsewhere: the whole city is read
        seen = state
        scenario = _scenario(seen, asked.id, changes)
    effect = what_if(seen.supply(), scenario, asked.id, config=state.config, today=state.today)
    return _effect(seen, asked, scenario, effect)


def choices(state: State, chain: str) -> dict[str, list[str]]:
    """What a what-if of a chain can be made of: names of its segments, firms here, sources, unsurveyed segments."""
    asked = find_chain(state, chain)
    supply = state.about(asked.id).supply()
    own = [s for s in supply.segments.values() if s.fact.chain == asked.id]
    firms = {t.firm for s in own for t in (*s.here, *s.city_here)}
    return {
        "segments": [s.fact.name for s in own if s.fact.stage != "应用"],
        "firms": sorted(supply.firms[f].name for f in firms),
        "sources": sorted({e.name for s in own for e in s.sources}),
        "survey": [s.fact.name for s in own if not s.makers_known and s.fact.stage != "应用"],
    }


# -- what is supposed -----------------------------------------------------------------------------


def _scenario(state: State, chain: str, supposed: Supposition) -> Scenario:
    return Scenario(
        tuple(read_landing(state, chain, text) for text in supposed.add),
        tuple(str(find_firm(state, name)["id"]) for name in supposed.remove),
        tuple(find_source(state, name) for name in supposed.stop),
        tuple(find_segment(state, chain, name).id for name in supposed.survey),
    )


def _reaches_beyond(state: State, scenario: Scenario) -> bool:
    """Whether something in it stands on a chain that is not connected with the one asked about."""
    supply, chains = state.supply(), state.connected()
    here = {i for i, s in supply.segments.items() if s.fact.chain in chains}
    firms = {t.firm for t in supply.facts.stands if t.segment in here}
    sources = {e.name for e in supply.facts.sources if e.segment in here}
    names = {supply.firms[f].name for f in firms}
    return not (
        firms >= set(scenario.remove)
        and sources >= set(scenario.stop)
        and here >= {*scenario.survey, *(a.segment for a in scenario.add)}
    ) or any(_stands(state, a.firm) for a in scenario.add if a.firm not in names)


def _stands(state: State, name: str) -> bool:
    """Whether a firm is known and stands on some segment of some chain."""
    row = _known(state, name)
    return bool(row and state.reader.edges("STANDS_ON", "企业", "环节", start=[str(row["id"])]))


def read_landing(state: State, chain: str, text: str) -> Landing:
    """A supposed landing, 企业@环节 or 企业@环节:产值. Firm and segment may hold @ and : themselves.

    Raises BadChange where a part is missing or the output is no amount.
    """
    failed: Unknown | None = None
    for reading in _readings(text):
        try:
            segment = find_segment(state, chain, reading.segment)
        except Unknown as error:
            failed = failed or error
            continue
        amount = amount_of(reading.output)
        if reading.output and amount is None:
            break
        return Landing(_known_name(state, reading.firm), segment.id, amount)
    else:
        if failed:
            raise failed
    raise BadChange(text)


def _known_name(state: State, name: str) -> str:
    """The firm's full name where it is known; a new firm's name as it is."""
    row = _known(state, name)
    return str(row["name"]) if row else name


@dataclass(frozen=True, slots=True)
class _Splitting:
    firm: str
    segment: str
    output: str = ""


def _readings(text: str) -> Iterable[_Splitting]:
    """Every reading of 企业@环节:产值, the likeliest first.

    >>> [(r.firm, r.segment, r.output) for r in _readings("甲@乙:5000")]
    [('甲', '乙', '5000'), ('甲', '乙:5000', '')]
    """
    for at in reversed(list(re.finditer("[@＠]", text))):
        firm, rest = text[: at.start()].strip(), text[at.end() :].strip()
        if not firm or not rest:
            continue
        if parts := re.fullmatch(r"(.+)[:：]([^:：]+)", rest, re.DOTALL):
            yield _Splitting(firm, parts[1].strip(), parts[2].strip())
        yield _Splitting(firm, rest)


def amount_of(text: str) -> float | None:
    """An amount in 万元 as people write it, or None where it is none.

    >>> [amount_of(t) for t in ("5000", "5,000万元", "１.２亿", "3000000元", "很多", "-5")]
    [5000.0, 5000.0, 12000.0, 300.0, None, None]
    """
    parts = AMOUNT.fullmatch(norm(text))
    if not parts:
        return None
    value = float(parts["number"].replace(",", "")) * UNITS[parts["unit"] or "万元"]
    return value if math.isfinite(value) else None


# -- what it does ---------------------------------------------------------------------------------


def _changes(state: State, scenario: Scenario) -> recruiting.SupposedDocument:
    firms, statuses = state.supply().firms, state.by_id()
    return {
        "add": [{"firm": a.firm, "segment": statuses[a.segment].segment, "output": a.output} for a in scenario.add],
        "remove": [firms[i].name if i in firms else i for i in scenario.remove],
        "stop": list(scenario.stop),
        "survey": [statuses[i].segment for i in scenario.survey],
    }


def _effect(state: State, asked: Chain, scenario: Scenario, effect: Effect) -> recruiting.EffectDocument:
    own = [r for r in effect.before if (r.county, r.chain) == (asked.county, asked.name)]
    after = {r.segment_id: r for r in effect.after}
    moved = {*effect.stopped, *effect.restored, *(a.segment_id for a, _ in effect.changed())}
    firms, statuses = effect.supply.firms | state.supply().firms, state.by_id()

    def lost(cut: Cut) -> list[str]:
        return [firms[x.id].name if x.id in firms else x.id for x in cut.lost]

    supply = state.supply()
    return {
        "county": asked.county,
        "chain": asked.name,
        "chain_id": asked.id,
        "asks": _asks(state, scenario),
        "changes": _changes(state, scenario),
        "touched": [_touched(i, effect.supply, statuses) for i in impacts(supply, scenario, effect)],
        "output_change": output_change(supply, effect.supply, asked.id),
        "dealings": _dealings(state, scenario),
        "before": [brief(r) for r in own],
        "after": [brief(after[r.segment_id]) for r in own],
        "changed": [_changed(before, then) for before, then in effect.changed()],
        "stopped": [place_of(statuses[i]) for i in effect.stopped],
        "restored": [place_of(statuses[i]) for i in effect.restored],
        "shares": _shares(state, effect),
        "cuts_gained": [lost(c) for c in effect.cuts_gained],
        "cuts_lost": [lost(c) for c in effect.cuts_lost],
        "counties": sorted({after[i].county for i in moved}),
    }


def _asks(state: State, scenario: Scenario) -> list[recruiting.AskDocument]:
    """Names of firms that nobody knows and that resemble known ones: computed as new firms, and asked about."""
    asks: list[recruiting.AskDocument] = []
    for name in dict.fromkeys(a.firm for a in scenario.add):
        if _known(state, name) is None and (meant := near_firms(state, name)):
            asks.append({"name": name, "near": meant})
    return asks


def _touched(
    impact: Impact, supply: Supply, statuses: Mapping[str, SegmentStatus]
) -> recruiting.TouchedSegmentDocument:
    before, after = impact.before, impact.after

    def linked(idents: Iterable[str]) -> list[recruiting.LinkedSegmentDocument]:
        return [
            {
                **place_of(statuses[i]),
                "firms": sorted(supply.firms[f].name for f in supply.segments[i].makers),
                "sources": sorted(e.name for e in supply.segments[i].sources),
            }
            for i in idents
        ]

    return {
        **place_of(before),
        "before_caption": before.caption,
        "after_caption": after.caption,
        "n_before": before.total,
        "n_after": after.total,
        "count_before": before.count,
        "count_after": after.count,
        "hhi_before": before.hhi,
        "hhi_after": after.hhi,
        "output_before": impact.output[0],
        "output_after": impact.output[1],
        "output_change": impact.change,
        "steps_before": before.flip.steps if before.flip else None,
        "steps_after": after.flip.steps if after.flip else None,
        "next": after.flip.text if after.flip else "",
        "suppliers": linked(impact.suppliers),
        "buyers": linked(impact.buyers),
    }


def _dealings(state: State, scenario: Scenario) -> list[recruiting.DealingsDocument]:
    """Who is known to supply the firms that come or go, and whom they supply."""
    dealings: list[recruiting.DealingsDocument] = []
    ids = {str(row["id"]): None for a in scenario.add if (row := _known(state, a.firm))} | dict.fromkeys(
        scenario.remove
    )
    names = {n.id: n.name for n in state.explorer.nodes("企业", ids)}
    for ident in ids:
        to, of = (
            sorted(
                {str(e["name"]) for e in state.reader.edges("SUPPLIES", "企业", "企业", named=True, **{end: [ident]})}
            )
            for end in ("start", "end")
        )
        if to or of:
            dealings.append({"firm": names[ident], "suppliers": of, "customers": to})
    return dealings


def _known(state: State, name: str) -> dict[str, Any] | None:
    try:
        return find_firm(state, name)
    except Unknown:
        return None


def _changed(before: SegmentStatus, after: SegmentStatus) -> recruiting.ChangedSegmentDocument:
    return {
        **place_of(before),
        "before": before.status,
        "after": after.status,
        "before_caption": before.caption,
        "after_caption": after.caption,
        "why": after.reason,
    }


def _shares(state: State, effect: Effect) -> list[recruiting.ChangedSharesDocument]:
    statuses = state.by_id()
    return [
        {
            **place_of(statuses[ident]),
            "before": [_maker(m) for m in before.makers],
            "after": [_maker(m) for m in after.makers],
            "hhi_before": before.hhi,
            "hhi_after": after.hhi,
        }
        for ident, (before, after) in changed_shares(effect).items()
    ]


def _maker(maker: Maker) -> documents.MakerDocument:
    return {"name": maker.name, "share": maker.share, "state": maker.state}
