"""What a small change costs beside the first load of a large graph, in one run; and at ten times the size.

    python bench/update.py PATH [--times N]

PATH is a folder with the seven tables of the public listed-company graph. A made workbook of 400 rows is loaded and
undone, one cell is edited and undone, on the graph as it is and on one N times as large (made: every name and code of
the copies begins with 示例). Each size runs in a process of its own. The last line is JSON.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).parents[1]
ROUNDS = 5
COUNTY, CHAIN = "示例更新县", "示例更新链"
SEGMENTS = [f"示例环节{n}" for n in range(30)]
FIRMS = [f"示例更新{n}机械有限公司" for n in range(200)]
NAMES = {  # the columns of each table that are names or codes
    "company": ("name", "fullname", "code"),
    "industry": ("code", "name"),
    "product": ("name",),
    "industry_parent": ("industry", "parent"),
    "company_industry": ("company", "industry"),
    "company_product": ("company", "product"),
    "product_product": ("from", "to"),
}


def main() -> None:
    """Run both sizes and print ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("--times", type=int, default=1, help="also a graph so many times as large (10 takes minutes)")
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        sys.path.insert(0, str(ROOT))
        print(json.dumps(measured(asked.path, asked.one)))
        return
    with tempfile.TemporaryDirectory() as work:
        small = in_own_process(asked.path, asked.path, Path(work))
        ratios = {f"{what} / first load": round(small[what] / small["load"], 4) for what in small if what in EDITS}
        if asked.times > 1:
            large = in_own_process(asked.path, multiplied(asked.path, asked.times, Path(work)), Path(work))
            ratios |= {f"{what} at {asked.times}x / at 1x": round(large[what] / small[what], 2) for what in EDITS}
            small |= {f"{what} at {asked.times}x": value for what, value in large.items()}
    figures = {name: round(value, 3) for name, value in small.items()}
    print(
        json.dumps({"ratios": ratios, "figures": {**figures, "load average": os.getloadavg()[0]}}, ensure_ascii=False)
    )


EDITS = ("workbook of 400 rows", "undo of it", "one cell", "undo of the cell")


def in_own_process(names: Path, data: Path, work: Path) -> dict[str, float]:
    """Measure in a fresh interpreter."""
    command = [sys.executable, __file__, str(names), "--one", str(data)]
    done = subprocess.run(command, cwd=work, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def measured(names: Path, data: Path) -> dict[str, float]:
    """Load `data`, then change it; names of products and firms come from the tables in `names`."""
    from graph.city.city import open_city
    from ingest.load.pipeline import LoadOptions, add, load
    from ingest.readers.base import RawRow, RawSheet

    with tempfile.TemporaryDirectory() as folder:
        city = open_city(Path(folder) / "home")
        times = {"load": timed(lambda: load(city, [data], LoadOptions(form="chainkg")))}
        city.summary()
        rounds: dict[str, list[float]] = {what: [] for what in EDITS}
        for number in range(ROUNDS + 1):  # the first warms up: libraries are loaded, the engine has read its pages
            book = Path(folder) / f"示例{number}.xlsx"
            write_workbook(book, number, names)
            rounds["workbook of 400 rows"].append(timed(lambda book=book: load(city, [book])))
            batch = city.ledger.batches()[-1].id
            cells = [RawRow(1, ["名称", "产值(万元)", "年份"]), RawRow(2, [FIRMS[3], 2000 + number, 2024])]
            rounds["one cell"].append(timed(lambda cells=cells: add(city, RawSheet("企业", iter(cells)), "页面")))
            rounds["undo of the cell"].append(timed(lambda batch=batch: city.undo(batch + 1)))
            rounds["undo of it"].append(timed(lambda batch=batch: city.undo(batch)))
        shown = city.summary()
        rebuilt = timed(city.rebuild)
        assert shown is not None
        assert shown.hash == city.hash(), "an update is not what a rebuild is"
        nodes = sum(shown.nodes.values())
        city.close()
    return {**times, **{what: median(some[1:]) for what, some in rounds.items()}, "rebuild": rebuilt, "nodes": nodes}


def timed(work: Callable[[], object]) -> float:
    """Seconds that it takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def write_workbook(path: Path, seed: int, data: Path) -> None:
    """400 rows of a county that name products and firms of the large graph."""
    import openpyxl

    chance = random.Random(seed)
    products, listed = column(data / "product.csv", "name"), column(data / "company.csv", "fullname")
    pick = chance.choice

    def firm(name: str, number: int) -> list[Any]:
        return [name, COUNTY, CHAIN, pick(SEGMENTS), "、".join(chance.sample(products, 2)), 1000 + number, 2024]

    everyone = FIRMS + listed
    sheets: dict[str, list[Sequence[Any]]] = {
        "县市区": [["名称"], [COUNTY]],
        "产业链": [["县市区", "名称"], [COUNTY, CHAIN]],
        "环节": [["产业链", "名称", "阶段"], *([CHAIN, s, "中游"] for s in SEGMENTS)],
        "企业": [
            ["名称", "县市区", "产业链", "环节", "主要产品", "产值(万元)", "年份"],
            *(firm(name, number) for number, name in enumerate(FIRMS)),
        ],
        "供应关系": [
            ["供方", "需方", "内容"],
            *([pick(everyone), pick(FIRMS), pick(products)] for _ in range(100)),
        ],
        "技术需求": [
            ["名称", "产业链", "环节", "提出企业"],
            *([f"示例需求{n}", CHAIN, pick(SEGMENTS), pick(FIRMS)] for n in range(68)),
        ],
    }
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)


def column(path: Path, name: str) -> list[str]:
    """A column of a table, without its blanks."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [row[name] for row in csv.DictReader(file) if row[name]]


def multiplied(data: Path, times: int, work: Path) -> Path:
    """The tables, so many times over: each copy has names of its own."""
    target = work / "large"
    target.mkdir()
    for table, names in NAMES.items():
        with (data / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        with (target / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
            for copy in range(1, times):
                writer.writerows({**r, **{n: f"示例{copy}{r[n]}" for n in names if r[n]}} for r in rows)
    return target


if __name__ == "__main__":
    main()
