"""How well needs find results, against grades by people, beside plain BM25.

    python bench/matching.py [FOLDER]

FOLDER (bench/matching unless given) has needs.csv and results.csv (id,title,detail) and grades.csv (need,result,grade:
1 touches it, 2 answers it in part, 3 answers it). nDCG@10 is taken over the needs that something answers (2 or 3);
F1 is of the verdict 没有合适的 over all. The weights were chosen on odd needs, not on even ones. The last line is JSON.
"""

from __future__ import annotations

import csv
import json
import math
import sys
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT)]
TOP, RIGHT = 10, 2
Ranking = list[str]


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a table."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def ndcg(ranking: Ranking, grades: dict[str, int]) -> float:
    """How near a ranking is to the best one."""
    ideal = sorted(grades.values(), reverse=True)[:TOP]
    gained = (grades.get(r, 0) / math.log2(n + 2) for n, r in enumerate(ranking[:TOP]))
    return sum(gained) / sum(g / math.log2(n + 2) for n, g in enumerate(ideal))


def f1(said: set[str], true: set[str]) -> float:
    """Of the needs that are said to have nothing fitting."""
    return 2 * len(said & true) / ((len(said) + len(true)) or 1)


def measured(folder: Path, titles: bool) -> dict[str, Any]:
    """nDCG@10 of BM25 and of the matcher, and the F1 of 没有合适的; for all needs, odd and even ones."""
    from graph.analysis.matching.matchable import Matchable
    from graph.analysis.matching.matcher import Matcher
    from graph.naming.bm25 import BM25

    def read(name: str) -> list[Matchable]:
        return [Matchable(r["id"], r["title"], "" if titles else r["detail"]) for r in rows(folder / f"{name}.csv")]

    needs, results = read("needs"), read("results")
    grades: dict[str, dict[str, int]] = defaultdict(dict)
    for row in rows(folder / "grades.csv"):
        grades[row["need"]][row["result"]] = int(row["grade"])
    without = {n.key for n in needs if max(grades[n.key].values(), default=0) < RIGHT}
    plain = BM25([r.title + r.detail for r in results])
    start = perf_counter()
    matcher = Matcher(results)
    matches = {n.key: matcher.answers(n, TOP) for n in needs}
    seconds = perf_counter() - start

    def score(rank: Callable[[Matchable], Ranking], among: Sequence[Matchable]) -> float:
        values = [ndcg(rank(n), grades[n.key]) for n in among if n.key not in without]
        return round(sum(values) / len(values), 4)

    def of(among: Sequence[Matchable]) -> dict[str, float]:
        said = {n.key for n in among if not any(m.fits for m in matches[n.key])}
        return {
            "bm25": score(lambda n: [results[p].key for p, _ in plain.search(n.title + n.detail)], among),
            "matcher": score(lambda n: [m.key for m in matches[n.key]], among),
            "none_f1": round(f1(said, without & {n.key for n in among}), 2),
        }

    parts = {"all": of(needs), "odd": of(needs[::2]), "even": of(needs[1::2])}
    return {**parts, "needs": len(needs), "results": len(results), "seconds": round(seconds, 2)}


def main() -> None:
    """Measure with details, and by titles alone."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "bench" / "matching"
    document = {"full": measured(folder, False), "titles": measured(folder, True)}
    for name, of in document.items():
        for part in ("all", "odd", "even"):
            print(f"{name:7} {part:5} " + "  ".join(f"{k} {v}" for k, v in of[part].items()))
    print(json.dumps(document, ensure_ascii=False))


if __name__ == "__main__":
    main()
