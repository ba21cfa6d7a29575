"""Load a workbook of 100,000 rows into an empty home: seconds of each step and peak memory.

    python bench/ingest.py [ROWS]

Half of the rows are firms that stand on segments, the others annual reports, supplies and products of
firms. The load runs in a process of its own, the child that opens the file in another. The last line is JSON.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
Table = list[list[Any]]


def workbook(path: Path, rows: int) -> None:
    """A made-up city of so many rows."""
    import xlsxwriter

    chance = random.Random(7)
    counties = [f"示例{i}县" for i in range(10)]
    chains = [(f"示例{c}产业链{i}", county) for c, county in enumerate(counties) for i in range(2)]
    segments = [(chain, f"示例环节{i}") for chain, _ in chains for i in range(40)]
    firms = [f"示例{i:06d}机械制造有限公司" for i in range(rows // 2)]
    sheets: dict[str, Table] = {
        "县市区": [["名称", "级别", "上级"], ["示例市", "市", None], *([c, "县", "示例市"] for c in counties)],
        "产业链": [["名称", "县市区"], *map(list, chains)],
        "环节": [["产业链", "名称", "阶段", "已调查"], *([c, s, chance.choice(("上游", "中游", "下游")), "是"] for c, s in segments)],
        "企业": [["名称", "县市区", "产业链", "环节", "主要产品", "资质", "产值(万元)", "年份", "状态", "来源", "数据日期"]],
        "企业年报": [["企业", "年份", "产值(万元)", "营业收入(万元)", "利润(万元)", "研发费用(万元)", "从业人数", "规上"]],
        "供应关系": [["供方", "需方", "内容", "金额(万元)", "年份"]],
        "企业产品": [["企业", "产品", "营收占比", "年份"]],
    }  # fmt: skip
    for firm in firms:
        chain, segment = chance.choice(segments)
        county = dict(chains)[chain]
        products = "、".join(f"示例产品{chance.randrange(5000)}" for _ in range(2))
        honour = "国家高新技术企业(2023)" if chance.random() < 0.2 else None
        output = round(chance.lognormvariate(7, 1.5), 1)
        sheets["企业"].append([firm, county, chain, segment, products, honour, output, 2024, "在产", "示例普查", "2025-03"])  # fmt: skip
    for _ in range(rows * 3 // 10):
        output = round(chance.lognormvariate(7, 1.5), 1)
        sheets["企业年报"].append([chance.choice(firms), chance.randrange(2015, 2025), output, output, output / 10, output / 30, chance.randrange(5, 900), "是"])  # fmt: skip
    for _ in range(rows // 10):
        sheets["供应关系"].append([*chance.sample(firms, 2), f"示例料{chance.randrange(900)}", round(chance.random() * 900, 1), 2024])  # fmt: skip
        sheets["企业产品"].append([chance.choice(firms), f"示例产品{chance.randrange(5000)}", round(chance.random(), 2), 2024])  # fmt: skip
    with xlsxwriter.Workbook(path, {"constant_memory": False}) as book:
        for name, table in sheets.items():
            page = book.add_worksheet(name)
            for number, row in enumerate(table):
                page.write_row(number, 0, row)


def load_once(path: Path, home: Path) -> dict[str, Any]:
    """Load into a home; seconds of each stage as the progress bar shows them."""
    from graph.city.city import open_city
    from ingest.load.pipeline import load

    stages: dict[str, list[float]] = {}

    def step(stage: str, _done: int, _total: int) -> None:
        stages.setdefault(stage, []).append(time.perf_counter())

    began = time.perf_counter()
    city = open_city(home)
    report = load(city, [path], progress=step)
    ended = time.perf_counter()
    nodes, edges = city.store.counts()
    city.close()
    return {
        "seconds": round(ended - began, 2),
        "stages": {stage: round(times[-1] - times[0], 2) for stage, times in stages.items()},
        "rows": report.rows.document(), "nodes": sum(nodes.values()), "edges": sum(edges.values()),
        "findings": len(report.findings),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "peak_mb_of_child": round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024),
    }  # fmt: skip


def in_own_process(path: Path, home: Path) -> dict[str, Any]:
    """Load in a fresh interpreter."""
    command = [sys.executable, __file__, "--load", str(path), "--home", str(home)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def main() -> None:
    """Make the workbook, load it twice, print what it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", type=int, nargs="?", default=100_000)
    parser.add_argument("--load", type=Path)
    parser.add_argument("--home", type=Path)
    asked = parser.parse_args()
    if asked.load:
        sys.path.insert(0, str(ROOT))
        print(json.dumps(load_once(asked.load, asked.home), ensure_ascii=False))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "示例.xlsx"
        workbook(path, asked.rows)
        size = path.stat().st_size / (1 << 20)
        first = in_own_process(path, Path(folder) / "home")
        again = in_own_process(path, Path(folder) / "home")
    print(f"{size:.1f} MB; first load {first['seconds']} s {first['stages']}; again {again['seconds']} s")
    ratios = {"again / first": round(again["seconds"] / first["seconds"], 3)}
    print(json.dumps({"ratios": ratios, "figures": first}, ensure_ascii=False))


if __name__ == "__main__":
    main()
