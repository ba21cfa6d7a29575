"""Advice on one chain beside a big pool of outside firms, and beside many other chains.

    python bench/advice.py [POOL] [--chains 400]

POOL is a folder in the format of `--format chainkg`; without it a made one of the same shape is used. Every
answer is timed from a fresh start (nothing read yet). The last line is JSON: a ratio is how much slower an
answer gets by what has nothing to do with it.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests" / "contract")]
CHAIN = "示例县/示例锯床产业链"
TODAY = date(2026, 6, 1)
REPEATS = 5


def answers(city: Any, narrow: bool = True) -> dict[str, float]:
    """Seconds of each answer about CHAIN, the best of some; with `narrow` off every chain is read for it."""
    from graph.analysis.config import GapConfig
    from graph.answers.cuts import cuts
    from graph.answers.recruiting import candidates
    from graph.answers.scenarios import Supposition, whatif
    from graph.answers.state import State
    from graph.answers.statuses import gaps

    class Whole(State):
        """Answers for which every chain is read."""

        def about(self, chain: str) -> State:
            return self

    def fresh() -> State:
        return (State if narrow else Whole)(city, GapConfig(), TODAY)

    asked: dict[str, Callable[[], object]] = {
        "gaps": lambda: gaps(fresh(), chain=CHAIN),
        "whatif": lambda: whatif(fresh(), CHAIN, supposed=Supposition(remove=["示例甲锯床有限公司"])),
        "cuts": lambda: cuts(fresh(), CHAIN),
        "candidates": lambda: candidates(fresh(), CHAIN),
    }
    return {name: min(_seconds(ask) for _ in range(REPEATS)) for name, ask in asked.items()}


def _seconds(ask: Callable[[], object]) -> float:
    start = time.perf_counter()
    ask()
    return time.perf_counter() - start


def write_chains(folder: Path, count: int) -> Path:
    """CSVs with many chains of eight segments and four firms each, none connected with another."""
    tables: dict[str, list[list[object]]] = {
        "县市区": [["名称", "级别"]], "产业链": [["名称", "县市区"]], "环节": [["产业链", "名称", "阶段", "已调查", "县市区"]],
        "环节供给": [["产业链", "上游环节", "下游环节", "县市区"]], "企业": [["名称", "县市区", "产业链", "环节", "状态"]],
    }  # fmt: skip
    for n in range(count):
        county, chain = f"示例第{n}县", f"示例第{n}产业链"
        tables["县市区"].append([county, "县"])
        tables["产业链"].append([chain, county])
        for k in range(8):
            tables["环节"].append([chain, f"第{n}链环节{k}", "中游", "是", county])
            if k:
                tables["环节供给"].append([chain, f"第{n}链环节{k - 1}", f"第{n}链环节{k}", county])
        for k in range(4):
            tables["企业"].append([f"示例{n}号{k}厂", county, chain, f"第{n}链环节{k}", "在产"])
    folder.mkdir(parents=True)
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
    return folder


def home_with(folder: Path, loads: Iterable[tuple[Path, str]]) -> Any:
    """A city with the made example set and some other loads."""
    from graph.city.city import open_city
    from ingest.load.pipeline import LoadOptions, load

    city = open_city(folder)
    load(city, [ROOT / "examples" / "示例县"])
    for path, form in loads:
        load(city, [path], LoadOptions(form=form))
    return city


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pool", nargs="?")
    parser.add_argument("--chains", type=int, default=400)
    given = parser.parse_args()
    from worlds import write_listed

    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        pool = Path(given.pool) if given.pool else write_listed(work / "pool", firms=3000)
        plain = home_with(work / "plain", [])
        pooled = home_with(work / "pooled", [(pool, "chainkg")])
        many = home_with(work / "many", [(write_chains(work / "chains", given.chains), "template")])
        found = {
            "alone": answers(plain), "pool": answers(pooled), "many_chains": answers(many),
            "many_chains_all_read": answers(many, narrow=False),
        }  # fmt: skip
        sizes = {"pool_nodes": sum(pooled.store.counts()[0].values()), "segments": many.store.counts()[0]["环节"]}
        for city in (plain, pooled, many):
            city.close()
    figures: dict[str, float] = dict(sizes)
    for where, seconds in found.items():
        print(where.ljust(22), "  ".join(f"{name} {1000 * s:7.1f} ms" for name, s in seconds.items()))
        figures |= {f"{where}_{name}_ms": round(1000 * s, 1) for name, s in seconds.items()}
    ratios = {
        f"{where}_over_alone_{name}": round(found[where][name] / found["alone"][name], 2)
        for where in ("pool", "many_chains", "many_chains_all_read")
        for name in found[where]
    }
    print(json.dumps({"ratios": ratios, "figures": figures}, ensure_ascii=False))


if __name__ == "__main__":
    main()
