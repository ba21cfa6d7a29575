"""Kill a real Neo4j server in the middle of a load, many times: the ledger stays whole, the next rebuild completes.

    python bench/neo4j_kill.py [--rounds 10] [--firms 1000] [--seed 1]

Each round loads a made graph in the shape of the listed companies through `lianpu load`, kills the
server with SIGKILL once a random part of the graph is there, checks the ledger, starts the server
again, runs `lianpu rebuild` and compares content hash and counts with an embedded graph of the same
files. The last line is JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
HERE = [p for p in sys.path if Path(p).resolve() == ROOT / "bench"]  # a script's folder: its neo4j.py is not the driver
sys.path[:] = [
    str(ROOT),
    str(ROOT / "tests"),
    str(ROOT / "tests" / "contract"),
    *(p for p in sys.path if p not in HERE),
]

from both import driver, emptied  # noqa: E402
from worlds import write_listed  # noqa: E402

from graph.ledger.ledger import Ledger  # noqa: E402
from tools.neo4j_server import Server  # noqa: E402

Document = dict[str, Any]
COUNTS = {"nodes": "MATCH (n:Lianpu) RETURN count(n) AS n", "edges": "MATCH (:Lianpu)-[r]->() RETURN count(r) AS n"}


def lianpu(home: Path, url: str | None, *words: str) -> subprocess.Popen[str]:
    """A command in a process of its own, with the graph at a URL."""
    env = {**os.environ, "LIANPU_HOME": str(home), "PYTHONPATH": str(ROOT)}
    env.pop("LIANPU_GRAPH_URL", None)
    command = [sys.executable, "-c", "from api.cli.main import main; main()", "--json", *words]
    return subprocess.Popen(command, env={**env, "LIANPU_GRAPH_URL": url} if url else env, stdout=-1, text=True)


def answer(process: subprocess.Popen[str]) -> tuple[int, Document]:
    """Exit code and document, once the command ends."""
    out, _ = process.communicate(timeout=600)
    return process.returncode, json.loads(out)


def expected(data: Path, home: Path) -> Document:
    """What the files give, in the embedded engine: rows of the ledger, and the graph."""
    code, _ = answer(lianpu(home, None, "load", str(data), "--format", "chainkg"))
    assert code == 0
    _, status = answer(lianpu(home, None, "status"))
    return {"records": status["ledger"]["records"], **{k: status["graph"][k] for k in ("nodes", "edges", "hash")}}


def kill_in_the_middle(server: Server, load: subprocess.Popen[str], rows: int) -> dict[str, int]:
    """Kill the server once so many nodes and edges of the load are there; how many of each were."""
    found = {"nodes": 0, "edges": 0}
    with driver(server.url) as connection:
        while load.poll() is None and sum(found.values()) < rows:
            for what, query in COUNTS.items():
                found[what] = int(connection.execute_query(query).records[0]["n"])
    server.kill()
    return found


def one_round(server: Server, data: Path, home: Path, like: Document, part: float) -> Document:
    """A load that loses its server when `part` of the graph is there, and the rebuild after it."""
    load = lianpu(home, server.url, "load", str(data), "--format", "chainkg")
    rows = sum(like["nodes"].values()) + sum(like["edges"].values())
    there = kill_in_the_middle(server, load, int(part * rows))
    code, told = answer(load)
    ledger = Ledger(f"sqlite:///{home / 'ledger.sqlite'}")
    whole = len(ledger.batches()) == 1 and ledger.count() == like["records"]
    ledger.close()
    began = time.perf_counter()
    server.start()
    rebuilt, found = answer(lianpu(home, server.url, "rebuild"))
    same = rebuilt == 0 and found["in_step"] and all(found[k] == like[k] for k in ("nodes", "edges", "hash"))
    return {
        "lost": code == 2 and told["error"]["code"] == "graph_lost",
        "ledger_whole": whole,
        "rebuilt": same,
        "there_when_killed": there,
        "seconds": round(time.perf_counter() - began, 1),
    }


def rounds(count: int, firms: int, seed: int, work: Path, server: Server) -> list[Document]:
    """So many rounds, each on a new home and the same server, and which is killed at the end."""
    chance = random.Random(seed)
    data = write_listed(work / "data", firms)
    like = expected(data, work / "embedded")
    if not server.process:
        server.start()
    try:
        done = []
        for number in range(count):
            emptied(server.url)
            done.append(one_round(server, data, work / f"home{number}", like, chance.uniform(0.05, 0.95)))
            print(f"round {number + 1}: {done[-1]}", file=sys.stderr)
        return done
    finally:
        server.kill()


def main() -> None:
    """Run the rounds and count."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--firms", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder) / "server", heap="512m", short=True)
        done = rounds(asked.rounds, asked.firms, asked.seed, Path(folder), server)
    counted = {key: sum(bool(d[key]) for d in done) for key in ("lost", "ledger_whole", "rebuilt")}
    figures = {"rounds": len(done), **counted, "seconds_to_rebuild": max(d["seconds"] for d in done)}
    ratios = {f"{key} / rounds": counted[key] / len(done) for key in ("ledger_whole", "rebuilt")}
    print(json.dumps({"ratios": ratios, "figures": figures}, ensure_ascii=False))


if __name__ == "__main__":
    main()
