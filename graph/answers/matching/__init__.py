"""Needs and what may answer them: results, and institutes, platforms and people beside them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from copy import copy

from graph.analysis.matching.matchable import Match, Matchable
from graph.analysis.matching.matcher import Matcher
from graph.answers.documents.matching import MatchDocument, MatchedDocument, MatchesDocument
from graph.answers.documents.pairing import RefusedDocument
from graph.answers.matching.decisions import Decided, Decisions, decisions
from graph.answers.matching.registered import NEED, OTHERS, RESULT, Registered, chains_asked, registered_of
from graph.answers.state import State
from graph.queries.chain_view import Chain

TOP = 5  # results named for a need, unless asked otherwise


def matching(
    state: State, chain: str | None = None, county: str | None = None, top: int = TOP, ids: Collection[str] = ()
) -> MatchesDocument:
    """The document of `lianpu match`: the needs of one chain, one county or all, or those with some ids, each with what
    may answer it wherever that is. Raises Unknown and Ambiguous.
    """
    asked = (chain, county, top, tuple(sorted(ids)))
    return copy(state.answer(("matching", *asked), lambda: _matching(state, *asked)))


def _matching(state: State, chain: str | None, county: str | None, top: int, ids: tuple[str, ...]) -> MatchesDocument:
    registered = registered_of(state)
    matchers = state.once(("matchers",), lambda: {k: Matcher([*of.values()]) for k, of in registered.things.items()})
    here, decided = chains_asked(state, chain, county), decisions(state)
    by_id = {c.id: c for c in state.chains()}
    needs = [
        need
        for ident, need in registered.things[NEED].items()
        if (here is None or here & set(registered.chains.get(ident, ()))) and (not ids or ident in ids)
    ]
    matches = [_match(registered, matchers, decided, need, by_id, top) for need in needs]
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
        "refused": [],
        "projects": [],
    }


def _match(
    registered: Registered,
    matchers: Mapping[str, Matcher],
    decided: Decisions,
    need: Matchable,
    chains: Mapping[str, Chain],
    top: int,
) -> MatchDocument:
    of_need = {thing: d for (n, thing), d in decided.items() if n == need.key}
    refused = [d for d in of_need.values() if d.refused]

    def answers(kind: str) -> list[MatchedDocument]:
        meant = {thing for thing, n in registered.linked if n == need.key} | set(of_need)
        scored = matchers[kind].answers(need, top + len(refused), also=meant)
        states = {thing: d for thing, d in of_need.items() if d.object.kind == kind}
        return _hits(registered, kind, need, scored, states, top)

    hits = answers(RESULT)
    own = [chains[c] for c in registered.chains.get(need.key, ()) if c in chains]
    return {
        "need": need.title,
        "title": need.title,
        "id": need.key,
        "chains": [{"county": c.county, "chain": c.name, "chain_id": c.id} for c in own],
        "fits": any(h["fits"] or h["linked"] or h["state"] for h in hits),
        "hits": hits,
        "others": [hit for kind in OTHERS for hit in answers(kind) if hit["fits"] or hit["state"]],
        "refused": [_refused(d) for d in refused],
        "projects": [
            {"id": p, "name": registered.projects[p]}
            for p, n in sorted(registered.linked)
            if n == need.key and p in registered.projects
        ],
    }


def _hits(
    registered: Registered,
    kind: str,
    need: Matchable,
    answers: Sequence[Match],
    decided: Mapping[str, Decided],
    top: int,
) -> list[MatchedDocument]:
    """Documents of answers without those refused; what a person has linked to the need, or brought together with it,
    comes first, wherever its words put it.
    """
    scored, things = {a.key: a for a in answers}, registered.things[kind]
    refused = {thing for thing, d in decided.items() if d.refused}
    meant = {t for t, n in registered.linked if n == need.key and t in things} | {
        thing for thing, d in decided.items() if not d.now.failed
    }
    order = [
        *sorted(meant - refused, key=lambda t: (-scored[t].score if t in scored else 0, t)),
        *(a.key for a in answers if a.key not in meant and a.key not in refused),
    ]
    return [
        _hit(kind, things[key], scored.get(key), (key, need.key) in registered.linked, decided.get(key))
        for key in order[: max(top, len(meant - refused))]
    ]


def _refused(decided: Decided) -> RefusedDocument:
    now, day = decided.now, decided.now.decisive.day
    return {
        "id": decided.object.id,
        "name": decided.object.name,
        "kind": decided.object.kind,
        "reason": now.reason,
        "date": day.isoformat() if day else None,
    }


def _hit(
    kind: str, thing: Matchable, answer: Match | None, linked: bool = False, decided: Decided | None = None
) -> MatchedDocument:
    return {
        "achievement": thing.title,
        "title": thing.title,
        "kind": kind,
        "id": thing.key,
        "holders": list(thing.holders),
        "score": answer.score if answer else 0.0,
        "fits": answer is not None and answer.fits,
        "linked": linked,
        "state": decided.now.state if decided and not decided.now.failed else None,
        "reasons": [{"term": r.term, "points": r.points} for r in answer.reasons] if answer else [],
    }
