"""How right the recommended firms are, against judgements by people.

    python bench/candidates.py GRADED.csv HOME [--segments]

GRADED has the columns county, chain, segment, code, firm, grade (0 to 3; 2 and 3 are right). HOME is loaded with the
chains and with the pool of firms. A firm is told by its six-digit stock code, else by the core of its name. P@5 is the share of
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
            key = row["code"] or _core(row["firm"])
            grades[row["county"], row["chain"], row["segment"]][key] = int(row["grade"])
    return grades


def listed(state: Any, chains: set[tuple[str, str]]) -> dict[Segment, list[tuple[str, ...]]]:
    """By segment, the firms recommended, each by everything it goes by: code, name, other names."""
    from graph.answers.recruiting import Wanted, candidates

    called = {n["id"]: _names(n) for n in state.reader.nodes("企业")}
    firms: dict[Segment, list[tuple[str, ...]]] = defaultdict(list)
    for county, chain in sorted(chains):
        document = candidates(state, chain, county, Wanted(top=LISTED))
        for c in (*document["candidates"], *(t for s in document["to_survey"] for t in s["targets"])):
            firms[c["county"], c["chain"], c["segment"]].append(called[c["firm_id"]])
    return firms


def _names(firm: dict[str, Any]) -> tuple[str, ...]:
    code = re.search(r"(?<!\d)\d{6}(?!\d)", str(firm.get("stock_code") or ""))
    names = (firm["name"], *filter(None, str(firm.get("aliases") or "").split("、")))
    return (*([code[0]] if code else []), *map(_core, names))


def _core(name: str) -> str:
    """A firm's name without its region, its legal form and what stands in brackets."""
    from graph.naming.firm import parse_firm

    return parse_firm(re.sub(r"[(（].*?[)）]", "", name)).core


def measured(
    grades: dict[Segment, dict[str, int]], firms: dict[Segment, list[tuple[str, ...]]]
) -> Iterator[dict[str, Any]]:
    """One line for each segment with a right firm."""
    for segment, of in grades.items():
        right = {firm for firm, grade in of.items() if grade >= RIGHT}
        if not right:
            continue
        row = [next((n for n in names if n in of), names[0]) for names in firms.get(segment, [])]
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
