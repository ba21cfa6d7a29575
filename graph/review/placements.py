"""Which segment a firm may stand on, from what it makes: suggestions with the words that speak for them.

Suggested a segment are firms for which nobody states one, and makers that stand on a segment with parts (上级环节)
while a product of theirs names one of the parts. Nothing counts until a person confirms it (the decision 归入环节).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from graph.model import Node
from graph.naming.firm import STOP, parse_firm
from graph.projection.decisions import NOT_PLACE
from graph.projection.result import Projection
from graph.projection.segment_path import segment_paths
from graph.review.segment_terms import REMARK, SegmentTerms, Term, shared_runs, words_of_segment
from graph.text import norm, split

STRONG, MEDIUM, WEAK = "强", "中", "弱"
LEVELS = (STRONG, MEDIUM, WEAK)
SUGGESTIONS = 3  # shown for one firm, at most
FAR_RUN = 2  # characters that likeness to a segment elsewhere must share more than, unless words begin alike
SCOPE = re.compile("经营范围|主营|产品|业务")
QUERY = 200  # characters of a text that are compared as a whole
_BY_NAME = re.compile("据企业名称|据名称|据公司名称")


@dataclass(frozen=True, slots=True)
class _Sign:
    """A term that a firm's texts hold: how strong a sign that is, and in words why."""

    level: str
    term: Term
    reason: str


@dataclass(slots=True)
class SegmentMatch:
    """A segment for a firm: how strong the evidence is, and the words that matched."""

    segment: str  # node id
    path: str  # 县/链/环节
    evidence: str  # 强 中 弱
    score: float = 0.0
    words: list[str] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Placement:
    """A firm without a stated segment, or with one that has parts, with suggestions, best first."""

    firm: Node
    text: str
    suggestions: list[SegmentMatch]


@dataclass(frozen=True, slots=True)
class FirmText:
    """What is known of what a firm makes: items it lists, its scope of business, its name."""

    items: tuple[str, ...]
    scope: str
    name: str
    by_name: bool  # the items were guessed from the name

    def whole(self) -> str:
        """All of it."""
        return "、".join(p for p in (*self.items, self.scope, self.name) if p)

    def query(self) -> str:
        """The characters that are compared as a whole."""
        return "、".join((*self.items, self.scope))[:QUERY] or self.name


def find_placements(projection: Projection) -> list[Placement]:
    """Suggestions for every local firm without a stated segment or on one with parts, the strongest evidence first."""
    return sorted(
        _Placer(projection).placements(),
        key=lambda p: (LEVELS.index(p.suggestions[0].evidence), -p.suggestions[0].score, p.firm.name),
    )


class _Placer:
    def __init__(self, projection: Projection) -> None:
        self.nodes, self.edges = projection.nodes, projection.edges
        self.paths = {s: p for s, p in segment_paths(projection).items() if p.stage != "应用"}
        self.order = sorted(self.paths)
        self.reach: dict[str | None, dict[str, str]] = {}  # by county: see `_allowed`
        self.rejected = {(norm(d.kept), norm(d.other)) for d in projection.decisions.of_verdict(NOT_PLACE, "企业")}
        self.counties = {
            e.source: e.target for e in self.edges.get("LOCATED_IN", {}).values() if e.source_kind in ("企业", "产业链")
        }
        self.city_of = {e.source: e.target for e in self.edges.get("PART_OF", {}).values()}
        self.chains_of: dict[str, set[str]] = defaultdict(set)
        for e in self.edges.get("IN_CHAIN", {}).values():
            if e.source_kind == "企业":
                self.chains_of[e.source].add(e.target)
        self.stands: dict[str, set[str]] = defaultdict(set)
        self.making: dict[str, set[str]] = defaultdict(set)  # of these, where a firm produces
        for e in self.edges.get("STANDS_ON", {}).values():
            self.stands[e.source].add(e.target)
            if e.values.get("state") in (None, "在产"):
                self.making[e.source].add(e.target)
        self.parts: dict[str, list[str]] = defaultdict(list)
        for e in self.edges.get("SUBSEGMENT_OF", {}).values():
            self.parts[e.target].append(e.source)
        self.products_of: dict[str, list[Node]] = defaultdict(list)
        for e in self.edges.get("MAKES", {}).values():
            self.products_of[e.source].append(self.nodes["产品"][e.target])

    def placements(self) -> Iterator[Placement]:
        here = [n for n in self.nodes.get("企业", {}).values() if n.values.get("state") not in ("外部", "停产")]
        firms = [n for n in here if n.id not in self.stands]
        if not self.order:
            return
        yield from filter(None, map(self._finer, (n for n in here if not self.making[n.id].isdisjoint(self.parts))))
        texts = {n.id: self._text(n) for n in firms}
        common = self.terms.common([t.whole() for t in texts.values()])
        for firm in firms:
            if suggestions := self._suggest(firm, texts[firm.id], common):
                yield Placement(firm, texts[firm.id].whole(), suggestions[:SUGGESTIONS])

    def _finer(self, firm: Node) -> Placement | None:
        """The parts of the segments that a maker stands on which its products name (上级未细分)."""
        text, held = self._text(firm), self.stands[firm.id]
        listed = FirmText(text.items, "", "", text.by_name)
        matches: dict[str, SegmentMatch] = {}
        for above in sorted(self.making[firm.id]):
            parts = [s for s in self._below(above) if s in self.paths and held.isdisjoint((s, *self._below(s)))]
            for segment, match in self._by_words(listed, set(), dict.fromkeys(parts, "")).items():
                match.words = [w for w in match.words if Term(w, segment, own=True) in self.terms.of[segment]]
                if match.words and not self._is_rejected(firm, segment):
                    match.reasons.append(f"现记在上级环节“{self.nodes['环节'][above].name}”")
                    matches[segment] = match
        self._scored(matches, text)
        suggestions = sorted(matches.values(), key=lambda m: (LEVELS.index(m.evidence), -m.score, m.path))
        return Placement(firm, text.whole(), suggestions[:SUGGESTIONS]) if suggestions else None

    def _below(self, segment: str) -> list[str]:
        """The parts of a segment, their parts, and so on."""
        return [x for part in self.parts[segment] for x in (part, *self._below(part))]

    def _text(self, firm: Node) -> FirmText:
        written = [m.name for m in self.products_of[firm.id]]
        items = tuple(t for w in written if (t := norm(REMARK.sub("", w)).strip("()（） ")) and not _BY_NAME.search(t))
        scope = "、".join(v for caption, v in sorted(firm.extras.items()) if SCOPE.search(caption))
        by_name = any(_BY_NAME.search(w) for w in written)
        return FirmText(items, norm(scope), parse_firm(firm.name).core, by_name)

    @cached_property
    def terms(self) -> SegmentTerms:
        """The terms of every segment, its own before learnt ones."""
        terms: dict[tuple[str, str], Term] = {}

        def add(words: Iterable[str], segment: str, own: bool) -> None:
            for word in words:
                if len(word) > 1 and word not in STOP:
                    terms.setdefault((word, segment), Term(word, segment, own))

        for segment in self.order:
            node = self.nodes["环节"][segment]
            for name in (node.name, *split(str(node.values.get("aliases") or ""))):
                add(words_of_segment(name), segment, own=True)
        for e in self.edges.get("INCLUDED_IN", {}).values():
            product = self.nodes["产品"][e.source]
            names = (product.name, *split(str(product.values.get("aliases") or "")))
            add((norm(REMARK.sub("", n)) for n in names), e.target, own=True)
        for firm, segments in self.stands.items():
            if len(segments) == 1:
                add((norm(REMARK.sub("", m.name)) for m in self.products_of[firm]), next(iter(segments)), own=False)
        here = (n for n in self.nodes.get("企业", {}).values() if n.values.get("state") != "外部")
        return SegmentTerms(list(terms.values()), self.order, [parse_firm(n.name).brand for n in here])

    def _suggest(self, firm: Node, text: FirmText, common: set[str]) -> list[SegmentMatch]:
        allowed = self._allowed(firm)
        matches = self._by_words(text, common, allowed)
        if matches:
            self._scored(matches, text)
        elif text.items and (match := self._by_likeness(text, allowed)):
            matches = {match.segment: match}
        kept = [m for m in matches.values() if not self._is_rejected(firm, m.segment)]
        for m in kept:
            if allowed[m.segment]:
                m.reasons.append(allowed[m.segment])
        return sorted(kept, key=lambda m: (LEVELS.index(m.evidence), -m.score, m.path))

    def _by_words(self, text: FirmText, common: set[str], allowed: Mapping[str, str]) -> dict[str, SegmentMatch]:
        """The segments whose terms a firm's texts hold; what is elsewhere counts one level less."""
        matches: dict[str, SegmentMatch] = {}
        for sign in self._signs(text, common):
            segment = sign.term.segment
            if segment not in allowed or (allowed[segment] and sign.level == WEAK):
                continue
            level = LEVELS[min(LEVELS.index(sign.level) + bool(allowed[segment]), len(LEVELS) - 1)]
            match = matches.setdefault(segment, SegmentMatch(segment, str(self.paths[segment]), level))
            match.evidence = min(match.evidence, level, key=LEVELS.index)
            if sign.term.word not in match.words:
                match.words.append(sign.term.word)
                match.reasons.append(sign.reason)
        return matches

    def _signs(self, text: FirmText, common: set[str]) -> Iterator[_Sign]:
        """A sign for every term that the firm's texts hold."""
        for item in text.items:
            for term in self.terms.standing_in(item, common):
                whole = term.word == item and term.own
                kind = "就是本环节的产品" if whole else "与本环节的产品相符" if term.own else "与本环节企业的产品相符"
                level = STRONG if whole and not text.by_name else MEDIUM
                yield _Sign(level, term, f"主要产品“{item}”{kind}（{term.word}）")
        for term in self.terms.standing_in(text.scope, common):
            level = MEDIUM if term.own and len(term.word) > 2 else WEAK
            yield _Sign(level, term, f"经营范围中有“{term.word}”")
        for term in self.terms.standing_in(text.name, common):
            yield _Sign(WEAK, term, f"企业名称中有“{term.word}”")

    def _scored(self, matches: Mapping[str, SegmentMatch], text: FirmText) -> None:
        """Order what words led to by likeness: the likest is 1."""
        scores = self.terms.likest(text.query(), matches) if len(matches) > 1 else dict.fromkeys(matches, 1.0)
        most = max(scores.values(), default=1.0)
        for segment, score in scores.items():
            matches[segment].score = round(score / most, 3)

    def _by_likeness(self, text: FirmText, allowed: Mapping[str, str]) -> SegmentMatch | None:
        """Where no word was found, likeness alone is a weak sign."""
        query = text.query()
        segment = next(iter(self.terms.likest(query, allowed)), None)
        if segment is None:
            return None
        words = [t.word for t in self.terms.of[segment]]
        shared = shared_runs(query, words)
        here = not allowed[segment] or any(_begins(run, text.items) and _begins(run, words) for run in shared)
        if not shared or not (here or len(shared[0]) > FAR_RUN):
            return None
        reason = f"文字相近（{'、'.join(shared[:3])}）"
        return SegmentMatch(segment, str(self.paths[segment]), WEAK, 1.0, shared[:3], [reason])

    def _allowed(self, firm: Node) -> dict[str, str]:
        """Segments that a firm may stand on, each with what speaks against it: nothing, or that it is elsewhere.

        A stated chain is the only one; else those of the firm's county, then of the other counties of its city.
        """
        if chains := self.chains_of.get(firm.id):
            return {s: "" for s, p in self.paths.items() if p.chain_id in chains}
        county = self.counties.get(firm.id)
        if county not in self.reach:
            self.reach[county] = self._within_reach(county)
        return self.reach[county]

    def _within_reach(self, county: str | None) -> dict[str, str]:
        reach: dict[str, str] = {}
        for segment, path in self.paths.items():
            place = self.counties.get(path.chain_id)
            if county is None or place is None or county in (place, self.city_of.get(place)):
                reach[segment] = ""
            elif self.city_of.get(county) == self.city_of.get(place) is not None:
                reach[segment] = f"环节在{path.county}，企业在{self.nodes['县市区'][county].name}"
        return reach

    def _is_rejected(self, firm: Node, segment: str) -> bool:
        names = {norm(n) for n in (firm.name, *split(str(firm.values.get("aliases") or "")))}
        return any((n, way) in self.rejected for n in names for way in self.paths[segment].ways())


def _begins(run: str, words: Iterable[str]) -> bool:
    return any(w.startswith(run) for w in words)
