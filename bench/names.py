"""How well names of firms are told apart: `python bench/names.py FOLDER` (a folder of the public listed-company graph).

Each listed company has a short name, half of them a full name too. Measured through the product: rows of the sheet 企业,
the projection, the review queue. Variants of full names that must become one firm, and decoys that must not, are made
up from them, always the same ones. The last line is one JSON document.
"""

from __future__ import annotations

import csv
import json
import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from graph.model import Record
from graph.projection.project import project
from graph.review.duplicates import find_duplicates
from graph.schema.parse import load_schema
from graph.text import norm

TOP = 3
SHARE = 0.3  # of the decoys that stand in the list


def read_names(folder: Path) -> list[tuple[str, str]]:
    """(short, full or empty) of every company; of several with one short name the first."""
    with (folder / "company.csv").open(encoding="utf-8-sig", newline="") as file:
        found: dict[str, str] = {}
        for row in csv.DictReader(file):
            found.setdefault(row["name"].strip(), row["fullname"].strip())
    return list(found.items())


def rows(names: list[str]) -> list[Record]:
    """Rows of the sheet 企业 with nothing but a name."""
    return [Record(n, 1, "企业", "名单.csv", "企业", n, {"名称": name}) for n, name in enumerate(names, 2)]


def variants(full: str) -> Iterator[str]:
    """Other writings of the same registered name."""
    if full.endswith("股份有限公司"):
        yield full.removesuffix("股份有限公司") + "股份公司"
        yield full.removesuffix("股份有限公司")
    yield full.replace("(", "（").replace(")", "）") if "(" in full else full.replace("（", "(").replace("）", ")")
    for place in ("浙江", "江苏", "广东", "山东", "福建", "湖南", "湖北", "四川"):
        if full.startswith(place) and not full.startswith(place + "省"):
            yield place + "省" + full.removeprefix(place)
    for place in ("深圳", "上海", "北京", "杭州", "宁波", "苏州", "广州", "青岛"):
        if full.startswith(place) and not full.startswith(place + "市"):
            yield place + "市" + full.removeprefix(place)


def decoys(full: str, rng: random.Random) -> Iterator[str]:
    """Names of other firms that look like this one."""
    yield full + rng.choice(["杭州分公司", "第一分厂", "北京办事处"])
    if full.endswith("股份有限公司"):
        core = full.removesuffix("股份有限公司")
        yield core + "有限公司"
        if "集团" not in full:
            yield core + "集团股份有限公司"
            yield core + "(集团)有限公司"
    for place in ("浙江", "江苏", "广东", "山东", "北京", "上海", "深圳市"):
        if full.startswith(place):
            other = rng.choice([p for p in ("浙江", "江苏", "广东", "山东", "北京", "上海") if p not in place])
            yield other + full.removeprefix(place)
            yield full.removeprefix(place)


def merging(pairs: list[tuple[str, str]], made_up: bool) -> dict[str, float]:
    """How many names were made one, and how many of them rightly."""
    rng = random.Random(7)
    truth = {norm(name): at for at, pair in enumerate(pairs) for name in pair if name}
    if made_up:
        for at, (_, full) in enumerate(pairs):
            if full and not full.isascii():
                for name in variants(full):
                    truth.setdefault(norm(name), at)
                for place, name in enumerate(decoys(full, rng)):
                    if rng.random() > SHARE:
                        continue
                    truth.setdefault(norm(name), -(at * 100 + place + 1))
    projection = project(rows(sorted(truth)), load_schema())
    made = [(a.kept, a.other) for a in projection.alike]
    right = sum(truth[kept] == truth[other] for kept, other in made)
    wanted = len(truth) - len(set(truth.values()))
    for kept, other in made:
        if truth[kept] != truth[other]:
            print(f"  wrong: {other} -> {kept}")
    return {"names": len(truth), "merged": len(made), "right": right, "same": wanted}


def queue(pairs: list[tuple[str, str]]) -> dict[str, float]:
    """How often the full name stands among the first candidates of the short one (or is one with it already)."""
    known = [(s, f) for s, f in pairs if f]
    projection = project(rows(sorted({n for p in known for n in p})), load_schema())
    start = time.perf_counter()
    found = {
        d.named.name: [c.named.name for c in d.candidates] for d in find_duplicates(projection, load_schema(), "企业")
    }
    seconds = time.perf_counter() - start
    merged = {frozenset((a.kept, a.other)) for a in projection.alike}
    top = sum(frozenset(p) in merged or p[0] == p[1] or p[1] in found.get(p[0], ())[:TOP] for p in known)
    first = sum(frozenset(p) in merged or p[0] == p[1] or p[1] in found.get(p[0], ())[:1] for p in known)
    return {"short": len(known), "top": top, "first": first, "listed": len(found), "seconds": seconds}


def absent(pairs: list[tuple[str, str]]) -> dict[str, float]:
    """With every second full name taken away: how many short names without an answer are shown anyway."""
    known = [(s, f) for s, f in pairs if f]
    gone = {s for s, _ in known[::2]}
    names = {s for s, _ in known} | {f for _, f in known[1::2]}
    projection = project(rows(sorted(names)), load_schema())
    found = {d.named.name for d in find_duplicates(projection, load_schema(), "企业")}
    return {"absent": len(gone), "shown": len(gone & found)}


def speed(count: int) -> dict[str, float]:
    """What telling names apart costs within the projection, and the whole queue, at `count` made-up firms."""
    rng = random.Random(3)
    chars = [chr(c) for c in rng.sample(range(0x4E00, 0x4E00 + 20000), 1500)]
    weights = [1 / (i + 3) for i in range(len(chars))]
    trades = ("机械", "科技", "锯床", "阀门", "新材料", "电子科技", "汽车零部件", "食品", "竹木制品", "贸易")
    places = ("浙江", "丽水市", "缙云县", "江苏省", "上海", "杭州", "宁波")
    names = {
        f"{rng.choice(places)}{''.join(rng.choices(chars, weights, k=rng.choice((2, 2, 3))))}{rng.choice(trades)}"
        f"{rng.choice(('有限公司',) * 6 + ('股份有限公司', '厂', ''))}"
        for _ in range(count)
    }
    records = rows(sorted(names))
    start = time.perf_counter()
    projection = project(records, load_schema())
    projected = time.perf_counter() - start
    start = time.perf_counter()
    find_duplicates(projection, load_schema(), "企业")
    return {"firms": len(names), "project_s": projected, "queue_s": time.perf_counter() - start}


def main(folder: Path) -> None:
    """Measure and print."""
    pairs = read_names(folder)
    plain, made_up = merging(pairs, made_up=False), merging(pairs, made_up=True)
    asked, missing, cost = queue(pairs), absent(pairs), speed(100_000)
    ratios = {
        "precision_listed": plain["right"] / plain["merged"], "precision_made_up": made_up["right"] / made_up["merged"],
        "recall_made_up": made_up["right"] / made_up["same"], "queue_top3": asked["top"] / asked["short"],
        "queue_top1": asked["first"] / asked["short"], "shown_though_absent": missing["shown"] / missing["absent"],
    }  # fmt: skip
    ratios = {k: round(v, 4) for k, v in ratios.items()}
    figures = {"listed": plain, "made_up": made_up, "queue": asked, "absent": missing, "speed": cost}
    for name, value in ratios.items():
        print(f"{name:>22}: {value:.2%}")
    for name, numbers in figures.items():
        print(f"{name:>22}: " + ", ".join(f"{k} {v:g}" for k, v in numbers.items()))
    print(json.dumps({"ratios": ratios, "figures": figures}))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python bench/names.py FOLDER (with company.csv: code,name,fullname)")
    main(Path(sys.argv[1]))
