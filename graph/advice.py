"""Documents that advise: what breaks a chain, what a change would do, whom to invite (see docs/json.md)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict
from typing import Any

from graph.analysis.candidates import Candidate, PoolFirm, PoolProduct, Tie, rank, targets, terms
from graph.analysis.cuts import Cut, find_cuts
from graph.analysis.facts import SegmentFact
from graph.analysis.gaps import SegmentStatus
from graph.analysis.measure import Neighbourhood
from graph.analysis.supply import Place
from graph.analysis.whatif import Effect, Landing, Scenario, changed_shares, what_if
from graph.city_docs import Documents
from graph.errors import Ambiguous, BadChange, Unknown
from graph.facts import FirmReader
from graph.model import ChainView
from graph.paths import paths
from graph.places import PROVINCES, nearness
from graph.text import near, norm

Document = dict[str, Any]
ADD = re.compile(r"^(?P<firm>.+)@(?P<segment>[^@]+?)(?:[:：](?P<output>[0-9.,]+)(?:万元)?)?$")


class Advice:
    """Answers that need more than one state of the city. Built on `Documents`, which knows the present one."""

    def __init__(self, docs: Documents) -> None:
        self.docs = docs

    # -- names ------------------------------------------------------------------------------------

    def _chain(self, chain: str, county: str | None) -> str:
        return self.docs.chain(chain, county)[0].id

    def segment(self, chain: str, name: str) -> SegmentFact:
        """A segment of a chain (id) by name, or by 上级/名称. Raises Unknown and Ambiguous."""
        own = {s.id: s for s in self.docs.facts().segments if s.chain == chain}
        parent, _, last = name.rpartition("/")
        wanted = [s for s in own.values() if norm(s.name) == norm(name)]
        if not wanted and parent:
            above = norm(parent.rpartition("/")[2])
            named = [s for s in own.values() if norm(s.name) == norm(last)]
            wanted = [s for s in named if s.parent in own and norm(own[s.parent].name) == above] or named
        if not wanted:
            raise Unknown("环节", name, near(name, [s.name for s in own.values()]))
        if len(wanted) > 1:
            paths = [f"{own[s.parent].name}/{s.name}" if s.parent in own else s.name for s in wanted]
            raise Ambiguous("环节", name, paths)
        return wanted[0]

    def _firm(self, name: str) -> str:
        return str(self.docs.node("企业", name)["id"])

    def _source(self, name: str) -> str:
        names = sorted({e.name for e in self.docs.facts().sources})
        for known in names:
            if norm(known) == norm(name):
                return known
        raise Unknown("外部来源", name, near(name, names))

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

    # -- what if ----------------------------------------------------------------------------------

    def whatif(
        self, chain: str, county: str | None = None, add: Sequence[str] = (), remove: Sequence[str] = (),
        stop: Sequence[str] = (), survey: Sequence[str] = (),
    ) -> Document:  # fmt: skip
        """The document of `lianpu whatif`. Raises BadChange for an --add that is none, Unknown, Ambiguous."""
        ident = self._chain(chain, county)
        scenario = Scenario(
            tuple(self._landing(ident, text) for text in add),
            tuple(self._firm(name) for name in remove),
            tuple(self._source(name) for name in stop),
            tuple(self.segment(ident, name).id for name in survey),
        )
        effect = what_if(self.docs.supply(), scenario, ident, config=self.docs.config, today=self.docs.today)
        asked = self._asked(ident)
        own = [r.segment_id for r in effect.before if (r.county, r.chain) == (asked["county"], asked["chain"])]
        return {**asked, "changes": self._changes(scenario), **self._effect(effect, own)}

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

    def _landing(self, chain: str, text: str) -> Landing:
        found = ADD.match(text.strip())
        if not found:
            raise BadChange(text)
        output = found["output"]
        try:
            amount = float(output.replace(",", "")) if output else None
        except ValueError as error:
            raise BadChange(text) from error
        firm = self._named(found["firm"].strip())
        return Landing(firm, self.segment(chain, found["segment"].strip()).id, amount)

    def _named(self, name: str) -> str:
        """The firm's full name where it is known; a new name as it is."""
        try:
            ident = self._firm(name)
        except Unknown:
            return name
        known = self.docs.supply().firms.get(ident)
        return known.name if known else name

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
        facts = {s.id for s in self.docs.facts().segments if s.chain == ident}
        rows = [r for r in self.docs.graded() if r.segment_id in facts]
        chosen = self.segment(ident, segment).id if segment else None
        gaps = targets(rows, chosen)
        unknown = [r for r in rows if r.status == "未知" and chosen in (None, r.segment_id)]
        pool = self._pool([*gaps, *unknown], self._place(ident))
        pool = [f for f in pool if _wanted(f, province, product, scale)]
        options = {"config": self.docs.config, "today": self.docs.today, "top": top}
        supply = self.docs.supply()
        found = rank(gaps, pool, supply, **options)  # type: ignore[arg-type]  # the same three for both
        later = rank(unknown, pool, supply, **options)  # type: ignore[arg-type]
        sources = self.docs.city.sources(sorted({r for c in (*found, *later) for r in c.records}))
        by_segment: dict[str, list[Document]] = defaultdict(list)
        for c in later:
            by_segment[c.segment].append(self._candidate(c, sources))
        asked = self._asked(ident)
        view = self.docs.view(asked["chain"], asked["county"])
        return {
            **asked,
            "gaps": [self._gap(r, view, [c for c in found if c.segment == r.segment_id]) for r in gaps],
            "candidates": [self._candidate(c, sources) for c in found],
            "to_survey": [
                {**self._where(r.segment_id), "question": _question(r), "targets": by_segment[r.segment_id]}
                for r in unknown
            ],
        }

    def _gap(self, row: SegmentStatus, view: ChainView, found: Sequence[Candidate]) -> Document:
        """One gap with its four remedies and the neighbours to work with."""
        recruit = [{"name": c.firm.name, "why": c.change, "score": c.score} for c in found]
        return {
            **_status(row), "priority": row.scores.priority if row.scores else None, "reason": row.reason,
            "flags": list(row.flags), "next": row.flip.text if row.flip else "",
            "partners": self._partners(row), "remedies": {"招引": recruit, **paths(view, row.segment_id)},
        }  # fmt: skip

    def _partners(self, row: SegmentStatus) -> list[Document]:
        """Neighbours of the same city who make it: to work with, not to recruit."""
        if "协同" not in row.flags:
            return []
        supply = self.docs.supply()
        around = Neighbourhood(supply)
        standing = sorted({around.firm(t.firm) for t in supply.city_makers(row.segment_id)})
        found = [{"county": None, "chain": None, "segment": row.segment, "firms": standing}] if standing else []
        for other in around.substitutes(row.segment_id):
            firms = sorted(around.firm(f) for f in supply.segments[other].makers)
            found.append({**self._where(other), "firms": firms})
        return found

    def _candidate(self, c: Candidate, sources: Any) -> Document:
        firm = c.firm
        return {
            **self._where(c.segment),
            "status": self._row(c.segment).status, "caption": self._row(c.segment).caption,
            "firm": firm.name, "location": firm.location, "product": c.product, "score": c.score,
            "parts": [asdict(p) for p in c.parts], "reasons": c.reasons, "change": c.change,
            "topic": self._topic(c.segment), "risks": list(firm.risks),
            "sources": [sources[r] for r in c.records if r in sources],
        }  # fmt: skip

    def _topic(self, segment: str) -> str:
        """What to open the conversation with: who here needs it."""
        supply = self.docs.supply()
        users = [supply.segments[u] for u in supply.users.get(segment, ())]
        firms = sorted({supply.firms[f].name for u in users for f in u.makers})
        if firms:
            return f"本地{'、'.join(firms[:3])}{'等' if len(firms) > 3 else ''}在用“{self._row(segment).segment}”，可谈就近配套"
        return f"本地有{self._row(segment).chain}，可谈“{self._row(segment).segment}”的市场和配套"

    def _place(self, chain: str) -> tuple[str, str, str | None]:
        """County id, its city's name, its province."""
        facts = self.docs.facts()
        county = next(c.county for c in facts.chains if c.id == chain)
        names = {r.id: r.name for r in facts.regions}
        city = names.get(self.docs.supply().regions.city(county), names[county])
        codes = {n.id: str(n.values.get("代码") or "") for n in self.docs.explorer.all_nodes("县市区")}
        return county, city, PROVINCES.get(codes.get(county, "")[:2])

    def _pool(self, rows: Sequence[SegmentStatus], place: tuple[str, str, str | None]) -> list[PoolFirm]:
        """Outside firms that rows place on these segments, or whose products answer them."""
        county, city, province = place
        asked = {r.segment_id for r in rows}
        wanted = sorted({t for r in rows for t in terms(r.segment)})
        stands: dict[str, set[str]] = defaultdict(set)
        for t in self.docs.facts().stands:
            if t.segment in asked:
                stands[t.firm].add(t.segment)
        ids = set(stands) | {r["firm"] for r in self._makers(wanted)}
        reader = FirmReader(self.docs.city.store, self.docs.city.schema, ids)
        supply = self.docs.supply()
        found = []
        for ident in sorted(ids):
            fact = reader.fact(ident)
            if supply.regions.place(fact, county, "县") is not Place.OUTSIDE:
                continue
            found.append(PoolFirm(
                ident, fact.name, fact.location, nearness(fact.location, city, province),
                tuple(PoolProduct(*p) for p in reader.products[ident]), frozenset(stands[ident]), reader.output(ident),
                fact.honours, tuple(self._ties(ident, reader, county)), tuple(self._signals(ident, reader, asked)),
                tuple(_risks(fact.name, reader.stopped(ident))), fact.records,
            ))  # fmt: skip
        return found

    def _makers(self, wanted: list[str]) -> list[Document]:
        if not wanted:
            return []
        kinds = self.docs.city.schema.kinds
        names = {"firm": kinds["企业"].label, "product": kinds["产品"].label, "makes": "MAKES"}
        return self.docs.city.store.read("makers_by_term", names, terms=wanted)

    def _ties(self, ident: str, reader: FirmReader, county: str) -> Iterable[Tie]:
        supply = self.docs.supply()
        for other, text, records in reader.deals[ident]:
            firm = supply.firms.get(other)
            if firm and supply.regions.place(firm, county, "县") is Place.LOCAL:
                yield Tie(text.format(firm.name), records)

    def _signals(self, ident: str, reader: FirmReader, asked: Collection[str]) -> Iterable[str]:
        for t in self.docs.facts().stands:
            if t.firm == ident and t.segment in asked and t.state in ("签约", "在建"):
                yield f"已在本地{t.state}"
        yield from (f"承担项目{name}" for name in reader.projects[ident])


def _status(row: SegmentStatus) -> Document:
    return {
        "county": row.county, "chain": row.chain, "segment": row.segment, "status": row.status, "caption": row.caption,
    }  # fmt: skip


def _question(row: SegmentStatus) -> str:
    return f"“{row.segment}”本地有哪些企业在产、产值多少？不产的话，从哪里买、占用量多少？"


def _risks(name: str, stopped: bool) -> Iterable[str]:
    if re.match(r"^\*?S?ST", name):
        yield "上市公司被特别处理（ST）"
    if stopped:
        yield "有停产记录"


def _wanted(firm: PoolFirm, province: str | None, product: str | None, scale: float | None) -> bool:
    return (
        (not province or bool(firm.location and province in firm.location))
        and (not product or any(norm(product) in norm(p.name) for p in firm.products))
        and (scale is None or (firm.output is not None and firm.output >= scale))
    )
