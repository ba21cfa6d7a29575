"""How right the recommended firms are, against judgements by people.

    python bench/candidates.py GRADED.csv HOME [--segments]

GRADED has the columns county, chain, segment, code, firm, grade (0 to 3; 2 and 3 are right). HOME is loaded with the
chains and with the pool of firms. A firm is told by its six-digit stock code, else by its name. P@5 is the share of
the first five places with a right firm, a place left empty counting as wrong; recall@10 the share of the right firms
among the first ten. The last line is JSON.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT)]
RIGHT, FIRST, LISTED = 2, 5, 10
Segment = tuple[str, str, str]


def graded(path: Path) -> dict[Segment, dict[str, int]]:
    """By segment, the grade of each firm under its code and under its name."""
    grades: dict[Segment, dict[str, int]] = defaultdict(dict)
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            grades[row["county"], row["chain"], row["segment"]][row["code"] or row["firm"]] = int(row["grade"])
    return grades


def listed(state: Any, chains: set[tuple[str, str]]) -> dict[Segment, list[str]]:
    """By segment, the firms recommended, each by its code or its name."""
    from graph.answers.recruiting import Wanted, candidates

    called = {n["id"]: _code(n) or n["name"] for n in state.reader.nodes("企业")}
    firms: dict[Segment, list[str]] = defaultdict(list)
    for county, chain in sorted(chains):
        document = candidates(state, chain, county, Wanted(top=LISTED))
        for c in (*document["candidates"], *(t for s in document["to_survey"] for t in s["targets"])):
            firms[c["county"], c["chain"], c["segment"]].append(called[c["firm_id"]])
    return firms


def _code(firm: dict[str, Any]) -> str | None:
    code = re.search(r"(?<!\d)\d{6}(?!\d)", str(firm.get("stock_code") or ""))
    return code[0] if code else None


def measured(grades: dict[Segment, dict[str, int]], firms: dict[Segment, list[str]]) -> Iterator[dict[str, Any]]:
    """One line for each segment with a right firm."""
    for segment, of in grades.items():
        right = {firm for firm, grade in of.items() if grade >= RIGHT}
        if not right:
            continue
        row = firms.get(segment, [])
        once = list(dict.fromkeys(row))
        yield {
            "segment": segment[2],
            "p5": sum(f in right for f in once[:FIRST]) / FIRST,
            "recall10": len(right & set(once[:LISTED])) / len(right),
            "first": bool(once) and once[0] in right,
            "twice": len(row) - len(once),
        }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("graded", type=Path)
    parser.add_argument("home")
    parser.add_argument("--segments", action="store_true", help="one line for each segment too")
    options = parser.parse_args()
    from api.home.session import open_session
    from api.home.settings import load_settings

    grades = graded(options.graded)
    with open_session(load_settings(options.home)) as session, session.reading() as state:
        rows = list(measured(grades, listed(state, {(county, chain) for county, chain, _ in grades})))
    for row in rows if options.segments else ():
        print(f"{row['p5']:.1f} {row['recall10']:.2f} {'first right' if row['first'] else '-':11} {row['segment']}")
    means = {key: round(sum(r[key] for r in rows) / len(rows), 3) for key in ("p5", "recall10", "first")}
    print(json.dumps({"segments": len(rows), **means, "twice": sum(r["twice"] for r in rows)}))


if __name__ == "__main__":
    main()
