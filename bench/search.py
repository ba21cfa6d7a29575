"""Search and suggestions at 100,000 names: the time of one answer, and what the names take.

    .venv/bin/python bench/search.py [NAMES]

Prints the median and the 95th percentile by sort of question, the seconds to read and to spell, the memory, and the load.
"""

from __future__ import annotations

import os
import random
import resource
import sys
import time
from collections.abc import Iterator
from statistics import median, quantiles

from graph.queries.names.index import SearchIndex
from graph.queries.names.kind_names import KindNames, SoughtNode
from graph.schema.parse import load_schema

NAMES, EACH, ROUNDS = 100_000, 5, 40
PLACES = ("示例县", "示例邻县", "示例市")
BRANDS = "晨龙恒灏方正天喜锐力合信铭丰泰和盛源通达利安科博远景中重长行单"
TRADES = (
    "锯床",
    "轴承",
    "阀门",
    "热处理",
    "数控系统",
    "液压件",
    "铸件",
    "伺服电机",
    "刀具",
    "机器人",
    "新材料",
    "包装",
)
FORMS = ("有限公司", "股份有限公司", "厂", "科技有限公司")
QUESTIONS = {
    "one character": ["锯", "县", "有", "司", "龙"],
    "two characters": ["锯床", "晨龙", "公司", "阀门"],
    "several words": ["示例县 锯床", "晨龙 公司", "示例邻县 热处理 厂"],
    "pinyin": ["juchuang", "chenlong", "youxian", "ju chuang"],
    "initials": ["jc", "yxgs", "rcl"],
    "traditional": ["鋸床", "軸承 縣"],
    "absent": ["没有这个", "zzzz"],
}


def entries(count: int) -> Iterator[SoughtNode]:
    """Made-up firms."""
    draw = random.Random(20260628)
    for n in range(count):
        place, trade = draw.choice(PLACES), draw.choice(TRADES)
        name = f"{place}{''.join(draw.choices(BRANDS, k=3))}{trade}{draw.choice(FORMS)}"
        old = {"aliases": (f"示例{n}号厂",)} if n % 10 == 0 else {}
        yield SoughtNode(f"{n:08x}", name, place, {**old, "products": (draw.choice(TRADES), draw.choice(TRADES))})


def main(count: int) -> None:
    """Read, spell, ask."""
    start = time.perf_counter()
    names = KindNames(entries(count))
    read = time.perf_counter() - start
    start = time.perf_counter()
    names.spell()
    spell = time.perf_counter() - start
    index = SearchIndex(load_schema(), {"企业": names}, {})
    print(f"{count} names: read in {read:.1f} s, spelled in {spell:.1f} s")
    everything: list[float] = []
    for sort, texts in QUESTIONS.items():
        times = []
        for text in texts * ROUNDS:
            start = time.perf_counter()
            hits = index.find(text, EACH)
            times.append((time.perf_counter() - start) * 1000)
        everything += times
        counted = sum(hits.counts.values())
        print(
            f"{sort:16} median {median(times):6.1f} ms   p95 {quantiles(times, n=20)[-1]:6.1f} ms   (last: {counted} hits)"
        )
    print(f"{'all':16} median {median(everything):6.1f} ms   p95 {quantiles(everything, n=20)[-1]:6.1f} ms")
    print(f"memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB at most, of the whole process")
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else NAMES)
