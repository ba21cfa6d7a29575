"""Search by name, former name, code, product and place; by parts, several words, pinyin and its initials."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from graph.answers.documents.nodes import HitDocument, SearchDocument, SuggestionsDocument
from graph.answers.lookup import path_of
from graph.answers.state import State
from graph.errors import Unknown
from graph.queries.names.index import Hit, Hits, SearchIndex
from graph.queries.reads import read_everything
from graph.text import near

LIMIT = 200  # hits listed
EACH, GROUPS = 5, 6  # hits suggested of a kind, and of how many kinds
AT_ONCE = 20_000  # nodes up to which names are read while somebody waits


def search(state: State, text: str, kind: str | None = None, wait: bool = False) -> SearchDocument:
    """The document of `lianpu search`, the best first; `wait` reads the names of a graph however large. Raises Unknown."""
    hits = find_names(state, text, LIMIT, _kinds(state, kind), wait)
    return {
        "hits": [_hit(state, hit) for hit in hits.best[:LIMIT]],
        "total": sum(hits.counts.values()),
        "counts": _ordered(state, hits),
    }


def suggestions(state: State, text: str, kind: str | None = None) -> SuggestionsDocument:
    """What is offered while somebody types: the best few of each kind, and how many there are. Raises Unknown."""
    hits = find_names(state, text, EACH, _kinds(state, kind), wait=False)
    groups: dict[str, list[Hit]] = {}
    for hit in hits.best:
        groups.setdefault(hit.kind.caption, []).append(hit)
    return {
        "groups": [
            {"kind": caption, "total": hits.counts[caption], "hits": [_hit(state, h) for h in some[:EACH]]}
            for caption, some in list(groups.items())[:GROUPS]
        ],
        "total": sum(hits.counts.values()),
        "counts": _ordered(state, hits),
    }


def _kinds(state: State, kind: str | None) -> set[str] | None:
    if not kind:
        return None
    kinds = state.city.schema.kinds
    if kind not in kinds:
        raise Unknown("类别", kind, near(kind, kinds))
    return {kind}


def _ordered(state: State, hits: Hits) -> dict[str, int]:
    kinds: Iterable[str] = state.city.schema.looks
    return {kind: hits.counts[kind] for kind in kinds if kind in hits.counts}


def find_names(state: State, text: str, most: int, kinds: Collection[str] | None, wait: bool = False) -> Hits:
    """The best `most` of each of some kinds (None: all) that fit what is typed, and how many there are."""
    names = state.names or _read(state, wait) or SearchIndex.narrowed(state.reader, text)
    return names.find(text, most, kinds)


def _read(state: State, wait: bool) -> SearchIndex | None:
    """The names of a graph that nobody has read them of yet; None where that takes longer than somebody waits."""

    def read() -> SearchIndex | None:
        read_everything()
        return SearchIndex.read(state.reader, *(() if wait else (AT_ONCE,)))

    return state.once(("names", wait), read)


def _hit(state: State, hit: Hit) -> HitDocument:
    node, kind = hit.node, hit.kind
    path = path_of(state, kind, {"id": node.id, "name": node.name}) if kind.caption == "环节" else ""
    county, _, chain = path.removesuffix(f"/{node.name}").partition("/")
    return {
        "kind": kind.caption,
        "name": node.name,
        "id": node.id,
        "county": node.place or county or None,
        "chain": chain or None,
        "matched": node.matched,
    }
