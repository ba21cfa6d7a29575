"""企业画像: what a firm makes, where it stands and who could stand in for it, honours, years, institution, needs, ties."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from graph.answers.documents.nodes import EdgeDocument, NodeDocument
from graph.answers.documents.parts import SourceDocument
from graph.answers.documents.workbench.profile import (
    FirmProfileDocument,
    FirmStandDocument,
    FirmYearDocument,
    HonourDocument,
    InstitutionDocument,
    ThingOfFirmDocument,
    TieDocument,
)
from graph.answers.nodes import show
from graph.answers.plan.leads import leads_on
from graph.answers.state import State
from graph.dates import as_date
from graph.measures.honours import bare_honour
from graph.measures.measure import HONOURS, load_measures
from graph.measures.six import six_have
from graph.model import ViewNode
from graph.queries.segment_firms import FirmLists

FIRM, INSTITUTION = "企业", "研发机构"
THINGS = ("技术需求", "项目", "科技成果", "关键技术", "人才", "技术合同", "供需对接")  # in the order of a profile
ABOUT = {"技术需求": ("类别", "状态"), "项目": ("类型", "状态"), "科技成果": ("类型", "阶段"), "人才": ("类型",)}


def firm_profile(state: State, firm: str) -> FirmProfileDocument:
    """The profile of a firm, by its id or name. Raises Unknown and Ambiguous."""
    shown = show(state, FIRM, firm)
    return _Profile(state, shown, shown["id"]).document()


@dataclass(frozen=True, slots=True)
class _Profile:
    state: State
    shown: NodeDocument
    firm: str

    def document(self) -> FirmProfileDocument:
        """All of it."""
        years = self._years()
        last = years[-1]["values"] if years else {}
        followed = {x["id"]: x for (_, f), x in leads_on(self.state).items() if f == self.firm}
        things = {kind: self._things(kind) for kind in THINGS}
        return {
            "firm": self.shown["name"],
            "firm_id": self.firm,
            "makes": [_thing(e, _share(e["values"])) for e in self._edges("MAKES", "产品")],
            "stands": sorted(self._stands(), key=lambda s: (s["county"], s["chain"], s["segment"])),
            "honours": self._honours(),
            "years": years,
            "institutions": self._institutions(),
            "has_institution": cast("str | None", last.get(INSTITUTION)),
            "ties": self._ties(),
            "things": {kind: some for kind, some in things.items() if some},
            "leads": list(followed.values()),
        }

    def _edges(self, relation: str, kind: str) -> Iterator[EdgeDocument]:
        return (e for e in self.shown["edges"] if (e["relation"], e["kind"]) == (relation, kind))

    def _nodes(self, relation: str, kind: str) -> list[ViewNode]:
        ids = {e["id"] for e in self._edges(relation, kind)}
        return self.state.explorer.nodes(kind, ids) if ids else []

    def _evidence(self, records: Iterable[int]) -> list[SourceDocument]:
        return [cast(SourceDocument, s) for s in self.state.city.sources(sorted(records)).values()]

    def _stands(self) -> Iterator[FirmStandDocument]:
        rows, supply = self.state.by_id(), self.state.supply()
        lists = FirmLists(supply)
        for edge in self._edges("STANDS_ON", "环节"):
            if (row := rows.get(edge["id"])) is None:
                continue
            makers = lists.of(row).makers
            own = next((m for m in makers if m.id == self.firm), None)
            yield {
                "county": row.county,
                "chain": row.chain,
                "segment": row.segment,
                "segment_id": row.segment_id,
                "status": row.status,
                "caption": row.caption,
                "chain_id": supply.segments[row.segment_id].fact.chain,
                "state": _text(edge["values"].get("状态")),
                "share": own.share if own else None,
                "others": [{"id": m.id, "name": m.name, "share": m.share} for m in makers if m.id != self.firm],
                "evidence": _of_edge(edge),
            }

    def _honours(self) -> list[HonourDocument]:
        """Those that are valid first; one with no day of its own ends by the rule of its measure."""
        listed: list[HonourDocument] = []
        for node in self._nodes("AWARDED_TO", "资质认定"):
            stated, year = as_date(node.values.get("有效期止")), node.values.get("年份")
            until = stated or _end_of(node.name, year)
            listed.append(
                {
                    "id": node.id,
                    "name": node.name,
                    "level": _text(node.values.get("级别")),
                    "year": int(year) if year is not None else None,
                    "until": until.isoformat() if until else None,
                    "stated": stated is not None,
                    "valid": until is None or until >= self.state.today,
                    "evidence": self._evidence(node.records),
                }
            )
        return sorted(listed, key=lambda h: (not h["valid"], -(h["year"] or 0), h["name"]))

    def _years(self) -> list[FirmYearDocument]:
        nodes = (n for n in self._nodes("REPORT_OF", "企业年报") if n.values.get("年份") is not None)
        years: list[FirmYearDocument] = [
            {
                "year": int(n.values["年份"]),
                "id": n.id,
                "values": {c: v for c, v in n.values.items() if c not in (FIRM, "年份")},
                "evidence": self._evidence(n.records),
            }
            for n in nodes
        ]
        return sorted(years, key=lambda y: y["year"])

    def _institutions(self) -> list[InstitutionDocument]:
        least = self.state.plan_model.six_least
        return [
            {
                "id": n.id,
                "name": n.name,
                "type": _text(n.values.get("类型")),
                "six": six_have(n.values, least),
                "evidence": self._evidence(n.records),
            }
            for n in sorted(self._nodes("HOSTED_BY", "平台"), key=lambda n: n.name)
        ]

    def _ties(self) -> list[TieDocument]:
        ties: list[TieDocument] = [
            {
                "id": e["id"],
                "name": e["name"],
                "sells": e["direction"] == "out",
                "what": _text(e["values"].get("内容")),
                "amount": cast("float | None", e["values"].get("金额(万元)")),
                "year": cast("int | None", e["values"].get("年份")),
                "evidence": _of_edge(e),
            }
            for e in self._edges("SUPPLIES", FIRM)
        ]
        return sorted(ties, key=lambda t: (t["sells"], -(t["amount"] or 0.0), t["name"]))

    def _things(self, kind: str) -> list[ThingOfFirmDocument]:
        edges = {e["id"]: e for e in self.shown["edges"] if e["kind"] == kind}
        nodes = {n.id: n for n in self.state.explorer.nodes(kind, set(edges))} if edges else {}
        things = [_thing(e, _facts(kind, nodes[i].values if i in nodes else {})) for i, e in edges.items()]
        return sorted(things, key=lambda t: t["name"])


def _end_of(honour: str, year: Any) -> date | None:
    """When an honour ends that has no day of its own; None for one that lasts.

    >>> _end_of("国家高新技术企业", 2023), _end_of("省隐形冠军", 2023)
    (datetime.date(2026, 12, 31), None)
    """
    bare = bare_honour(honour)
    of = (m for m in load_measures() if m.form == HONOURS and bare in {bare_honour(n) for n in m.names})
    years = next((m.valid_years for m in of if m.valid_years is not None), None)
    return date(int(year) + years, 12, 31) if years is not None and year is not None else None


def _thing(edge: EdgeDocument, about: str) -> ThingOfFirmDocument:
    return {
        "kind": edge["kind"],
        "id": edge["id"],
        "name": edge["name"],
        "about": about,
        "evidence": _of_edge(edge),
    }


def _of_edge(edge: EdgeDocument) -> list[SourceDocument]:
    return [s for s in (edge["source"], *edge["also"]) if s]


def _share(values: Mapping[str, Any]) -> str:
    share, year = values.get("营收占比"), values.get("年份")
    return "" if share is None else f"占营收{share:.0%}{f'（{year}年）' if year else ''}"


def _facts(kind: str, values: Mapping[str, Any]) -> str:
    return "，".join(str(values[c]) for c in ABOUT.get(kind, ()) if values.get(c) is not None)


def _text(value: object) -> str | None:
    return None if value is None else str(value)
