"""The director's table: one row per chain, and what to do next."""

from __future__ import annotations

from collections import Counter
from typing import Any

from graph.analysis.grading.statuses import STATUSES
from graph.answers.chains import view_of
from graph.answers.state import State
from graph.measures.measure import load_measures
from graph.measures.value import value_of

SHOWN = tuple(code for code, s in STATUSES.items() if s.graded or code == "未知")


def overview(state: State) -> dict[str, Any]:
    """The first page, made once for a state."""
    return state.once(("overview",), lambda: _overview(state))


def _overview(state: State) -> dict[str, Any]:
    """Per chain: segments surveyed of all, statuses, every measure, data date.

    Parent segments (汇总) and markets are left out of the counts, as everywhere. A kind nobody filed for
    any chain of the county is None: 未报, which is not zero.
    """
    filed = [m.of for m in load_measures() if state.reader.count(m.of)]
    rows = []
    for chain in state.chains():
        view = view_of(state, chain)
        segments = [s for s in view.segments if s["status"] != "不适用" and "汇总" not in s["flags"]]
        counts = Counter(s["status"] for s in segments)
        numbers = {m.id: value_of(m, view, filed) for m in load_measures()}
        rows.append(
            {
                **chain.document(),
                "segments": len(segments),
                "known": len(segments) - counts["未知"],
                **{status: counts[status] for status in SHOWN},
                "pending_check": sum("与在产矛盾" in s["flags"] for s in segments),
                **numbers,
                "as_of": view.as_of if view.sources else None,
            }
        )
    return {"rows": rows, "next": _next_steps(rows), "waiting": len(state.waiting())}


def _next_steps(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """At most six things to do, the gravest first."""
    steps: list[dict[str, Any]] = []
    for row in rows:
        where = {k: row[k] for k in ("county", "chain", "chain_id")}
        if real := row["断链"] - row["pending_check"]:
            steps.append({**where, "rank": 0, "text": f"有 {real} 个断点，先补上断掉的输入"})
        if row["卡脖子"]:
            steps.append({**where, "rank": 1, "text": f"有 {row['卡脖子']} 个卡脖子环节，列入攻关"})
        if row["缺链"]:
            steps.append({**where, "rank": 2, "text": f"缺 {row['缺链']} 个必需环节，招引或登记外购来源"})
        if unknown := row["未知"]:
            steps.append({**where, "rank": 3, "text": f"{unknown} 个环节未摸底，先下发摸底表"})
    return sorted(steps, key=lambda s: (s["rank"], s["county"], s["chain"]))[:6]
