"""The director's table: one row per chain, and what to do next."""

from __future__ import annotations

from collections import Counter
from typing import Any

from graph.analysis.grading.statuses import STATUSES
from graph.answers.chains import rows_of, surveyed_of, view_of
from graph.answers.documents.gaps import NextStepDocument
from graph.answers.state import State
from graph.answers.statuses import next_steps
from graph.measures.measure import load_measures
from graph.measures.of_chain import count_of_chain
from graph.queries.chain_view import Chain

STEPS, NAMED = 6, 3  # things to do on the first page, and names in one of them
SHOWN = tuple(code for code, s in STATUSES.items() if s.graded or code == "未知")


def overview(state: State, of: frozenset[str] | None = None) -> dict[str, Any]:
    """The first page, made once for a state: of all chains, or of some (ids)."""
    return state.once(("overview", of), lambda: _overview(state, of))


def _overview(state: State, of: frozenset[str] | None) -> dict[str, Any]:
    """Per chain: segments surveyed of all, statuses, every measure, data date.

    Parent segments (汇总) and markets are left out of the counts, as everywhere. A kind nobody filed for
    any chain of the county is None: 未报, which is not zero.
    """
    filed = [m.of for m in load_measures() if state.reader.count(m.of)]
    rows, steps = [], []
    for chain in state.chains():
        if of is not None and chain.id not in of:
            continue
        view, survey = view_of(state, chain), surveyed_of(state, chain)
        segments = [s for s in view.segments if s["counted"]]
        counts = Counter(s["status"] for s in segments)
        numbers = {m.id: count_of_chain(m, view, filed) for m in load_measures() if m.director}
        rows.append(
            {
                **chain.document(),
                "segments": survey.of,
                "known": survey.known,
                **{status: counts[status] for status in SHOWN},
                "pending_check": sum("与在产矛盾" in s["flags"] for s in segments),
                **numbers,
                "as_of": view.as_of if view.sources else None,
            }
        )
        steps += _steps(state, chain)
    steps.sort(key=lambda s: s.pop("order"))
    return {"rows": rows, "next": steps[:STEPS], "waiting": len(state.waiting())}


def _steps(state: State, chain: Chain) -> list[dict[str, Any]]:
    """What to do first in a chain, in the one order of every page: its first gap, else what to complete or survey."""
    asked = state.about(chain.id)
    for step in next_steps(asked, rows_of(state, chain), asked.supply().scope):
        if step["first"]:
            return [_step(chain, (0, -(step["first"][0]["priority"] or 0)), _first_words(step))]
        if step["thin"]:
            names = "、".join(g["segment"] for g in step["thin"][:NAMED]) + ("等" if len(step["thin"]) > NAMED else "")
            return [_step(chain, (1, -len(step["thin"])), f"先补 {len(step['thin'])} 个环节的企业名单：{names}")]
        return [_step(chain, (2, -len(step["survey"])), f"{len(step['survey'])} 个环节未摸底，先下发摸底表")]
    return []


def _step(chain: Chain, order: tuple[float, ...], text: str) -> dict[str, Any]:
    return {**chain.document(), "order": (*order, chain.county, chain.name), "text": text}


def _first_words(step: NextStepDocument) -> str:
    """The first gap of a chain, with those that share its place."""
    first = step["first"][0]
    tied = [g["segment"] for g in step["first"] if g["rank"] == first["rank"]]
    restores = "、".join(s["segment"] for s in first["restores"][:NAMED])
    after = f"，补上后恢复{restores}" if restores else ""
    alike = "，并列" if first["tied"] else ""
    return (
        f"先抓“{'”“'.join(tied)}”（{first['caption']}，优先级 {first['priority']:.1f}{alike}）：{first['verb']}{after}"
    )
