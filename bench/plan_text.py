"""How right the targets are that are read from the texts of plans, against targets that a person wrote down.

    python bench/plan_text.py PLAN GOLD.csv [PLAN GOLD.csv ...] [--show] [--not NOT.csv]

GOLD has the columns indicator, comparator, value, unit, deadline. A target that was read is right where its indicator is
alike, its value and unit are the same, it compares in the same way and is due at the same time, as exactly as the gold says;
each target of the gold is matched once. NOT lists in its first column strings that are no targets. The last line is JSON.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT)]
ALIKE = 0.4  # the share of the shorter indicator's pairs of characters that the other has
# Signs that mean one thing to a reader: whether a count that is aimed at is = or ≥ is a matter of taste.
FAMILIES = {"≥": "≥", ">": "≥", "=": "≥", "累计≥": "≥", "≤": "≤", "<": "≤"}
SIGNS = {">=(annual growth)": "增长≥", ">=(cumulative)": "累计≥", ">=(per year)": "每年≥", ">=": "≥", "<=": "≤"}
_SPAN = re.compile(r"[\s“”\"（）()、，·]|数量?$|\(.*\)")


def gold_of(path: Path) -> list[dict[str, Any]]:
    """The targets that a person wrote down."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        value = row["value"]
        row["value"] = float(value) if value not in ("", None) and re.fullmatch(r"[\d.]+", value) else None
        sign = row["comparator"]
        if "倍增" in sign:
            sign = "倍增"
        elif row.get("kind") == "milestone" or sign == "完成":
            sign = "完成"
        elif row["value"] == 0:
            sign = "清零"
        row["comparator"] = SIGNS.get(sign, sign)
        row["unit"] = re.sub("/年$", "", row["unit"] or "")
    return rows


def likeness(a: str, b: str) -> float:
    """How alike two indicators are, whatever one of them says beside."""
    pairs = [{t[i : i + 2] for i in range(len(t) - 1)} for t in (_SPAN.sub("", a), _SPAN.sub("", b))]
    return len(pairs[0] & pairs[1]) / max(1, min(len(pairs[0]), len(pairs[1])))


def same(gold: dict[str, Any], target: Any) -> bool:
    """Whether a target that was read is one of the gold, but for its wording."""
    signs = [FAMILIES.get(s, s) for s in (gold["comparator"], target.comparator)]
    if signs[0] != signs[1]:
        return False
    if gold["comparator"] != "完成" and abs((gold["value"] or 0) - (target.value or 0)) > 1e-9:
        return False
    if gold["unit"] and target.unit and gold["unit"] != target.unit:
        return False
    return not gold["deadline"] or (target.deadline or "").startswith(gold["deadline"])


def matched(golds: list[dict[str, Any]], targets: list[Any]) -> Iterator[tuple[dict[str, Any], Any]]:
    """Gold and reading that are the same, the most alike first."""
    pairs = sorted(
        ((likeness(g["indicator"], t.indicator), i, j) for i, g in enumerate(golds) for j, t in enumerate(targets)),
        reverse=True,
    )
    golds_left, targets_left = set(range(len(golds))), set(range(len(targets)))
    for like, i, j in pairs:
        if like >= ALIKE and i in golds_left and j in targets_left and same(golds[i], targets[j]):
            golds_left.remove(i)
            targets_left.remove(j)
            yield golds[i], targets[j]


def line(target: Any) -> str:
    """A target that was read, in a line."""
    doubts = "；".join(target.doubts)
    return f"{target.indicator}|{target.subject}|{target.comparator}{target.value}{target.unit or ''}|{target.deadline}|{doubts}"


def measure(plan: Path, gold: Path, show: bool) -> dict[str, Any]:
    """Precision and recall of one plan."""
    from ingest.plan_text.document import read_document

    golds, targets = gold_of(gold), read_document(plan).targets
    pairs = list(matched(golds, targets))
    hit = {id(t) for _, t in pairs}, {id(g) for g, _ in pairs}
    if show:
        for target in targets:
            if id(target) not in hit[0]:
                print("  too much:", line(target))
        for g in golds:
            if id(g) not in hit[1]:
                print(
                    "  missed:  ", "|".join(str(g[k]) for k in ("indicator", "comparator", "value", "unit", "deadline"))
                )
        for g, t in pairs:
            if g["comparator"] != t.comparator or (g.get("subject") and g["subject"] != t.subject):
                print("  differs: ", g["indicator"], g["comparator"], g.get("subject"), "<>", t.comparator, t.subject)
    return {
        "plan": plan.stem,
        "gold": len(golds),
        "read": len(targets),
        "right": len(pairs),
        "precision": round(len(pairs) / max(1, len(targets)), 3),
        "recall": round(len(pairs) / max(1, len(golds)), 3),
        "same_sign": sum(g["comparator"] == t.comparator for g, t in pairs),
    }


def main() -> None:
    """Measure plans against their gold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--show", action="store_true", help="list what is missed and what is too much")
    parser.add_argument("--not", dest="refused", type=Path, help="strings that are no targets")
    given = parser.parse_args()
    results = []
    for plan, gold in zip(given.files[::2], given.files[1::2], strict=True):
        results.append(measure(plan, gold, given.show))
        print(results[-1])
    if given.refused:
        from ingest.plan_text.document import read_document

        names = [t.indicator for t in read_document(given.files[0]).targets]
        with given.refused.open(encoding="utf-8-sig", newline="") as file:
            strings = [row[0] for row in list(csv.reader(file))[1:]]
        taken = [s for s in strings if any(s == n for n in names)]
        print(f"refused {len(strings) - len(taken)} of {len(strings)}", taken)
    total = {k: sum(r[k] for r in results) for k in ("gold", "read", "right", "same_sign")}
    shares = {"precision": round(total["right"] / total["read"], 3), "recall": round(total["right"] / total["gold"], 3)}
    print(json.dumps({**total, **shares}))


if __name__ == "__main__":
    main()
