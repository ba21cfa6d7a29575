"""kill -9 during a load: it reopens, in step, with nothing or a whole batch."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from builders import BASICS, write_book

from graph.city import open_city

TIMES = int(os.environ.get("LIANPU_TEST_KILLS", "6"))
CHILD = """
import sys
from pathlib import Path
from graph.city import open_city
from ingest.pipeline import load
city = open_city(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
load(city, [Path(sys.argv[2])])
print("done", flush=True)
"""


def test_a_killed_load_leaves_nothing_or_a_whole_batch(tmp_path):
    home = tmp_path / "home"
    city = open_city(home)
    city.close()
    whole = 0
    for turn in range(TIMES):
        firms = [["名称", "主要产品"], *([f"示例{turn}-{i}", f"产品{turn}-{i}"] for i in range(300))]
        path = write_book(tmp_path / f"{turn}.xlsx", {**BASICS, "企业": firms})
        child = subprocess.Popen(
            [sys.executable, "-c", CHILD, str(home), str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            cwd=Path(__file__).parents[2], env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        )  # fmt: skip
        assert child.stdout
        assert child.stdin
        assert child.stdout.readline() == "ready\n"
        child.stdin.write("go\n")
        child.stdin.flush()
        time.sleep(0.05 + 0.8 * turn / TIMES)
        child.send_signal(signal.SIGKILL)
        child.wait()
        city = open_city(home)
        assert city.in_step()
        batches = [b for b in city.ledger.batches() if f"{turn}.xlsx" in b.files]
        named = sum(1 for n in city.store.nodes(city.schema.kinds["企业"]) if n["name"].startswith(f"示例{turn}-"))
        assert named == (300 if batches else 0)
        whole += len(batches)
        before = city.hash()
        city.rebuild()
        assert city.hash() == before
        city.close()
    assert whole <= TIMES
