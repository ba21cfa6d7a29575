"""Pages while pictures are drawn: /healthz and searches of a served home beside mind maps of 600 boxes.

    python bench/drawing.py [--boxes 600] [--pictures 5] [--askers 50]

The chain is made up; the server is a process of its own. Search and /healthz are asked one by one, first alone, then
while pictures are drawn (each of a chain of its own, so that none is kept from before); then many ask for one picture
at once, which is drawn once. The last line is JSON: milliseconds, and what they are beside those without a drawing.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from served import Site, percentiles, run, served

COUNTY, ALONE = "示例县", 100  # requests of each kind without a drawing
FIRMS = 8  # on each segment


def write_tables(folder: Path, chains: int, boxes: int) -> None:
    """Chains whose maps have so many boxes each: the chain, segments, a group and eight firms on each segment."""
    segments = range((boxes - 3) // (FIRMS + 2))
    tables: dict[str, list[list[str]]] = {
        "县市区": [["名称"], [COUNTY]],
        "产业链": [["名称", "县市区"], *([chain(c), COUNTY] for c in range(chains))],
        "环节": [["产业链", "名称", "阶段", "已调查"], *([chain(c), f"示例环节{s}", "中游", "是"] for c in range(chains) for s in segments)],
        "企业": [
            ["名称", "县市区", "产业链", "环节", "状态"],
            *(
                [f"示例{c}区{s}段{f}号精密机械制造有限公司", COUNTY, chain(c), f"示例环节{s}", "在产"]
                for c in range(chains) for s in segments for f in range(FIRMS)
            ),
        ],
    }  # fmt: skip
    folder.mkdir()
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)


def chain(number: int) -> str:
    """The name of a made-up chain."""
    return f"示例第{number}产业链"


def picture(site: Site, number: int) -> tuple[int, float]:
    """Bytes and seconds of the picture of a chain's mind map."""
    connection = site.connect()
    status, body, seconds = site.ask(connection, "/files/mindmap.png", chain=chain(number), county=COUNTY)
    connection.close()
    if status != 200:
        raise SystemExit(f"{status}: {body[:300].decode(errors='replace')}")
    return len(body), seconds


def pages(site: Site, until: threading.Event, most: int = 100_000) -> dict[str, dict[str, Any]]:
    """Search and /healthz, one by one."""
    connection = site.connect()
    times: dict[str, list[float]] = {"healthz": [], "search": []}
    while not until.is_set() and len(times["search"]) < most:
        times["healthz"].append(site.ask(connection, "/healthz")[2])
        times["search"].append(site.ask(connection, "/api/search", text="3区12段5号")[2])
        time.sleep(0.005)
    connection.close()
    return {name: percentiles(seconds) for name, seconds in times.items()}


def beside(site: Site, pictures: int) -> dict[str, Any]:
    """The same while pictures are drawn, one after another."""
    done = threading.Event()

    def draw() -> list[float]:
        try:
            return [picture(site, number)[1] for number in range(pictures)]
        finally:
            done.set()

    with ThreadPoolExecutor(1) as pool:
        drawing = pool.submit(draw)
        times = pages(site, done)
        return {**times, "picture_seconds": [round(s, 2) for s in drawing.result()]}


def together(site: Site, number: int, askers: int) -> dict[str, Any]:
    """Many ask for one picture at once."""
    began = time.perf_counter()
    with ThreadPoolExecutor(askers) as pool:
        sizes = {size for size, _ in pool.map(lambda _: picture(site, number), range(askers))}
    return {"askers": askers, "seconds": round(time.perf_counter() - began, 2), "different": len(sizes)}


def main() -> None:
    """Load, serve, ask."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--boxes", type=int, default=600)
    parser.add_argument("--pictures", type=int, default=5)
    parser.add_argument("--askers", type=int, default=50)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        write_tables(Path(folder) / "tables", asked.pictures + 1, asked.boxes)
        run(home, "load", str(Path(folder) / "tables"))
        with served(home) as site:
            alone = pages(site, threading.Event(), ALONE)
            while_drawing = beside(site, asked.pictures)
            many = together(site, asked.pictures, asked.askers)
            memory = site.memory()
    ratios = {n: round(while_drawing[n]["p95"] / max(1, alone[n]["p95"]), 1) for n in alone}
    figures = {"alone": alone, "beside": while_drawing, "together": many, "server_mb": memory}
    load = [round(x, 1) for x in os.getloadavg()]
    print(json.dumps({"ratios": ratios, "figures": figures, "load": load}, ensure_ascii=False))


if __name__ == "__main__":
    main()
