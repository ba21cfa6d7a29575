"""Chain map and mind map in a real Chromium: first view and pan at 100, 1,000 and 3,000 nodes that can be seen.

    python bench/browser.py [--nodes 100 1000 3000] [--chromium /usr/bin/chromium]

The chains are made up; the server is a process of its own, and each view is asked twice (the second finds the answer
kept). `view` is from the request of the page to the last card that is drawn, `server` the part of it that the answers
took; `pan` the mean and the longest time between two frames while the map is dragged. `block` is the longest that the
main thread was held, by the clock and by its own time, which does not grow when others use the machine; `all` is the
sum of that, near to what a view takes on an idle machine. The last line is JSON with the load of the machine; ratios
are by node, beside the first size.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import tempfile
import time
from pathlib import Path
from typing import Any

from drawing import COUNTY, FIRMS
from playwright.sync_api import Browser, Page, sync_playwright
from served import Site, run, served

STAGES = ("上游", "中游", "下游", "配套", "应用")
NEAR = 12  # segments: how far a feed leads at most, in the order of a chain
FLAGS = ["--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"]
SIZE = {"width": 1366, "height": 768}
DRAWN = "n => window.document.getElementById('map')?.lianpu?.edges('.arrow').length >= n"
READY = "n => window.lianpu && window.lianpu.nodes.get().length >= n"
FRAMES = """() => { window.frames_ = []; let last = performance.now();
  const next = now => { window.frames_.push(now - last); last = now; requestAnimationFrame(next); };
  requestAnimationFrame(next); }"""
SPENT = """() => ['navigation', 'resource'].flatMap(kind => performance.getEntriesByType(kind))
  .filter(e => e.entryType === 'navigation' || e.name.includes('/scene'))
  .reduce((sum, e) => sum + e.responseStart - e.requestStart, 0)"""


def write_tables(folder: Path, sizes: list[int]) -> None:
    """A chain of each size for the chain map, and one whose mind map has so many boxes."""
    draw = random.Random(7)
    chains, segments, feeds, firms = [], [], [], []
    for size in sizes:
        names = [f"示例环节{n}号" for n in range(size)]
        chains += [f"示例{size}链图链", f"示例{size}导图链"]
        segments += [[chains[-2], COUNTY, n, STAGES[at * 5 // size], "是"] for at, n in enumerate(names)]
        feeds += [
            [chains[-2], COUNTY, n, names[min(size - 1, at + draw.randint(1, NEAR))], "示例件"]
            for at, n in enumerate(names[:-1])
        ]
        parts = [f"示例部件{n}号" for n in range(max(1, (size - 3) // (FIRMS + 2)))]
        segments += [[chains[-1], COUNTY, n, "中游", "是"] for n in parts]
        firms += [
            [f"示例{size}区{s}段{f}号精密机械制造有限公司", COUNTY, chains[-1], n, "在产"]
            for s, n in enumerate(parts)
            for f in range(FIRMS)
        ]
    tables = {
        "县市区": [["名称"], [COUNTY]],
        "产业链": [["名称", "县市区"], *([c, COUNTY] for c in chains)],
        "环节": [["产业链", "县市区", "名称", "阶段", "已调查"], *segments],
        "环节供给": [["产业链", "县市区", "上游环节", "下游环节", "供给内容"], *feeds],
        "企业": [["名称", "县市区", "产业链", "环节", "状态"], *firms],
    }
    folder.mkdir()
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)


def blocks(trace: bytes) -> dict[str, float]:
    """The longest task of the page's main thread in milliseconds, by the clock and by its own time; the sum of that."""
    events = json.loads(trace)["traceEvents"]
    mains = {
        (e["pid"], e["tid"])
        for e in events
        if e.get("name") == "thread_name" and e.get("args", {}).get("name") == "CrRendererMain"
    }
    tasks = [e for e in events if e.get("name", "").endswith("RunTask") and (e["pid"], e["tid"]) in mains]
    clock, own = (max((e.get(key, 0) for e in tasks), default=0) / 1000 for key in ("dur", "tdur"))
    return {
        "clock_ms": round(clock),
        "own_ms": round(own),
        "all_ms": round(sum(e.get("tdur", 0) for e in tasks) / 1000),
    }


def view(browser: Browser, page: Page, address: str, drawn: str, most: int) -> dict[str, Any]:
    """Open a map until it is drawn."""
    browser.start_tracing(page=page, categories=["toplevel", "devtools.timeline", "disabled-by-default-cpu_profiler"])
    began = time.perf_counter()
    page.goto(address)
    page.wait_for_function(drawn, arg=most, timeout=300_000)
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    seconds = time.perf_counter() - began
    page.wait_for_timeout(1500)  # what follows on a first view belongs to its blocks
    spent = page.evaluate(SPENT)
    return {"view_s": round(seconds, 2), "server_s": round(spent / 1000, 2), "block": blocks(browser.stop_tracing())}


def pan(page: Page) -> dict[str, int]:
    """Drag the map for forty steps."""
    page.evaluate(FRAMES)
    page.mouse.move(700, 620)
    page.mouse.down()
    for step in range(40):
        page.mouse.move(700 - 8 * step, 620 - 4 * step)
    page.mouse.up()
    frames = page.evaluate("() => window.frames_.slice(1)")
    return {"mean_ms": round(sum(frames) / max(1, len(frames))), "longest_ms": round(max(frames, default=0))}


def measure(browser: Browser, site: Site, size: int) -> dict[str, Any]:
    """Both maps of one size, each seen twice."""
    base, page = f"http://127.0.0.1:{site.port}", browser.new_page(viewport=SIZE)
    page.goto(f"{base}/?token={site.token}")
    places = {
        "chain_map": (f"{base}/chain?county={COUNTY}&chain=示例{size}链图链&open=all", DRAWN, size - 1),
        "mind_map": (f"{base}/files/mindmap-frame?county={COUNTY}&chain=示例{size}导图链", READY, size // 2),
    }
    figures: dict[str, Any] = {}
    for name, (address, drawn, most) in places.items():
        first = view(browser, page, address, drawn, most)
        again = view(browser, page, address, drawn, most)
        if name == "mind_map":
            page.locator("#all").click()
        figures[name] = {"first": first, **again, "pan": pan(page)}
    page.close()
    return figures


def main() -> None:
    """Load, serve, look."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nodes", type=int, nargs="+", default=[100, 1000, 3000])
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        home = Path(folder) / "home"
        write_tables(Path(folder) / "tables", asked.nodes)
        run(home, "load", str(Path(folder) / "tables"))
        with served(home) as site:
            browser = playwright.chromium.launch(executable_path=asked.chromium, args=FLAGS)
            figures = {size: measure(browser, site, size) for size in asked.nodes}
            browser.close()
    small = figures[asked.nodes[0]]
    ratios = {
        size: {name: round(f["view_s"] / max(0.01, small[name]["view_s"]), 1) for name, f in some.items()}
        for size, some in figures.items()
    }
    load = [round(x, 1) for x in os.getloadavg()]
    print(json.dumps({"ratios": ratios, "figures": figures, "load": load}, ensure_ascii=False))


if __name__ == "__main__":
    main()
