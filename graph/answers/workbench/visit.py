"""拜访提纲: of one firm and one segment, what whoever calls on it should know. Only what rows say is told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from graph.answers.documents.nodes import EdgeDocument, NodeDocument
from graph.answers.documents.parts import SourceDocument
from graph.answers.documents.recruiting import CandidateDocument, EffectDocument
from graph.answers.documents.workbench.visit import (
    BuyerDocument,
    OfferedPolicyDocument,
    PurchaseDocument,
    VisitDocument,
)
from graph.answers.lookup import find_firm, find_kind, find_node
from graph.answers.nodes import show
from graph.answers.plan.leads import leads_on
from graph.answers.plan.policies import policies_of
from graph.answers.recruiting import Wanted, candidates
from graph.answers.scenarios import Supposition, whatif
from graph.answers.state import State
from graph.errors import LianpuError

MOST = 100  # candidates of one segment among whom the firm is looked for


class NoSegment(LianpuError):
    """A firm that no lead, row or candidate list brings to a segment."""

    code = "no_segment"

    def __init__(self, firm: str) -> None:
        super().__init__(f"没有说为哪个环节拜访“{firm}”", "加 --segment 环节（可写 县/链/环节）")


def visit(state: State, firm: str, segment: str | None = None) -> VisitDocument:
    """The document of `lianpu brief`. Raises Unknown, Ambiguous, and NoSegment where none is named and none is near."""
    row = find_firm(state, firm)
    ident, name = str(row["id"]), str(row["name"])
    place = (
        str(find_node(state, find_kind(state, "环节"), segment)["id"]) if segment else _segment_of(state, ident, name)
    )
    return _Visit(state, ident, name, place).document()


def _segment_of(state: State, firm: str, name: str) -> str:
    """For which segment a firm is called on: that of its lead, else where it stands, else where it fits best."""
    if followed := [s for (s, f) in leads_on(state) if f == firm]:
        return followed[0]
    if stands := sorted(t.segment for t in state.facts().stands if t.firm == firm and t.segment in state.by_id()):
        return stands[0]
    listed = (candidates(state, c.id, wanted=Wanted(top=MOST))["candidates"] for c in state.chains())
    own = [c for some in listed for c in some if c["firm_id"] == firm]
    if not own:
        raise NoSegment(name)
    return max(own, key=lambda c: (c["score"], c["segment_id"]))["segment_id"]


@dataclass(frozen=True, slots=True)
class _Visit:
    """One firm, called on for one segment."""

    state: State
    firm: str
    name: str
    segment: str

    def document(self) -> VisitDocument:
        """All that is told."""
        state, shown, candidate = self.state, show(self.state, "企业", self.firm), self._candidate()
        row, supply = state.by_id()[self.segment], state.supply().segments[self.segment]
        effect, reports = self._effect(), _reports(state, shown)
        county, chain = supply.county, supply.fact.chain
        values = {caption: value["value"] for caption, value in shown["values"].items()}
        latest = max((y for y, v in reports.items() if v.get("产值(万元)") is not None), default=None)
        touched = next((t for t in effect["touched"] if t["segment_id"] == self.segment), None)
        lead = leads_on(state).get((self.segment, self.firm))
        evidence = [row.evidence, *(p.records for p in self._outside())]
        records = [int(str(r)) for some in evidence for r in some]
        return {
            "county": row.county,
            "chain": row.chain,
            "segment": row.segment,
            "segment_id": self.segment,
            "status": row.status,
            "caption": row.caption,
            "firm": self.name,
            "firm_id": self.firm,
            "chain_id": chain,
            "at": state.today.isoformat(),
            "location": _text(values.get("所在地") or values.get("县市区")),
            "products": _names(shown, "MAKES"),
            "output": reports[latest]["产值(万元)"] if latest else _number(values.get("产值(万元)")),
            "year": latest or _number(values.get("年份")),
            "honours": _names(shown, "AWARDED_TO"),
            "reason": row.reason,
            "why": candidate["reasons"] if candidate else "",
            "score": candidate["score"] if candidate else None,
            "rank": candidate["rank"] if candidate else None,
            "risks": candidate["risks"] if candidate else [],
            "topic": candidate["topic"] if candidate else "",
            "buyers": self._buyers(shown),
            "outside": [{"name": e.name, "share": e.share} for e in self._outside()],
            "changes": effect["changed"],
            "next": touched["next"] if touched else "",
            "policies": self._policies(county, chain),
            "lead": lead,
            "sources": self._sources(shown, candidate, records, lead),
        }

    def _candidate(self) -> CandidateDocument | None:
        """The firm as a candidate for the segment; None where it is none."""
        chain = self.state.supply().segments[self.segment].fact.chain
        listed = candidates(self.state, chain, wanted=Wanted(self.segment, MOST))["candidates"]
        return next((c for c in listed if (c["firm_id"], c["segment_id"]) == (self.firm, self.segment)), None)

    def _effect(self) -> EffectDocument:
        """What changes when it lands."""
        chain = self.state.supply().segments[self.segment].fact.chain
        return whatif(self.state, chain, supposed=Supposition(add=[f"{self.name}@{self.segment}"]))

    def _outside(self) -> Iterable[Any]:
        return self.state.supply().segments[self.segment].sources

    def _buyers(self, shown: NodeDocument) -> list[BuyerDocument]:
        """Who makes here what the segment goes into, and who buys from the firm already, with what rows say they buy of firms
        that stand on the segment. Those with known amounts first.
        """
        supply = self.state.supply()
        below: dict[str, list[str]] = defaultdict(list)
        for other in supply.segments.values():
            if self.segment in other.inputs:
                for maker in other.makers:
                    below[maker].append(other.fact.name)
        sold = {e["id"] for e in shown["edges"] if e["relation"] == "SUPPLIES" and e["direction"] == "out"}
        local = {f for f in sold if f in supply.firms and not supply.firms[f].external}
        sellers = {t.firm for t in supply.facts.stands if t.segment == self.segment} | {self.firm}
        buyers = sorted({*below, *local} - {self.firm})
        bought = self._purchases(buyers, sellers)
        documents: list[BuyerDocument] = [
            {
                "firm": supply.firms[b].name,
                "firm_id": b,
                "segments": sorted(set(below[b])),
                "customer": b in sold,
                "purchases": bought.get(b, []),
            }
            for b in buyers
        ]
        return sorted(documents, key=lambda d: (-_known(d), not d["purchases"], not d["customer"], d["firm"]))

    def _purchases(self, buyers: Iterable[str], sellers: set[str]) -> Mapping[str, list[PurchaseDocument]]:
        of: dict[str, list[PurchaseDocument]] = defaultdict(list)
        names = {f.id: f.name for f in self.state.facts().firms}
        for link in self.state.explorer.edges_to("企业", set(buyers)):
            edge = link.edge
            if edge.relation == "SUPPLIES" and edge.source in sellers:
                of[edge.target].append(
                    {
                        "seller": names.get(edge.source, edge.source),
                        "what": _text(edge.values.get("内容")),
                        "amount": edge.values.get("金额(万元)"),
                        "year": edge.values.get("年份"),
                    }
                )
        return of

    def _policies(self, county: str, chain: str) -> list[OfferedPolicyDocument]:
        name = next(c.name for c in self.state.chains() if c.id == chain)
        usable = [p for p in policies_of(self.state, county) if not p.over and (not p.chains or name in p.chains)]
        usable.sort(key=lambda p: (not p.chains, not p.value("力度"), p.node.name))
        return [
            {"name": p.node.name, "issuer": p.value("发文单位"), "strength": p.value("力度"), "until": p.value("止")}
            for p in usable
        ]

    def _sources(
        self, shown: NodeDocument, candidate: CandidateDocument | None, records: list[int], lead: Any
    ) -> list[SourceDocument]:
        """The rows of the firm, of the candidate, of the segment and of the lead, each once."""
        own = [v["source"] for v in shown["values"].values()]
        ties = [
            e["source"] for e in shown["edges"] if e["relation"] in ("MAKES", "STANDS_ON", "SUPPLIES", "AWARDED_TO")
        ]
        steps = [e for s in (lead["history"] if lead else ()) for e in s["evidence"]]
        ranked = candidate["sources"] if candidate else []
        listed = [*own, *ties, *ranked, *self.state.city.sources(records).values(), *steps]
        return list({s["record"]: cast(SourceDocument, s) for s in listed if s}.values())


def _reports(state: State, shown: NodeDocument) -> dict[int, Mapping[str, Any]]:
    """The annual reports of a firm, by year."""
    ids = {e["id"] for e in shown["edges"] if e["relation"] == "REPORT_OF"}
    nodes = state.explorer.nodes("企业年报", ids) if ids else []
    return {int(n.values["年份"]): n.values for n in nodes if n.values.get("年份") is not None}


def _names(shown: NodeDocument, relation: str) -> list[str]:
    return list(dict.fromkeys(e["name"] for e in _edges(shown, relation)))


def _edges(shown: NodeDocument, relation: str) -> Iterator[EdgeDocument]:
    return (e for e in shown["edges"] if e["relation"] == relation)


def _known(buyer: BuyerDocument) -> float:
    """What rows say it buys, in all."""
    return sum(p["amount"] or 0.0 for p in buyer["purchases"])


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _number(value: Any) -> Any:
    return value if isinstance(value, int | float) else None
