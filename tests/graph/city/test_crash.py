"""kill -9 during a load, a replacement or an undo: it reopens, in step, with nothing or all of it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from builders import BASICS, write_book

from graph.city.city import open_city
from ingest.load.pipeline import LoadOptions, load

TIMES = int(os.environ.get("LIANPU_TEST_KILLS", "4"))
CHILD = """
import sys
from pathlib import Path
from graph.city.city import open_city
from ingest.load.pipeline import LoadOptions, load
city = open_city(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
if sys.argv[2] == "undo":
    city.undo(int(sys.argv[3]))
else:
    load(city, [Path(sys.argv[3])], LoadOptions(replace=sys.argv[2] == "replace", yes=True))
print("done", flush=True)
"""


def kill_during(home: Path, delay: float, *step: str) -> None:
    """Run one step in a process of its own and kill it after so many seconds."""
    root = str(Path(__file__).parents[3])
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(home), *step], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        cwd=root, env={**os.environ, "PYTHONPATH": root},
    )  # fmt: skip
    assert child.stdout
    assert child.stdin
    assert child.stdout.readline() == "ready\n"
    child.stdin.write("go\n")
    child.stdin.flush()
    time.sleep(delay)
    child.send_signal(signal.SIGKILL)
    child.wait()


def test_a_killed_load_leaves_nothing_or_a_whole_batch(tmp_path):
    home = tmp_path / "home"
    city = open_city(home)
    city.close()
    whole = 0
    for turn in range(TIMES):
        firms = [["名称", "主要产品"], *([f"示例{turn}-{i}", f"产品{turn}-{i}"] for i in range(300))]
        path = write_book(tmp_path / f"{turn}.xlsx", {**BASICS, "企业": firms})
        kill_during(home, 0.05 + 0.8 * turn / TIMES, "load", str(path))
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


def test_a_killed_replacement_or_undo_leaves_the_state_before_or_after(tmp_path):
    home, twin, path = tmp_path / "home", tmp_path / "twin", tmp_path / "示例.xlsx"

    def write(turn: int) -> str:
        firms = [[f"示例{i}", f"产品{i}-{turn if i % 3 else 0}"] for i in range(300)]
        return str(write_book(path, {"企业": [["名称", "主要产品"], *firms]}))

    city = open_city(home)
    load(city, [Path(write(0))])
    for turn in range(1, max(4, TIMES - 1)):
        before = city.hash()
        last = next(b.id for b in reversed(city.ledger.batches()) if b.undone_at is None)
        step = ("undo", str(last)) if turn % 2 == 0 else ("replace", write(turn))
        city.close()
        shutil.rmtree(twin, ignore_errors=True)
        shutil.copytree(home, twin)
        whole = open_city(twin)
        if step[0] == "undo":
            whole.undo(last)
        else:
            load(whole, [path], LoadOptions(replace=True, yes=True))
        after = whole.hash()
        whole.close()
        kill_during(home, 0.02 + 1.2 * turn / TIMES, *step)
        city = open_city(home)
        assert city.in_step()
        assert city.hash() in (before, after)
        rows, undone = city.ledger.count(), [b.undone_at for b in city.ledger.batches()]
        city.rebuild()
        assert city.hash() in (before, after)
        assert rows == 300
        if turn % 2 and city.hash() == before:
            load(city, [path], LoadOptions(replace=True, yes=True))
            assert city.hash() == after
        elif city.hash() == before:
            assert undone[last - 1] is None
            city.undo(last)
            assert city.hash() == after
    city.close()
