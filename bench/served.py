"""A served home under its users: fifty at once, beside a load and a drawing, and its memory over many loads.

    python bench/served.py POOL [--seconds 180] [--users 50] [--only users beside loads undos]

POOL is the folder of the public listed-company graph; the counties of examples/lishui come on top. The
server is a process of its own. `users`: each asks for pages and documents with a second of thought between.
`beside`: search and /healthz, asked one by one, quiet and while 20,000 rows are uploaded, previewed and committed
by the page and a mind map of over 600 boxes is drawn as a picture; times are of the asker, so never less than the
server's; what was committed must be found at once. `loads`: memory over five more loads of 4,000 rows. `undos`: 200 loads and undos of a small workbook
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
from itertools import count
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

CHAIN, SEGMENTS, FIRMS = "示例宽图产业链", 150, 4  # a map of more than 600 boxes
BOUND = 100  # milliseconds of server time
DEPTHS = range(3, 18)  # each another drawing: equal ones are drawn once


def beside(site: Site, names: list[str], work: Path) -> dict[str, Any]:
    """Search and /healthz, one at a time, while a map of over 600 boxes is drawn: quiet, then while a page loads 20,000 rows."""
    site.command("load", paths=[str(wide_chain(work / "宽图"))])
    book, figures = firms_table(work / "大表" / "企业.csv", 20_000, "大表"), dict[str, Any]()
    wait_for_names(site, f"示例{CHAIN}")
    for text in names[:20]:  # nobody measures the first answers of a start
        site.ask(site.connect(), "/search", text=text)
    for mode in ("quiet", "busy"):
        before = os.getloadavg()[0]
        with watched(site, names, drawing=mode == "busy") as took:
            began = time.perf_counter()
            if mode == "busy":
                times = upload(site, book)
            else:
                times = {}
                time.sleep(6)
        load = [round(x, 1) for x in (before, os.getloadavg()[0])]
        figures[mode] = {"seconds": round(time.perf_counter() - began, 1), "load_average": load, **times}
        for name, some in took.items():
            figures[mode] |= {name: percentiles([spent for _, spent in some])}
            if name != "drawing":
                figures[mode][name]["over_bound"] = sum(spent * 1000 > BOUND for _, spent in some)
                figures[mode][name]["longest_at"] = [
                    (round(at - began, 1), round(s * 1000)) for s, at in sorted((s, at) for at, s in some)[-5:]
                ]
    return figures


def upload(site: Site, book: Path) -> dict[str, float]:
    """Load a table as the data page does: upload, preview, commit; seconds of each, and of finding a new name after it."""
    mark, times = "----bench", dict[str, float]()
    head = f'--{mark}\r\nContent-Disposition: form-data; name="files"; filename="{book.stem}.csv"\r\n\r\n'
    body = head.encode() + book.read_bytes() + f"\r\n--{mark}--\r\n".encode()
    connection, headers = site.connect(), {"X-Lianpu-Token": site.token}

    def step(name: str, method: str, path: str, content: bytes = b"", **more: str) -> str:
        began = time.perf_counter()
        connection.request(method, path, content, headers | more)
        answer = connection.getresponse()
        page = answer.read().decode()
        times[name] = round(time.perf_counter() - began, 3)
        assert answer.status in (200, 303), (name, answer.status, page[:300])
        return answer.headers.get("location") or page

    asked = step("upload", "POST", "/data/upload", body, **{"Content-Type": f"multipart/form-data; boundary={mark}"})
    step("preview", "GET", asked)
    ident = asked.rpartition("/")[2].partition("?")[0]
    step("commit", "POST", f"/data/commit/{ident}", **{"Content-Type": "application/x-www-form-urlencoded"})
    last = list(csv.DictReader(book.open(encoding="utf-8")))[-1]["名称"]
    assert last in step("found", "GET", f"/search?{urlencode({'text': last})}"), "what was committed is not found"
    return times


def wait_for_names(site: Site, text: str) -> None:
    """Until the names of a graph are read, and what is asked first has been."""
    connection, end = site.connect(), time.perf_counter() + 60
    while site.ask(connection, "/search", text=text)[2] > BOUND / 2000 and time.perf_counter() < end:
        time.sleep(1)
    time.sleep(5)


def wide_chain(folder: Path) -> Path:
    """Tables of one chain with so many segments and enterprises."""
    tables = {
        "产业链": [["名称", "县市区"], [CHAIN, "缙云县"]],
        "环节": [["产业链", "名称", "阶段"], *([CHAIN, f"示例宽图环节{n:03d}", "上游"] for n in range(SEGMENTS))],
        "企业": [
            ["名称", "县市区", "产业链", "环节"],
            *(
                [f"示例宽图{n:03d}{f}有限公司", "缙云县", CHAIN, f"示例宽图环节{n:03d}"]
                for n in range(SEGMENTS)
                for f in range(FIRMS)
            ),
        ],
    }
    folder.mkdir(parents=True)
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
    return folder


@contextmanager
def watched(site: Site, names: list[str], drawing: bool) -> Iterator[dict[str, list[tuple[float, float]]]]:
    """What probes took while the block ran, and when; a map is drawn all the while, if so wished."""
    done, took = threading.Event(), defaultdict[str, list[tuple[float, float]]](list)

    def probe(name: str) -> None:
        connection, chance = site.connect(), random.Random(1)
        while not done.is_set():
            query = {"text": part_of_a_name(chance, names)} if name == "search" else {}
            at = time.perf_counter()
            took[name].append((at, site.ask(connection, f"/{name}", **query)[2]))
            time.sleep(0.05)
        connection.close()

    def draw() -> None:
        connection = site.connect()
        for number in count():
            if done.is_set():
                break
            depth = DEPTHS[number % len(DEPTHS)]
            at = time.perf_counter()
            status, _, spent = site.ask(connection, "/files/mindmap.png", chain=f"缙云县/{CHAIN}", depth=str(depth))
            assert status == 200, status
            took["drawing"].append((at, spent))
        connection.close()

    threads = [threading.Thread(target=probe, args=(n,)) for n in ("search", "healthz")]
    threads += [threading.Thread(target=draw)] if drawing else []
    for thread in threads:
        thread.start()
    try:
        yield took
    finally:
        done.set()
        for thread in threads:
            thread.join()


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
