"""Time and peak memory of a first load and of a rebuild as the rows grow tenfold, in one run.

    python bench/scale.py [--rows 100000 1000000]

Made tables of the shape of the public listed-company graph (of a thousand rows 355 are products, 410 join two of
these, 198 join a firm to one): every name begins with 示例. Each size and step runs in a process of its own, so that
its peak memory is its own. The last line is JSON.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
RELATIONS = ("上游材料", "产品小类", "下游产品")


def make(folder: Path, rows: int) -> None:
    """Write the tables of so many rows; the same at each run."""
    folder.mkdir()
    chosen = random.Random(rows)
    firms, products = rows * 18 // 1000, rows * 355 // 1000
    trades = rows * 2 // 1000

    def product() -> str:
        return _product(chosen.randrange(products))

    def code() -> str:
        return f"示例{chosen.randrange(firms):06}"

    _write(folder, "industry", ("code", "name"), ((f"示例行业{n}", f"示例行业类别{n}") for n in range(trades)))
    header = ("code", "name", "fullname", "listed_on", "exchange")
    named = ((f"示例{n:06}", f"示例股份{n}", f"示例第{n}精密机械制造股份有限公司", "", "示例") for n in range(firms))
    _write(folder, "company", header, named)
    _write(folder, "product", ("name",), ((_product(n),) for n in range(products)))
    members = ((f"示例{n:06}", f"示例行业{n % trades}") for n in range(firms))
    _write(folder, "company_industry", ("company", "industry"), members)
    makes = _distinct(rows * 198 // 1000, lambda: (code(), product(), f"{chosen.random():.4f}"))
    _write(folder, "company_product", ("company", "product", "share"), makes)
    joined = _distinct(rows * 41 // 100, lambda: (product(), chosen.choice(RELATIONS), product()))
    _write(folder, "product_product", ("from", "relation", "to"), joined)


def _product(number: int) -> str:
    return f"示例{number}数控加工部件"


def _distinct(count: int, draw: Callable[[], tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    seen: set[tuple[str, ...]] = set()
    while len(seen) < count:
        row = draw()
        if row not in seen:
            seen.add(row)
            yield row


def _write(folder: Path, name: str, header: Iterable[str], rows: Iterable[tuple[str, ...]]) -> None:
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)


def load_first(data: Path, home: Path) -> dict[str, float]:
    """Load into a new home; seconds, and the rows that came in."""
    from graph.city.city import open_city
    from ingest.load.pipeline import LoadOptions, load

    began = time.perf_counter()
    city = open_city(home, sync=False)
    report = load(city, [data], LoadOptions(form="chainkg"))
    seconds = time.perf_counter() - began
    city.close()
    return {"seconds": seconds, "rows": report.rows.accepted}


def rebuild(_data: Path, home: Path) -> dict[str, float]:
    """Project the whole ledger anew."""
    from graph.city.city import open_city

    city = open_city(home, sync=False)
    began = time.perf_counter()
    city.rebuild()
    seconds = time.perf_counter() - began
    city.close()
    return {"seconds": seconds}


STEPS = {"load": load_first, "rebuild": rebuild}


def in_own_process(step: str, data: Path, home: Path) -> dict[str, float]:
    """Run a step in a fresh interpreter."""
    command = [sys.executable, __file__, "--step", step, "--data", str(data), "--home", str(home)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def main() -> None:
    """Run every size and print ratios and figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs=2, default=(100_000, 1_000_000))
    parser.add_argument("--step", choices=STEPS, help=argparse.SUPPRESS)
    parser.add_argument("--data", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--home", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.step:
        sys.path.insert(0, str(ROOT))
        found = STEPS[asked.step](asked.data, asked.home)
        used = resource.getrusage(resource.RUSAGE_SELF)
        print(json.dumps({**found, "processor": used.ru_utime + used.ru_stime, "peak_mb": used.ru_maxrss // 1024}))
        return
    figures: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for rows in asked.rows:
            data, home = Path(folder) / str(rows), Path(folder) / f"home{rows}"
            make(data, rows)
            for step in STEPS:
                figures[f"{step} {rows}"] = in_own_process(step, data, home)
    small, large = asked.rows
    ratios = {
        f"{step} of {large} / of {small} rows": round(
            figures[f"{step} {large}"]["seconds"] / figures[f"{step} {small}"]["seconds"], 2
        )
        for step in STEPS
    }
    rounded = {name: {k: round(v, 2) for k, v in values.items()} for name, values in figures.items()}
    print(json.dumps({"ratios": ratios, "figures": rounded, "load average": os.getloadavg()[0]}, ensure_ascii=False))


if __name__ == "__main__":
    main()
