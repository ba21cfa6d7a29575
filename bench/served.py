"""A served home under its users: fifty at once, beside a load and a drawing, and its memory over many loads.

    python bench/served.py POOL [--seconds 180] [--users 50] [--only users beside loads undos]

POOL is the folder of the public listed-company graph; the counties of examples/lishui come on top. The
server is a process of its own. `users`: each asks for pages and documents with a second of thought between.
`beside`: search and /healthz, asked one by one while a workbook of 20,000 rows loads and a map is drawn as a
picture. `loads`: memory over five more loads of 4,000 rows. `undos`: 200 loads and undos of a small workbook
in a home without the pool. The last line is JSON.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples" / "lishui"
THOUGHT = 1.0  # seconds between two requests of a user


class Site:
    """A served home."""

    def __init__(self, home: Path, url: str) -> None:
        parts = urlsplit(url)
        self.home, self.port, self.token = home, parts.port, parts.query.partition("=")[2]
        run = json.loads((home / "run.json").read_text("utf-8"))
        self.pid, self.command_token = int(run["pid"]), str(run["command_token"])

    def connect(self) -> HTTPConnection:
        """A connection that stays open, as a browser's does."""
        return HTTPConnection("127.0.0.1", self.port, timeout=600)

    def ask(self, connection: HTTPConnection, path: str, **query: Any) -> tuple[int, bytes, float]:
        """Status, body and seconds of one request."""
        began = time.perf_counter()
        connection.request(
            "GET", f"{path}?{urlencode(query)}" if query else path, headers={"X-Lianpu-Token": self.token}
        )
        answer = connection.getresponse()
        body = answer.read()
        return answer.status, body, time.perf_counter() - began

    def command(self, name: str, **parameters: Any) -> dict[str, Any]:
        """Run a command as the command line does that finds its home served."""
        connection = self.connect()
        headers = {"Authorization": f"Bearer {self.command_token}", "Content-Type": "application/json"}
        connection.request("POST", "/api/command", json.dumps({"command": name, "parameters": parameters}), headers)
        answer: dict[str, Any] = json.loads(connection.getresponse().read())
        connection.close()
        return answer["document"]  # type: ignore[no-any-return]

    def memory(self) -> int:
        """Resident memory of the server, MB."""
        text = Path(f"/proc/{self.pid}/status").read_text("ascii")
        return int(next(line for line in text.splitlines() if line.startswith("VmRSS")).split()[1]) // 1024

    def graph_mb(self) -> float:
        """What the graph takes on disk."""
        return round(sum(p.stat().st_size for p in (self.home / "graph").iterdir()) / 1e6, 1)


def lianpu(home: Path) -> tuple[list[str], dict[str, str]]:
    """The command line and its environment."""
    return [sys.executable, "-c", "from api.cli.main import main; main()"], {
        **os.environ,
        "LIANPU_HOME": str(home),
        "PYTHONPATH": str(ROOT),
    }


def run(home: Path, *arguments: str) -> None:
    """Run a command to its end."""
    command, env = lianpu(home)
    subprocess.run([*command, *arguments, "--json"], env=env, check=False, stdout=subprocess.DEVNULL)


@contextmanager
def served(home: Path) -> Iterator[Site]:
    """Serve a home until the block ends."""
    command, env = lianpu(home)
    process = subprocess.Popen([*command, "serve", "--port", "0"], stdout=subprocess.PIPE, env=env, text=True)
    try:
        assert process.stdout
        yield Site(home, process.stdout.readline().strip())
    finally:
        process.terminate()
        process.wait()


def percentiles(seconds: list[float]) -> dict[str, Any]:
    """How many, and p50, p95 and the longest in milliseconds."""
    ordered = sorted(seconds)
    at = {"p50": 0.5, "p95": 0.95, "max": 1.0}
    return {
        "n": len(ordered),
        **{k: round(ordered[min(len(ordered) - 1, int(len(ordered) * q))] * 1000) for k, q in at.items()},
    }


def part_of_a_name(chance: random.Random, names: list[str]) -> str:
    """What somebody types into the search box: two to four characters of some name."""
    name, length = chance.choice(names), chance.randint(2, 4)
    at = chance.randrange(max(1, len(name) - length + 1))
    return name[at : at + length]


def names_of(pool: Path) -> list[str]:
    """The names of the pool's companies and products."""
    with (pool / "company.csv").open(encoding="utf-8") as firms, (pool / "product.csv").open(encoding="utf-8") as made:
        return [r["name"] for file in (firms, made) for r in csv.DictReader(file)]


# -- many users ---------------------------------------------------------------------------------


def questions(site: Site, names: list[str]) -> dict[str, Callable[[random.Random], tuple[str, dict[str, Any]]]]:
    """What users ask, by kind."""
    connection = site.connect()
    rows = json.loads(site.ask(connection, "/api/gaps")[1])["segments"]
    chains = sorted({f"{r['county']}/{r['chain']}" for r in rows})
    firms = sorted({m["name"] for r in rows for m in r["makers"]})
    connection.close()
    return {
        "front": lambda c: ("/", {}),
        "gaps": lambda c: ("/gaps", {"chain": c.choice(chains)}),
        "chain": lambda c: ("/chain", {"chain": c.choice(chains)}),
        "scene": lambda c: ("/chain/scene", {"chain": c.choice(chains)}),
        "node": lambda c: ("/show", {"kind": "企业", "name": c.choice(firms)}),
        "search": lambda c: ("/search", {"text": part_of_a_name(c, names)}),
        "status": lambda c: ("/api/status", {}),
        "candidates": lambda c: ("/api/candidates", {"chain": c.choice(chains)}),
    }


def users(site: Site, names: list[str], many: int, seconds: float) -> dict[str, Any]:
    """So many users at once for so long."""
    asked, before = questions(site, names), site.memory()
    kinds = ["front", "gaps", "chain", "scene", "node", "node", "search", "search", "search", "status", "candidates"]
    took: dict[str, list[float]] = defaultdict(list)
    errors: list[str] = []
    end = time.perf_counter() + seconds

    def user(number: int) -> None:
        chance, connection = random.Random(number), site.connect()
        time.sleep(chance.random() * THOUGHT)
        while time.perf_counter() < end:
            kind = chance.choice(kinds)
            path, query = asked[kind](chance)
            try:
                status, _, spent = site.ask(connection, path, **query)
            except OSError as error:
                errors.append(f"{kind}: {error}")
                connection = site.connect()
                continue
            took[kind].append(spent)
            if status != 200:
                errors.append(f"{kind}: {status}")
            time.sleep(THOUGHT)
        connection.close()

    threads = [threading.Thread(target=user, args=(n,)) for n in range(many)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    every = [s for some in took.values() for s in some]
    for kind, some in took.items():
        print(f"{kind:11}", percentiles(some))
    return {
        "users": many,
        "all": percentiles(every),
        "search": percentiles(took["search"]),
        "answers_a_second": round(len(every) / seconds, 1),
        "errors": len(errors),
        "first_errors": errors[:3],
        "memory_mb": [before, site.memory()],
    }


# -- beside a load ------------------------------------------------------------------------------


def beside(site: Site, names: list[str], work: Path) -> dict[str, Any]:
    """Search and /healthz, one at a time, before and while a large load and a drawing run."""
    book, done = firms_table(work / "大表" / "企业.csv", 20_000, "大表"), threading.Event()
    took: dict[str, list[float]] = defaultdict(list)

    def probe(name: str) -> None:
        connection, chance = site.connect(), random.Random(1)
        while not done.is_set():
            path, query = (
                ("/healthz", {}) if name == "healthz" else ("/search", {"text": part_of_a_name(chance, names)})
            )
            took[name].append(site.ask(connection, path, **query)[2])
            time.sleep(0.05)
        connection.close()

    def draw() -> None:
        connection = site.connect()
        chain = json.loads(site.ask(connection, "/api/gaps")[1])["segments"][0]
        while not done.is_set():
            took["drawing"].append(
                site.ask(connection, "/files/chainmap.png", chain=f"{chain['county']}/{chain['chain']}")[2]
            )
        connection.close()

    for text in names[:20]:  # nobody measures the first answers of a start
        site.ask(site.connect(), "/search", text=text)
    others = [threading.Thread(target=probe, args=(n,)) for n in ("search", "healthz")] + [
        threading.Thread(target=draw)
    ]
    for thread in others:
        thread.start()
    began = time.perf_counter()
    site.command("load", paths=[str(book.parent)])
    seconds = time.perf_counter() - began
    done.set()
    for thread in others:
        thread.join()
    return {"load_seconds": round(seconds, 1), **{k: percentiles(v) for k, v in took.items()}}


# -- memory -------------------------------------------------------------------------------------


def firms_table(path: Path, rows: int, mark: str) -> Path:
    """A table of so many firms that no other table has."""
    path.parent.mkdir(parents=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        sheet = csv.writer(file)
        sheet.writerow(["名称", "县市区", "产值(万元)", "年份", "主要产品"])
        for n in range(rows):
            sheet.writerow([f"示例{mark}{n:05d}机械有限公司", "缙云县", n % 900 + 1, 2024, f"示例产品{n % 300}"])
    return path


def loads(site: Site, work: Path, times: int = 5) -> dict[str, Any]:
    """Memory before and after each of some loads of 4,000 rows."""
    memory = [site.memory()]
    for n in range(times):
        site.command("load", paths=[str(firms_table(work / f"批{n}" / "企业.csv", 4000, f"批{n}").parent)])
        memory.append(site.memory())
    return {"memory_mb": memory}


def undos(site: Site, work: Path, times: int = 200) -> dict[str, Any]:
    """Memory, graph file and seconds over loads of a small workbook that are undone again."""
    folder = firms_table(work / "小表" / "企业.csv", 30, "小").parent
    memory, disk, spent = [site.memory()], [site.graph_mb()], list[float]()
    before = site.command("status")["graph"]["hash"]
    for n in range(times):
        began = time.perf_counter()
        site.command("undo", batch=site.command("load", paths=[str(folder)])["batch"])
        spent.append(time.perf_counter() - began)
        if n % (times // 4) == times // 4 - 1:
            memory.append(site.memory())
            disk.append(site.graph_mb())
    same = site.command("status")["graph"]["hash"] == before
    return {"memory_mb": memory, "graph_mb": disk, "same_hash": same, "pair": percentiles(spent)}


def main() -> None:
    """Run the parts asked for and print ratios and figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pool", type=Path)
    parser.add_argument("--seconds", type=float, default=180)
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--only", nargs="*", default=["users", "beside", "loads", "undos"])
    parser.add_argument("--base", type=Path, help="a home with pool and counties, copied instead of loaded anew")
    asked = parser.parse_args()
    figures: dict[str, Any] = {"load_average": os.getloadavg()[0]}
    names = names_of(asked.pool)
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        whole, small = work / "home", work / "small"
        if asked.base:
            shutil.copytree(asked.base, whole)
        else:
            run(whole, "load", str(asked.pool), "--format", "chainkg")
            run(whole, "load", str(EXAMPLES))
        parts: dict[str, Callable[[Site], dict[str, Any]]] = {
            "users": lambda site: users(site, names, asked.users, asked.seconds),
            "beside": lambda site: beside(site, names, work),
            "loads": lambda site: loads(site, work),
            "undos": lambda site: undos(site, work),
        }
        for name in asked.only:
            home = small if name == "undos" else whole
            if name == "undos":
                run(small, "load", str(EXAMPLES))
            with served(home) as site:
                figures[name] = parts[name](site)
            print(name, figures[name])
    print(json.dumps({"ratios": ratios(figures), "figures": figures}, ensure_ascii=False))


def ratios(figures: dict[str, Any]) -> dict[str, float]:
    """How much memory and the graph's file grew."""
    grown = {
        f"{name} {key}": round(figures[name][key][-1] / figures[name][key][0], 2)
        for name in ("users", "loads", "undos")
        for key in ("memory_mb", "graph_mb")
        if key in figures.get(name, {})
    }
    return grown


if __name__ == "__main__":
    main()
