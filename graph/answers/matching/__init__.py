"""Needs and what may answer them: results, and institutes, platforms and people beside them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from graph.analysis.matching.matchable import Match, Matchable
from graph.analysis.matching.matcher import Matcher
from graph.answers.documents.matching import MatchDocument, MatchedDocument, MatchesDocument
from graph.answers.lookup import find_chain, find_county
from graph.answers.matching.registered import NEED, OTHERS, RESULT, Registered, read_registered
from graph.answers.state import State
from graph.queries.chain_view import Chain

TOP = 5  # results named for a need, unless asked otherwise


def matching(
    state: State, chain: str | None = None, county: str | None = None, top: int = TOP, ids: Collection[str] = ()
) -> MatchesDocument:
    """The document of `lianpu match`: the needs of one chain, one county or all, or those with some ids, each with what
    may answer it wherever that is. Raises Unknown and Ambiguous.
    """
    registered = state.once(("matching",), lambda: read_registered(state))
    matchers = state.once(("matchers",), lambda: {k: Matcher([*of.values()]) for k, of in registered.things.items()})
    here = _chains(state, chain, county)
    by_id = {c.id: c for c in state.chains()}
    needs = [
        need
        for ident, need in registered.things[NEED].items()
        if (here is None or here & set(registered.chains.get(ident, ()))) and (not ids or ident in ids)
    ]
    matches = [_match(registered, matchers, need, by_id, top) for need in needs]
    return {
        "matches": matches,
        "needs": len(matches),
        "offers": len(registered.things[RESULT]),
        "without": sum(not m["fits"] for m in matches),
        "notes": [],
    }


def of_tables(
    needs: Sequence[Matchable], results: Sequence[Matchable], top: int = TOP, notes: Sequence[str] = ()
) -> MatchesDocument:
    """The document of `lianpu match NEEDS ACHIEVEMENTS`: the same for two tables that belong to no home."""
    matcher, titles = Matcher(results), {r.key: r for r in results}
    matches = [_of_table(need, matcher.answers(need, top), titles) for need in needs]
    return {
        "matches": matches,
        "needs": len(matches),
        "offers": len(results),
        "without": sum(not m["fits"] for m in matches),
        "notes": list(notes),
    }


def _of_table(need: Matchable, answers: Sequence[Match], results: Mapping[str, Matchable]) -> MatchDocument:
    return {
        "need": need.key,
        "title": need.title,
        "id": None,
        "chains": [],
        "fits": any(a.fits for a in answers),
        "hits": [{**_hit(RESULT, results[a.key], a), "achievement": a.key, "id": None} for a in answers],
        "others": [],
        "projects": [],
    }


def _chains(state: State, chain: str | None, county: str | None) -> set[str] | None:
    """The chains (ids) asked for; None for all needs, also those of no chain."""
    if chain:
        return {find_chain(state, chain, county).id}
    if county:
        own = find_county(state, county)
        return {c.id for c in state.chains() if c.county == own}
    return None


def _match(
    registered: Registered, matchers: Mapping[str, Matcher], need: Matchable, chains: Mapping[str, Chain], top: int
) -> MatchDocument:
    hits = _hits(registered, RESULT, need, matchers[RESULT].answers(need, top))
    own = [chains[c] for c in registered.chains.get(need.key, ()) if c in chains]
    return {
        "need": need.title,
        "title": need.title,
        "id": need.key,
        "chains": [{"county": c.county, "chain": c.name, "chain_id": c.id} for c in own],
        "fits": any(h["fits"] or h["linked"] for h in hits),
        "hits": hits,
        "others": [
            hit
            for kind in OTHERS
            for hit in _hits(registered, kind, need, matchers[kind].answers(need, top))
            if hit["fits"]
        ],
        "projects": [
            {"id": p, "name": registered.projects[p]}
            for p, n in sorted(registered.linked)
            if n == need.key and p in registered.projects
        ],
    }


def _hits(registered: Registered, kind: str, need: Matchable, answers: Sequence[Match]) -> list[MatchedDocument]:
    """Documents of answers; what a person has linked to the need comes first, wherever its words put it."""
    scored = {a.key: a for a in answers}
    things = registered.things[kind]
    linked = [t for t, n in sorted(registered.linked) if n == need.key and t in things]
    order = [*sorted(linked, key=lambda t: t not in scored), *(a.key for a in answers if a.key not in linked)]
    return [_hit(kind, things[key], scored.get(key), key in linked) for key in order]


def _hit(kind: str, thing: Matchable, answer: Match | None, linked: bool = False) -> MatchedDocument:
    return {
        "achievement": thing.title,
        "title": thing.title,
        "kind": kind,
        "id": thing.key,
        "holders": list(thing.holders),
        "score": answer.score if answer else 0.0,
        "fits": answer is not None and answer.fits,
        "linked": linked,
        "reasons": [{"term": r.term, "points": r.points} for r in answer.reasons] if answer else [],
    }
