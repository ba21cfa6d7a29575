"""Which segment a firm may stand on, from what it makes: suggestions with the words that speak for them.

Only firms for which nobody states a segment are suggested one, and nothing counts until a person confirms it (the
decision 归入环节). Terms of a segment are its name and aliases and the products included in it (its own), and the
products of the firms that stand on it (learnt).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from ahocorasick_rs import AhoCorasick, MatchKind

from graph.model import Node
from graph.naming.bm25 import BM25
from graph.naming.firm import STOP, TAILS, parse_firm
from graph.naming.terms import Tokenizer, tokenizer
from graph.projection.decisions import NOT_PLACE
from graph.projection.result import Projection
from graph.projection.segment_path import segment_paths
from graph.text import norm, split

STRONG, MEDIUM, WEAK = "强", "中", "弱"
LEVELS = (STRONG, MEDIUM, WEAK)
SUGGESTIONS = 3  # shown for one firm, at most
COMMON = 0.2  # a term that more of the firms' texts share says nothing
FEW = 10  # ... once there are this many firms
FAR_RUN = 2  # characters that likeness to a segment elsewhere must share more than, unless words begin alike
SCOPE = re.compile("经营范围|主营|产品|业务")
QUERY = 200  # characters of a text that are compared as a whole
_STOPS = re.compile("|".join(sorted(STOP, key=lambda w: (-len(w), w))))
_REMARK = re.compile(r"\([^()]*\)|（[^（）]*）")
_BY_NAME = re.compile("据企业名称|据名称|据公司名称")
_PARTS = re.compile(r"[、与和及,;/()·\s]+")


@dataclass(frozen=True, slots=True)
class Term:
    """A word that speaks for a segment, by its id; `own` where it belongs to the segment itself."""

    word: str
    segment: str
    own: bool


@dataclass(slots=True)
class Suggestion:
    """A segment for a firm: how strong the evidence is, and the words that matched."""

    segment: str  # node id
    path: str  # 县/链/环节
    evidence: str  # 强 中 弱
    score: float
    words: list[str] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Placing:
    """A firm without a stated segment, with suggestions, best first."""

    firm: Node
    text: str
    suggestions: list[Suggestion]


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


def placings(projection: Projection) -> list[Placing]:
    """Suggestions for every local firm without a stated segment, the strongest evidence first."""
    found = list(_Placer(projection).placings())
    return sorted(found, key=lambda p: (LEVELS.index(p.suggestions[0].evidence), -p.suggestions[0].score, p.firm.name))


class _Placer:
    def __init__(self, projection: Projection) -> None:
        self.nodes, self.edges = projection.nodes, projection.edges
        self.paths = {s: p for s, p in segment_paths(projection).items() if p.stage != "应用"}
        self.order = sorted(self.paths)
        self.place = {segment: place for place, segment in enumerate(self.order)}
        self.near: dict[str | None, dict[str, str]] = {}  # by county: see `_allowed`
        self.rejected = {(norm(d.kept), norm(d.other)) for d in projection.decisions.told(NOT_PLACE, "企业")}
        self.counties = {
            e.source: e.target for e in self.edges.get("LOCATED_IN", {}).values() if e.source_kind in ("企业", "产业链")
        }
        self.city_of = {e.source: e.target for e in self.edges.get("PART_OF", {}).values()}
        self.chains_of: dict[str, set[str]] = defaultdict(set)
        for e in self.edges.get("IN_CHAIN", {}).values():
            if e.source_kind == "企业":
                self.chains_of[e.source].add(e.target)
        self.stands: dict[str, set[str]] = defaultdict(set)
        for e in self.edges.get("STANDS_ON", {}).values():
            self.stands[e.source].add(e.target)
        self.made: dict[str, list[Node]] = defaultdict(list)
        for e in self.edges.get("MAKES", {}).values():
            self.made[e.source].append(self.nodes["产品"][e.target])

    def placings(self) -> Iterator[Placing]:
        firms = [
            n
            for n in self.nodes.get("企业", {}).values()
            if n.id not in self.stands and n.values.get("state") not in ("外部", "停产")
        ]
        if not firms or not self.order:
            return
        texts = {n.id: self._text(n) for n in firms}
        common = self._common(list(texts.values()))
        for firm in firms:
            if suggestions := self._suggest(firm, texts[firm.id], common):
                yield Placing(firm, texts[firm.id].whole(), suggestions[:SUGGESTIONS])

    def _text(self, firm: Node) -> FirmText:
        written = [m.name for m in self.made[firm.id]]
        items = tuple(t for w in written if (t := norm(_REMARK.sub("", w)).strip("()（） ")) and not _BY_NAME.search(t))
        scope = "、".join(v for caption, v in sorted(firm.extras.items()) if SCOPE.search(caption))
        by_name = any(_BY_NAME.search(w) for w in written)
        return FirmText(items, norm(scope), parse_firm(firm.name).core, by_name)

    # -- terms ------------------------------------------------------------------------------------

    @cached_property
    def terms(self) -> list[Term]:
        """Every term of every segment, its own before learnt ones."""
        found: dict[tuple[str, str], Term] = {}

        def add(words: Iterable[str], segment: str, own: bool) -> None:
            for word in words:
                if len(word) > 1 and word not in STOP:
                    found.setdefault((word, segment), Term(word, segment, own))

        for segment in self.order:
            node = self.nodes["环节"][segment]
            for name in (node.name, *split(str(node.values.get("aliases") or ""))):
                add(words_of_segment(name), segment, own=True)
        for e in self.edges.get("INCLUDED_IN", {}).values():
            product = self.nodes["产品"][e.source]
            names = (product.name, *split(str(product.values.get("aliases") or "")))
            add((norm(_REMARK.sub("", n)) for n in names), e.target, own=True)
        for firm, segments in self.stands.items():
            if len(segments) == 1:
                add((norm(_REMARK.sub("", m.name)) for m in self.made[firm]), next(iter(segments)), own=False)
        return list(found.values())

    @cached_property
    def by_word(self) -> dict[str, list[Term]]:
        """Terms by word."""
        found: dict[str, list[Term]] = defaultdict(list)
        for term in self.terms:
            found[term.word].append(term)
        return found

    @cached_property
    def finder(self) -> tuple[AhoCorasick, list[str]]:
        """Finds every term in a text in one pass."""
        words = sorted(self.by_word)
        return AhoCorasick(words, matchkind=MatchKind.Standard), words

    @cached_property
    def tokenizer(self) -> Tokenizer:
        """Cuts what firms write, knowing the city's terms and the brands of its firms."""
        here = (n for n in self.nodes.get("企业", {}).values() if n.values.get("state") != "外部")
        brands = (parse_firm(n.name).brand for n in here)
        return tokenizer(frozenset((*self.by_word, *brands)))

    @cached_property
    def terms_of(self) -> dict[str, list[Term]]:
        """Terms by segment."""
        found: dict[str, list[Term]] = defaultdict(list)
        for term in self.terms:
            found[term.segment].append(term)
        return found

    @cached_property
    def index(self) -> BM25:
        """Segments by all their words."""
        return BM25(["、".join(t.word for t in self.terms_of[s]) for s in self.order])

    def _words_in(self, text: str) -> set[str]:
        """The terms that stand in a text, not those that two of its words make by chance (钢带 in 不锈钢带锯)."""
        finder, words = self.finder
        matches = finder.find_matches_as_indexes(text, overlapping=True) if text else []
        return {words[w] for w, start, end in matches if self.tokenizer.stands(text, start, end)}

    def _common(self, texts: Sequence[FirmText]) -> set[str]:
        counts: dict[str, int] = defaultdict(int)
        for text in texts:
            for word in self._words_in(text.whole()):
                counts[word] += 1
        return {w for w, n in counts.items() if len(texts) > FEW and n > COMMON * len(texts)}

    # -- suggestions ------------------------------------------------------------------------------

    def _suggest(self, firm: Node, text: FirmText, common: set[str]) -> list[Suggestion]:
        allowed = self._allowed(firm)
        found: dict[str, Suggestion] = {}
        for level, word, term, why in self._evidence(text, common):
            if term.segment not in allowed or (allowed[term.segment] and level == WEAK):
                continue
            lowered = LEVELS[min(LEVELS.index(level) + bool(allowed[term.segment]), len(LEVELS) - 1)]
            one = found.setdefault(term.segment, Suggestion(term.segment, str(self.paths[term.segment]), lowered, 0.0))
            one.evidence = min(one.evidence, lowered, key=LEVELS.index)
            if word not in one.words:
                one.words.append(word)
                one.reasons.append(why)
        self._add_likeness(text, allowed, found)
        kept = [s for s in found.values() if not self._is_rejected(firm, s.segment)]
        for s in kept:
            if allowed[s.segment]:
                s.reasons.append(allowed[s.segment])
        return sorted(kept, key=lambda s: (LEVELS.index(s.evidence), -s.score, s.path))

    def _evidence(self, text: FirmText, common: set[str]) -> Iterator[tuple[str, str, Term, str]]:
        """(level, word, term, reason) for every term that the firm's texts hold."""
        for item in text.items:
            for word in self._words_in(item) - common:
                for term in self.by_word[word]:
                    exact = word == item and term.own and not text.by_name
                    said = (
                        "就是本环节的产品"
                        if word == item and term.own
                        else "与本环节的产品相符"
                        if term.own
                        else "与本环节企业的产品相符"
                    )
                    yield STRONG if exact else MEDIUM, word, term, f"主要产品“{item}”{said}（{word}）"
        for word in self._words_in(text.scope) - common:
            for term in self.by_word[word]:
                yield MEDIUM if term.own and len(word) > 2 else WEAK, word, term, f"经营范围中有“{word}”"
        for word in self._words_in(text.name) - common:
            for term in self.by_word[word]:
                yield WEAK, word, term, f"企业名称中有“{word}”"

    def _add_likeness(self, text: FirmText, allowed: dict[str, str], found: dict[str, Suggestion]) -> None:
        """Order what was found by BM25; where no word was found, let likeness alone be a weak sign."""
        if len(found) == 1 or not (found or text.items):
            for only in found.values():
                only.score = 1.0
            return
        query = "、".join((*text.items, text.scope))[:QUERY] or text.name
        among = {self.place[s] for s in found or allowed}
        ranked = self.index.search(_STOPS.sub("、", query), among)
        for place, score in ranked if found else ():
            found[self.order[place]].score = round(score / ranked[0][1], 3)
        if found or not ranked:
            return
        segment = self.order[ranked[0][0]]
        words = [t.word for t in self.terms_of[segment]]
        shared = _shared(query, words)
        near = not allowed[segment] or any(_begins(run, text.items) and _begins(run, words) for run in shared)
        if shared and (near or len(shared[0]) > FAR_RUN):
            reason = f"文字相近（{'、'.join(shared[:3])}）"
            found[segment] = Suggestion(segment, str(self.paths[segment]), WEAK, 1.0, shared[:3], [reason])

    def _allowed(self, firm: Node) -> dict[str, str]:
        """Segments that a firm may stand on, each with what speaks against it: nothing, or that it is elsewhere.

        A stated chain is the only one; else those of the firm's county, then of the other counties of its city.
        """
        if chains := self.chains_of.get(firm.id):
            return {s: "" for s, p in self.paths.items() if p.chain_id in chains}
        county = self.counties.get(firm.id)
        if county not in self.near:
            self.near[county] = self._near(county)
        return self.near[county]

    def _near(self, county: str | None) -> dict[str, str]:
        found: dict[str, str] = {}
        for segment, path in self.paths.items():
            place = self.counties.get(path.chain_id)
            if county is None or place is None or county in (place, self.city_of.get(place)):
                found[segment] = ""
            elif self.city_of.get(county) == self.city_of.get(place) is not None:
                found[segment] = f"环节在{path.county}，企业在{self.nodes['县市区'][county].name}"
        return found

    def _is_rejected(self, firm: Node, segment: str) -> bool:
        names = {norm(n) for n in (firm.name, *split(str(firm.values.get("aliases") or "")))}
        return any((n, way) in self.rejected for n in names for way in self.paths[segment].ways())


def words_of_segment(name: str) -> list[str]:
    """The words that a segment's name is made of, longest first.

    >>> words_of_segment("动力运动车辆与智能家电(关联产业)"), words_of_segment("木制玩具制造")
    (['动力运动车辆', '智能家电'], ['木制玩具制造', '木制玩具'])
    """
    found: list[str] = []
    whole = norm(_REMARK.sub("", name))
    for part in (whole, *_PARTS.split(whole)) if not _PARTS.search(whole) else _PARTS.split(whole):
        found.append(part)
        for tail in TAILS:
            if part.endswith(tail) and len(part) - len(tail) > 1:
                found.append(part.removesuffix(tail))
    return [w for w in dict.fromkeys(found) if len(w) > 1 and w not in STOP]


def _begins(run: str, words: Iterable[str]) -> bool:
    return any(w.startswith(run) for w in words)


def _shared(query: str, words: Iterable[str]) -> list[str]:
    """Runs of two to four characters that a text shares with some words, longest first; stop words are none."""
    runs = {w[i : i + size] for w in words for size in (4, 3, 2) for i in range(len(w) - size + 1)} - STOP
    runs = {r for r in runs if not any(c.isdigit() for c in r)}
    cleaned = _STOPS.sub("、", query)
    kept = sorted((r for r in runs if r in cleaned), key=lambda r: (-len(r), r))
    return [r for at, r in enumerate(kept) if not any(r in longer for longer in kept[:at])]
