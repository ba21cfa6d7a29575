"""Documents that advise: what breaks a chain, what a change would do, whom to invite (see docs/json.md)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import asdict
from typing import Any

from graph.analysis.grading.grade import SegmentStatus
from graph.analysis.grading.measure import Neighbourhood
from graph.analysis.recruiting.candidates import Candidate, PoolFirm, is_gap, lacked, rank, targets
from graph.analysis.recruiting.questions import question_of, topic_of
from graph.analysis.scenario import Effect, Scenario, changed_shares, what_if
from graph.analysis.supply.cuts import Cut, find_cuts
from graph.answers.lookup import Asking
from graph.answers.remedies import paths
from graph.answers.state import Documents
from graph.errors import Unknown
from graph.model import ChainView
from graph.naming.places import PROVINCES, province_of
from graph.queries.outside_firms import Market, Pool
from graph.text import norm

Document = dict[str, Any]


class Advice:
    """Answers that need more than one state of the city. Built on `Documents`, which knows the present one."""

    def __init__(self, docs: Documents) -> None:
        self._whole = docs
        self._turn(docs)

    def _turn(self, docs: Documents) -> None:
        self.docs, self.asking = docs, Asking(docs)

    def _chain(self, chain: str, county: str | None = None) -> str:
        """The id of the chain that is asked about; from here on only what is connected with it is read."""
        ident = self._whole.chain(chain, county)[0].id
        self._turn(self._whole.about(ident))
        return ident

    def _where(self, ident: str) -> Document:
        row = self._row(ident)
        return {"county": row.county, "chain": row.chain, "segment": row.segment}

    def _row(self, ident: str) -> SegmentStatus:
        return self.docs.by_id()[ident]

    # -- cuts -------------------------------------------------------------------------------------

    def cuts(self, chain: str, county: str | None = None, order: int = 1) -> Document:
        """The document of `lianpu cuts`."""
        ident = self._chain(chain, county)
        found = find_cuts(self.docs.supply(), ident, order)
        return {
            **self._asked(ident),
            "order": order,
            "cuts": [self._cut(c) for c in found.cuts],
            "supply_unknown": found.supply_unknown,
            "capped": found.capped,
        }

    def _asked(self, chain: str) -> Document:
        node, county = next((c, k) for c, k in self.docs.chains() if c.id == chain)
        return {"county": county, "chain": node.name}

    def _cut(self, cut: Cut) -> Document:
        firms = self.docs.supply().firms
        lost = [firms[x.id].name if x.kind == "企业" and x.id in firms else x.id for x in cut.lost]
        return {"lost": lost, "kinds": [x.kind for x in cut.lost], "stops": [self._where(s) for s in cut.stops]}

    def choices(self, chain: str) -> dict[str, list[str]]:
        """What a what-if of a chain can be made of: names of its segments, firms here, sources, unsurveyed segments."""
        ident = self._chain(chain)
        supply = self.docs.supply()
        own = [s for s in supply.segments.values() if s.fact.chain == ident]
        firms = {t.firm for s in own for t in (*s.here, *s.city_here)}
        return {
            "segments": [s.fact.name for s in own if s.fact.stage != "应用"],
            "firms": sorted(supply.firms[f].name for f in firms),
            "sources": sorted({e.name for s in own for e in s.sources}),
            "survey": [s.fact.name for s in own if not s.makers_known and s.fact.stage != "应用"],
        }

    # -- what if ----------------------------------------------------------------------------------

    def whatif(
        self, chain: str, county: str | None = None, add: Sequence[str] = (), remove: Sequence[str] = (),
        stop: Sequence[str] = (), survey: Sequence[str] = (),
    ) -> Document:  # fmt: skip
        """The document of `lianpu whatif`. Raises BadChange for an --add that is none, Unknown, Ambiguous."""
        ident = self._chain(chain, county)
        said = (add, remove, stop, survey)
        try:
            scenario = self._scenario(ident, *said)
            beyond = self._reaches_beyond(scenario)
        except Unknown:
            beyond = True
        if beyond:  # something is named that stands elsewhere: the whole city is read
            self._turn(self._whole)
            scenario = self._scenario(ident, *said)
        effect = what_if(self.docs.supply(), scenario, ident, config=self.docs.config, today=self.docs.today)
        asked = self._asked(ident)
        own = [r.segment_id for r in effect.before if (r.county, r.chain) == (asked["county"], asked["chain"])]
        return {**asked, "changes": self._changes(scenario), **self._effect(effect, own)}

    def _reaches_beyond(self, scenario: Scenario) -> bool:
        """Whether something in it stands on a chain that is not connected with the one asked about."""
        supply, chains = self.docs.supply(), self.docs.connected()
        here = {i for i, s in supply.segments.items() if s.fact.chain in chains}
        firms = {t.firm for t in supply.facts.stands if t.segment in here}
        sources = {e.name for e in supply.facts.sources if e.segment in here}
        names = {supply.firms[f].name for f in firms}
        return not (
            firms >= set(scenario.remove)
            and sources >= set(scenario.stop)
            and here >= {*scenario.survey, *(a.segment for a in scenario.add)}
        ) or any(self.asking.stands(a.firm) for a in scenario.add if a.firm not in names)

    def _scenario(
        self, chain: str, add: Sequence[str], remove: Sequence[str], stop: Sequence[str], survey: Sequence[str]
    ) -> Scenario:
        return Scenario(
            tuple(self.asking.landing(chain, text) for text in add),
            tuple(self.asking.firm(name) for name in remove),
            tuple(self.asking.source(name) for name in stop),
            tuple(self.asking.segment(chain, name).id for name in survey),
        )

    def _changes(self, scenario: Scenario) -> Document:
        firms = self.docs.supply().firms
        return {
            "add": [
                {"firm": a.firm, "segment": self._row(a.segment).segment, "output": a.output} for a in scenario.add
            ],
            "remove": [firms[i].name if i in firms else i for i in scenario.remove],
            "stop": list(scenario.stop),
            "survey": [self._row(i).segment for i in scenario.survey],
        }

    def _effect(self, effect: Effect, own: Collection[str]) -> Document:
        after = {r.segment_id: r for r in effect.after}
        changed = [
            {
                "county": a.county, "chain": a.chain, "segment": a.segment, "before": a.status, "after": b.status,
                "before_caption": a.caption, "after_caption": b.caption, "why": b.reason,
            }
            for a, b in effect.changed()
        ]  # fmt: skip
        moved = {*effect.stopped, *effect.restored, *(a.segment_id for a, _ in effect.changed())}
        firms = effect.supply.firms | self.docs.supply().firms
        return {
            "before": [_status(r) for r in effect.before if r.segment_id in own],
            "after": [_status(after[i]) for i in own],
            "changed": changed,
            "stopped": [self._where(i) for i in effect.stopped],
            "restored": [self._where(i) for i in effect.restored],
            "shares": [
                {**self._where(i), "before": [asdict(m) for m in a.makers], "after": [asdict(m) for m in b.makers],
                 "hhi_before": a.hhi, "hhi_after": b.hhi}
                for i, (a, b) in changed_shares(effect).items()
            ],
            "cuts_gained": [[firms[x.id].name if x.id in firms else x.id for x in c.lost] for c in effect.cuts_gained],
            "cuts_lost": [[firms[x.id].name if x.id in firms else x.id for x in c.lost] for c in effect.cuts_lost],
            "counties": sorted({after[i].county for i in moved}),
        }  # fmt: skip

    # -- candidates -------------------------------------------------------------------------------

    def candidates(
        self, chain: str, county: str | None = None, segment: str | None = None, top: int = 5,
        province: str | None = None, product: str | None = None, scale: float | None = None,
    ) -> Document:  # fmt: skip
        """The document of `lianpu candidates`; at most `top` firms per segment. Gaps and unsurveyed segments apart."""
        ident = self._chain(chain, county)
        rows, supply = self.docs.graded(), self.docs.supply()
        own = [r for r in rows if supply.segments[r.segment_id].fact.chain == ident]
        if segment:
            wanted = [self._row(self.asking.segment(ident, segment).id)]
        else:
            wanted = [r for r in own if is_gap(r) or r.status == "未知"]
        gaps = targets(wanted, rows, supply)
        unknown = [r for r in wanted if r.status == "未知"]
        pool = self._pool([*gaps, *unknown], ident)
        firms = [f for f in pool.firms if _wanted(f, province, product, scale)]
        options = {"config": self.docs.config, "today": self.docs.today, "top": top, "common": pool.common()}
        found = rank(gaps, firms, supply, **options)  # type: ignore[arg-type]  # the same four for both
        later = rank(unknown, firms, supply, **options)  # type: ignore[arg-type]
        sources = self.docs.city.sources(sorted({r for c in (*found, *later) for r in c.records}))
        by_segment: dict[str, list[Document]] = defaultdict(list)
        for c in later:
            by_segment[c.segment].append(self._candidate(c, sources))
        asked = self._asked(ident)
        view = self.docs.view(asked["chain"], asked["county"])
        return {
            **asked,
            "gaps": [self._gap(r, own, view, [c for c in found if c.segment == r.segment_id]) for r in gaps],
            "candidates": [self._candidate(c, sources) for c in found],
            "to_survey": [
                {**self._where(r.segment_id), "question": question_of(r, supply), "targets": by_segment[r.segment_id]}
                for r in unknown
            ],
        }

    def _gap(
        self, row: SegmentStatus, own: Sequence[SegmentStatus], view: ChainView, found: Sequence[Candidate]
    ) -> Document:
        """One gap with its four remedies, the neighbours to work with, and what waits for it."""
        recruit = [{"name": c.firm.name, "why": c.change, "score": c.score} for c in found]
        broken = [r for r in own if r.status == "断链" and row.segment_id in lacked(r.segment_id, self.docs.supply())]
        return {
            **_status(row), "priority": row.scores.priority if row.scores else None, "reason": row.reason,
            "flags": list(row.flags), "next": row.flip.text if row.flip else "",
            "question": question_of(row, self.docs.supply()),
            "unblocks": [self._where(r.segment_id) for r in broken], "partners": self._partners(row),
            "remedies": {"招引": recruit, **paths(view, row.segment_id)},
        }  # fmt: skip

    def _partners(self, row: SegmentStatus) -> list[Document]:
        """Neighbours of the same city who make it, or already supply the chain: to work with, not to recruit."""
        if "协同" not in row.flags:
            return []
        supply = self.docs.supply()
        around = Neighbourhood(supply)
        standing = sorted({around.firm(t.firm) for t in supply.city_makers(row.segment_id)})
        here = {"county": None, "chain": None, "segment": row.segment, "how": "市内在产", "firms": standing}
        found = [here] if standing else []
        for other in around.substitutes(row.segment_id):
            how = "可供同类" if around.alike(row.segment_id, other) else "已供本链，可问一并配套"
            firms = sorted(around.firm(f) for f in supply.segments[other].makers)
            found.append({**self._where(other), "how": how, "firms": firms})
        return found

    def _candidate(self, c: Candidate, sources: Any) -> Document:
        firm = c.firm
        return {
            **self._where(c.segment),
            "status": self._row(c.segment).status, "caption": self._row(c.segment).caption,
            "firm": firm.name, "location": firm.location, "product": c.product, "score": c.score,
            "parts": [asdict(p) for p in c.parts], "reasons": c.reasons, "change": c.change,
            "topic": topic_of(self._row(c.segment), self.docs.supply()), "risks": list(firm.risks),
            "sources": [sources[r] for r in c.records if r in sources],
        }  # fmt: skip

    def _pool(self, rows: Sequence[SegmentStatus], chain: str) -> Pool:
        """The outside firms that could answer some segments, as seen from the chain's county."""
        facts, supply = self.docs.facts(), self.docs.supply()
        county = next(c.county for c in facts.chains if c.id == chain)
        names = {r.id: r.name for r in facts.regions}
        city = names.get(supply.regions.city(county), names[county])
        codes = {n.id: str(n.values.get("代码") or "") for n in self.docs.explorer.all_nodes("县市区")}
        market = Market({r.segment_id: r.segment for r in rows}, county, city, PROVINCES.get(codes[county][:2]))
        return Pool(self.docs.city.store, self.docs.city.schema, supply, self.docs.config, market)


def _status(row: SegmentStatus) -> Document:
    return {
        "county": row.county, "chain": row.chain, "segment": row.segment, "status": row.status, "caption": row.caption,
    }  # fmt: skip


def _wanted(firm: PoolFirm, province: str | None, product: str | None, scale: float | None) -> bool:
    return (
        (not province or province in (firm.location or province_of(firm.name) or ""))
        and (not product or any(norm(product) in norm(p.name) for p in firm.products))
        and (scale is None or (firm.output is not None and firm.output >= scale))
    )
