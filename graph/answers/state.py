"""The documents that commands, HTTP and pages share; one function per command (see docs/json.md)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from graph.analysis.config import GapConfig
from graph.analysis.facts import Facts
from graph.analysis.grading.grade import SegmentStatus, graded
from graph.analysis.grading.scores import COMPONENTS
from graph.analysis.grading.sentences import CAPTIONS
from graph.analysis.recruiting.candidates import is_gap, targets
from graph.analysis.regions.compare import Regional, compare_regions
from graph.analysis.supply.network import Supply
from graph.city.city import City
from graph.errors import Ambiguous, Unknown, UnknownBatch, UnknownRow
from graph.model import ChainView, Record, ViewNode
from graph.queries.chain_view import chain_view
from graph.queries.explorer import Explorer, node_name, view_node
from graph.queries.facts_reader import connected_chains, read_facts
from graph.queries.node_sources import named, row_document, show_node
from graph.review.duplicates import KINDS
from graph.review.queue import Review
from graph.schema.kinds import Kind
from graph.text import near, norm
from graph.version import __version__

SEARCH_LIMIT = 200
FIRST = 3  # gaps of a chain to begin with


def _place(source: dict[str, Any]) -> dict[str, Any]:
    return {k: source[k] for k in ("file", "sheet", "row", "record")}


class Documents:
    """Answers about one state of a city; read once, kept until the ledger changes."""

    def __init__(
        self, city: City, config: GapConfig, today: date, only: str | None = None, whole: Documents | None = None
    ) -> None:
        self.city, self.config, self.today = city, config, today
        self._only = only  # id of the one chain that the answers are about
        self._whole = whole or self  # answers about everything, of which these are a part
        self._regional: dict[str, dict[str, Regional]] = {}
        self._about: dict[str, Documents] = {}
        self.explorer = Explorer(city.store, city.schema)
        self._facts: Facts | None = None
        self._graded: dict[str, list[SegmentStatus]] = {}
        self._supply: dict[str, Supply] = {}
        self._chains: list[tuple[ViewNode, str]] | None = None
        self._views: dict[str, ChainView] = {}
        self._review: Review | None = None

    def connected(self) -> set[str]:
        """The chains (ids) within which whatever these answers are about has its effects; see `about`."""
        if self._only is None:
            return {c.id for c, _ in self.chains()}
        return connected_chains(self.city.store, self.city.schema, self._only)

    # -- statuses ---------------------------------------------------------------------------------

    def facts(self) -> Facts:
        """What the analysis reads."""
        if self._facts is None:
            self._facts = read_facts(self.city.store, self.city.ledger, self.city.schema, self._only)
        return self._facts

    def about(self, chain: str) -> Documents:
        """The same answers about one chain (id), read for it alone and kept: neither reading nor grading sees the rest."""
        if self._only is not None:
            return self
        if chain not in self._about:
            self._about[chain] = Documents(self.city, self.config, self.today, chain, self)
        return self._about[chain]

    def supply(self, scope: str = "县") -> Supply:
        """The compiled supply of all chains."""
        if scope not in self._supply:
            self._supply[scope] = Supply(self.facts(), scope)
        return self._supply[scope]

    def regional(self, scope: str = "县") -> dict[str, Regional]:
        """What comparing regions says of each segment; reads everything only where regions enough have chains."""
        if scope not in self._regional:
            enough = len({county for _, county in self.chains()}) >= self.config.regions_at_least
            self._regional[scope] = compare_regions(self.supply(scope), self.config) if enough else {}
        return self._regional[scope]

    def graded(self, scope: str = "县") -> list[SegmentStatus]:
        """The status of every segment."""
        if scope not in self._graded:
            compared = self._whole.regional(scope)
            self._graded[scope] = graded(self.supply(scope), config=self.config, today=self.today, regional=compared)
        return self._graded[scope]

    def by_id(self) -> dict[str, SegmentStatus]:
        """The status of every segment by its id."""
        return {s.segment_id: s for s in self.graded()}

    def gaps(
        self, county: str | None = None, chain: str | None = None, status: str | None = None, scope: str = "县"
    ) -> dict[str, Any]:
        """The document of `lianpu gaps`. Raises Unknown for a county, chain or status that does not exist."""
        county_name = self.county(county) if county else None
        chain_id = self.chain(chain, county)[0].id if chain else None
        if status is not None and status not in (*CAPTIONS, *CAPTIONS.values()):
            raise Unknown("状态", status, near(status, CAPTIONS) or list(CAPTIONS))
        about = self.about(chain_id) if chain_id else self
        supply = about.supply(scope)
        asked = [
            s
            for s in about.graded(scope)
            if (county_name is None or s.county == county_name)
            and (chain_id is None or supply.segments[s.segment_id].fact.chain == chain_id)
        ]
        rows = [s for s in asked if status is None or CAPTIONS.get(status, status) == CAPTIONS[s.status]]
        return {
            "as_of": self.today.isoformat(), "scope": scope, "segments": self._segment_documents(rows),
            "next": about._next(asked, scope),
        }  # fmt: skip

    def _next(self, rows: Sequence[SegmentStatus], scope: str) -> list[dict[str, Any]]:
        """What to do in each chain: what to survey before all, then the first gaps to close."""
        chains: dict[tuple[str, str], list[SegmentStatus]] = {}
        for row in rows:
            chains.setdefault((row.county, row.chain), []).append(row)
        steps = []
        for (county, chain), own in chains.items():
            gaps = targets(filter(is_gap, own), self.graded(scope), self.supply(scope))
            first = [
                {**{k: getattr(r, k) for k in ("county", "chain", "segment", "status", "caption", "verb", "reason")},
                 "flags": list(r.flags), "priority": r.scores.priority if r.scores else None}
                for r in gaps[:FIRST]
            ]  # fmt: skip
            survey = [r.segment for r in own if r.status == "未知"]
            if first or survey:
                steps.append({"county": county, "chain": chain, "survey": survey, "first": first})
        return steps

    def _segment_documents(self, rows: Sequence[SegmentStatus]) -> list[dict[str, Any]]:
        scored = [c for s in rows if s.scores for c in s.scores.components()]
        seqs = {seq for s in rows for seq in s.evidence} | {seq for c in scored for seq in c.evidence}
        sources = self.city.sources(sorted(seqs))
        documents = []
        for s in rows:
            document = asdict(s)
            document["evidence"] = [sources[seq] for seq in s.evidence if seq in sources]
            if s.scores:
                for name in COMPONENTS:
                    part = document["scores"][name]
                    part["evidence"] = [_place(sources[seq]) for seq in part["evidence"] if seq in sources]
            documents.append(document)
        return documents

    # -- chains -----------------------------------------------------------------------------------

    def chains(self) -> list[tuple[ViewNode, str]]:
        """(chain, its county's name), by county and name."""
        if self._chains is None:
            counties = {n.id: n.name for n in self.explorer.all_nodes("县市区")}
            chains = self.explorer.all_nodes("产业链")
            at = {
                e.source: counties[e.target]
                for _, _, e in self.explorer.edges_from("产业链", {c.id for c in chains}, skip=())
                if e.relation == "LOCATED_IN"
            }
            self._chains = sorted(((c, at[c.id]) for c in chains), key=lambda c: (c[1], c[0].name))
        return self._chains

    def county(self, name: str) -> str:
        """The county's name as written. Raises Unknown."""
        names = [n.name for n in self.explorer.all_nodes("县市区")]
        for found in names:
            if norm(found) == norm(name):
                return found
        raise Unknown("县市区", name, near(name, names))

    def chain(self, name: str, county: str | None = None) -> tuple[ViewNode, str]:
        """A chain and its county's name; `name` may be 县/链. Raises Unknown and Ambiguous."""
        chains = self.chains()
        found = [(c, k) for c, k in chains if norm(c.name) == norm(name) and (not county or norm(k) == norm(county))]
        place, _, rest = name.partition("/")
        if not found and rest and (not county or norm(place) == norm(county)):
            return self.chain(rest.strip(), place.strip())
        if not found:
            raise Unknown("产业链", name, near(name, [c.name for c, _ in chains]))
        if len(found) > 1:
            raise Ambiguous("产业链", name, [f"{k}/{c.name}" for c, k in found])
        return found[0]

    def view(self, chain: str, county: str | None = None) -> ChainView:
        """Everything that hangs on a chain."""
        node, place = self.chain(chain, county)
        if node.id not in self._views:
            rows = [s for s in self.about(node.id).graded() if s.county == place and s.chain == node.name]
            self._views[node.id] = chain_view(
                self.explorer, node, place, self._segment_documents(rows),
                today=self.today, demo=self.city.demo, sources=self.city.sources,
            )  # fmt: skip
        return self._views[node.id]

    # -- the ledger and the graph -----------------------------------------------------------------

    def status(self) -> dict[str, Any]:
        """The document of `lianpu status`."""
        city = self.city
        nodes, edges = city.store.counts()
        batches = [b for b in city.ledger.batches() if b.undone_at is None]
        return {
            "version": __version__,
            "ledger": {
                "url": city.ledger.shown_url, "batches": len(batches), "records": city.ledger.count(),
                "hash": city.ledger.state(),
            },
            "graph": {"url": city.store.url, "nodes": nodes, "edges": edges, "hash": city.hash()},
            "in_step": city.in_step(),
            "waiting": city.store.waiting(),
        }  # fmt: skip

    def batches(self) -> dict[str, Any]:
        """The document of `lianpu batches`."""
        return {"batches": [b.document() for b in self.city.ledger.batches()]}

    def batch(self, batch: int, most: int) -> dict[str, Any]:
        """One batch with at most so many of the rows that it brought, and of those it withdrew. Raises UnknownBatch."""
        found = next((b for b in self.city.ledger.batches() if b.id == batch), None)
        if found is None:
            raise UnknownBatch(batch)
        ledger = self.city.ledger
        brought, withdrawn = ledger.brought_by(batch), ledger.withdrawn_by(batch)
        rows = self._records([*brought[:most], *withdrawn[:most]])
        return {
            **found.document(),
            "brought": [row_document(rows[s], self.city.schema) for s in brought[:most]],
            "withdrew": [row_document(rows[s], self.city.schema) for s in withdrawn[:most]],
        }  # fmt: skip

    def row(self, record: int) -> dict[str, Any]:
        """One row of the ledger as it was written, and whether it counts. Raises UnknownRow."""
        found = self._records([record]).get(record)
        if found is None:
            raise UnknownRow(record)
        batches = {b.id: b.document() for b in self.city.ledger.batches()}
        hidden = [batches[b] for b in self.city.ledger.withdrawers(record) if not batches[b]["undone"]]
        document = row_document(found, self.city.schema)
        return {**document, "loaded": batches[found.batch], "withdrawn": hidden[0] if hidden else None}

    def review(self, kind: str | None = None, top: int = 100) -> dict[str, Any]:
        """The document of `lianpu review`. Raises Unknown for a kind that is not reviewed."""
        if kind is not None and kind not in KINDS:
            raise Unknown("类别", kind, KINDS)
        if self._review is None:
            self._review = Review.of(self.city.projection(), self.city.schema)
        return self._review.document(self.city.sources, kind, top)

    def show(self, kind: str, name: str) -> dict[str, Any]:
        """The document of `lianpu show`. Raises Unknown and Ambiguous."""
        found = self.city.schema.kinds.get(kind)
        if found is None:
            raise Unknown("类别", kind, near(kind, self.city.schema.kinds) or list(self.city.schema.kinds))
        row = self._row(found, name)
        return show_node(self.explorer, found, view_node(found, row), row, self._records)

    def node(self, kind: str, name: str) -> dict[str, Any]:
        """The graph's row of a node that people name. Raises Unknown and Ambiguous."""
        return self._row(self.city.schema.kinds[kind], name)

    def _records(self, seqs: Iterable[int]) -> dict[int, Record]:
        return {r.seq: r for r in self.city.ledger.records(only=seqs)}

    def _row(self, kind: Kind, name: str) -> dict[str, Any]:
        rows = named(self.explorer, kind, name)
        if not rows and "/" in name:
            *places, last = [p.strip() for p in name.split("/")]
            rows = [r for r in named(self.explorer, kind, last) if self._stands_at(kind, r, places)]
        if not rows:
            raise Unknown(kind.caption, name, near(name, [node_name(kind, r) for r in self.city.store.nodes(kind)]))
        if len(rows) > 1:
            raise Ambiguous(kind.caption, name, [self._path(kind, r) for r in rows])
        return rows[0]

    def _path(self, kind: Kind, row: dict[str, Any]) -> str:
        if kind.caption == "环节":
            for s in self.graded():
                if s.segment_id == row["id"]:
                    return f"{s.county}/{s.chain}/{s.segment}"
        place = row.get("county") or row.get("code") or row.get("affiliation")
        return f"{place}/{node_name(kind, row)}" if place else node_name(kind, row)

    def _stands_at(self, kind: Kind, row: dict[str, Any], places: list[str]) -> bool:
        *path, _ = self._path(kind, row).split("/")
        return [norm(p) for p in path][-len(places) :] == [norm(p) for p in places]

    def search(self, text: str) -> dict[str, Any]:
        """The document of `lianpu search`: names first, then former names and codes."""
        hits: dict[str, dict[str, Any]] = {}
        wanted = dict.fromkeys((text.strip(), norm(text)))
        for form in wanted:
            for kind in self.city.schema.kinds.values():
                self._search_kind(kind, form, hits)
        ranked = sorted(hits.values(), key=lambda h: (h["matched"] != text, len(h["name"]), h["kind"], h["name"]))
        return {"hits": ranked[:SEARCH_LIMIT]}

    def _search_kind(self, kind: Kind, text: str, hits: dict[str, dict[str, Any]]) -> None:
        if not text or kind.name_column is None:
            return
        found: dict[str, str] = {}
        if kind.name_column.field == "name":
            found |= {
                r["id"]: r["matched"] for r in self.city.store.read("search_names", {"label": kind.label}, text=text)
            }
        for column in kind.fields:
            if column.sought:
                names = {"label": kind.label, "property": column.field or ""}
                for r in self.city.store.read("search_property", names, text=text):
                    found.setdefault(r["id"], r["matched"])
        for node in self.explorer.nodes(kind.caption, found):
            county = node.values.get("县市区") or node.values.get("所在地")
            path = self._path(kind, {"id": node.id, "name": node.name}) if kind.caption == "环节" else ""
            hits.setdefault(node.id, {
                "kind": kind.caption, "name": node.name, "county": county or (path.split("/")[0] or None),
                "chain": path.split("/")[1] if path.count("/") == 2 else None, "matched": found[node.id],
            })  # fmt: skip
