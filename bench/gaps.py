"""The gap model's speed: twelve real chains, what-if, cuts of a graph of materials, growth, and the naive way.

    python bench/gaps.py [POOL]

POOL is a folder in the format of `--format chainkg`; its material relations become the feeds of one made-up chain in
which every product has one maker. Times are the best of some runs, reading and loading left out. The last line is JSON;
the ratio of cuts is against `networkx.descendants` of each lost segment, on a sample, extrapolated.
"""

from __future__ import annotations

import csv
import json
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

import networkx as nx

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT)]

from graph.analysis.config import GapConfig  # noqa: E402
from graph.analysis.facts import (  # noqa: E402
    ChainFact,
    Facts,
    FeedFact,
    FirmFact,
    RegionFact,
    SegmentFact,
    StandFact,
)
from graph.analysis.grading.grade import graded  # noqa: E402
from graph.analysis.scenario import Scenario, what_if  # noqa: E402
from graph.analysis.supply.availability import Supply  # noqa: E402
from graph.analysis.supply.cuts import find_cuts  # noqa: E402
from graph.city.city import open_city  # noqa: E402
from graph.queries.facts_reader import read_facts  # noqa: E402
from graph.queries.rows import GraphReader  # noqa: E402
from ingest.load.pipeline import load  # noqa: E402

TODAY = date(2026, 6, 1)
CONFIG = GapConfig()
SAMPLE = 200  # losses followed the naive way


def best(work: Callable[[], object], runs: int = 3) -> float:
    """Seconds of the fastest of some runs."""
    found = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
    return min(found)


def made(names: Iterable[str], feeds: Iterable[tuple[str, str]]) -> Facts:
    """One chain whose every segment has one maker and a full survey."""
    listed = list(names)
    return Facts(
        (RegionFact("r", "示例县"),), (ChainFact("c", "示例链", "r"),),
        tuple(SegmentFact(n, n, "c", surveyed="是") for n in listed),
        tuple(FeedFact(a, b) for a, b in dict.fromkeys(feeds) if a != b),
        tuple(FirmFact("f" + n, "示例" + n, "r", True) for n in listed),
        tuple(StandFact("f" + n, n, "在产") for n in listed),
    )  # fmt: skip


def examples() -> dict[str, float]:
    """Statuses and scores of the twelve chains, and one what-if, in seconds."""
    with tempfile.TemporaryDirectory() as home:
        city = open_city(Path(home) / "home")
        load(city, [ROOT / "examples" / "lishui"])
        reader = GraphReader(city.store, city.schema)
        facts = read_facts(reader, lambda seqs: city.ledger.records(only=seqs), date.today())
        city.close()
    supply = Supply(facts)
    busiest = max(supply.carriers.crews, key=lambda f: len(supply.carriers.crews[f]))
    chain = supply.segments[supply.carriers.crews[busiest][0]].fact.chain
    change = Scenario(remove=(busiest,))
    return {
        "chains": len(facts.chains), "segments": len(facts.segments),
        "statuses_and_scores_s": best(lambda: graded(Supply(facts), config=CONFIG, today=TODAY)),
        "whatif_s": best(lambda: what_if(supply, change, chain, config=CONFIG, today=TODAY)),
    }  # fmt: skip


def growth() -> dict[str, float]:
    """Seconds of compiling, statuses, and one loss, for made graphs of growing size with two inputs a segment."""
    figures: dict[str, float] = {}
    for size in (1_000, 10_000, 100_000):
        chance = random.Random(1)
        feeds = [(f"s{chance.randrange(i)}", f"s{i}") for i in range(1, size) for _ in range(2)]
        facts = made((f"s{i}" for i in range(size)), feeds)
        runs = 3 if size < 100_000 else 1
        figures[f"compile_{size}_s"] = best(lambda facts=facts: Supply(facts), runs)
        supply = Supply(facts)
        figures[f"statuses_{size}_s"] = best(
            lambda supply=supply: graded(supply, config=CONFIG, today=TODAY, scores=False),
            runs,
        )
        figures[f"loss_{size}_s"] = best(lambda supply=supply: supply.fall(firms=["fs1"]), 3)
    return figures


def materials(pool: Path) -> tuple[dict[str, float], dict[str, float]]:
    """Cuts of order one of the material graph, and what lies downstream of each segment by networkx."""
    with (pool / "product_product.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [(r["to"], r["from"]) for r in csv.DictReader(file) if r["relation"] == "上游材料"]
    names = sorted({n for row in rows for n in row})
    facts = made(names, rows)
    compiled = best(lambda: Supply(facts), 1)
    supply = Supply(facts)
    cuts = best(lambda: find_cuts(supply, "c"), 1)
    net = nx.DiGraph((a, b) for a, b in rows if a != b)
    sample = random.Random(2).sample(names, SAMPLE)

    # With one maker everywhere and every input essential, what stops is all that lies downstream.
    def naive() -> None:
        for lost in sample:
            nx.descendants(net, lost)

    whole = best(naive, 1) / SAMPLE * len(names)
    figures = {"material_segments": len(names), "material_compile_s": compiled, "material_cuts_s": cuts}
    return figures, {"naive_over_cuts": whole / cuts}


def main() -> None:
    """Measure and print."""
    figures: dict[str, float] = {**examples(), **growth()}
    ratios: dict[str, float] = {
        "statuses_100000_over_1000": figures["statuses_100000_s"] / figures["statuses_1000_s"],
    }
    if len(sys.argv) > 1:
        more, compared = materials(Path(sys.argv[1]))
        figures |= more
        ratios |= compared
    for name, value in figures.items():
        print(f"{name:28} {value:.4f}")
    print(json.dumps({"ratios": {k: round(v, 3) for k, v in ratios.items()}, "figures": figures}))


if __name__ == "__main__":
    main()
