"""kill -9 in the middle of whatever writes, many times: the home opens again with nothing of it or the whole.

    python bench/kill.py [--rounds 25] [--firms 400] [--seed 1]

Steps: load, replace, undo, decide, rebuild, and upload to a served home. Each round copies a home, begins the step in a
process of its own, kills that at a random moment of the time that the step takes, opens the home again and holds it to
the two states that there may be: rows, batches, seals, content hash, and the hash of a rebuild. The last line is JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Any

import httpx

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from builders import BASICS, write_book  # noqa: E402

from api.commands.table import COMMANDS  # noqa: E402
from api.home.session import open_session  # noqa: E402
from api.home.settings import Settings  # noqa: E402

STEPS = ("load", "replace", "undo", "decide", "rebuild", "upload")
CHILD = """
import json, sys
from pathlib import Path
from api.commands.table import COMMANDS
from api.home.session import open_session
from api.home.settings import Settings
command, given = COMMANDS[sys.argv[2]], json.loads(sys.argv[3])
with open_session(Settings(Path(sys.argv[1]))) as session:
    request = command.read(given)
    print("ready", flush=True)
    sys.stdin.readline()
    command.run(session, request)
    print("done", flush=True)
    sys.stdin.readline()
"""
SERVER = "from api.cli.main import main; main(['serve', '--port', '0'])"


@dataclass(frozen=True)
class Shown:
    """What a home holds and shows."""

    batches: tuple[tuple[int, bool], ...]  # and whether undone
    rows: int
    hash: str


def firms(path: Path, count: int, turn: int) -> str:
    """A workbook of so many firms, whose products name the turn."""
    rows = [[f"示例{n}号厂", "示例县", f"产品{n}-{turn}"] for n in range(count)]
    return str(write_book(path, {"企业": [["名称", "县市区", "主要产品"], *rows]}))


def shown(home: Path, again: bool = False) -> Shown:
    """Open a home and read it; raises AssertionError for one that is not whole."""
    with open_session(Settings(home)) as session:
        city = session.city
        assert city.in_step(), "not in step"
        assert city.ledger.health.damages() == [], "the ledger is damaged"
        content = city.hash()
        if again:
            city.rebuild()
            assert city.hash() == content, "a rebuild says something else"
        batches = tuple((b.id, b.undone_at is not None) for b in city.ledger.batches())
        return Shown(batches, city.ledger.count(), content)


def prepared(work: Path, count: int) -> tuple[Path, dict[str, dict[str, Any]]]:
    """A home, and what each step asks of it."""
    home, book = work / "home", work / "企业.xlsx"
    with open_session(Settings(home)) as session:
        for path in (str(write_book(work / "基础.xlsx", BASICS)), firms(book, count, 0)):
            COMMANDS["load"].run(session, COMMANDS["load"].read({"paths": [path]}))
    other = firms(work / "另.xlsx", count // 2, 1)
    corrected = firms(work / "改" / "企业.xlsx", count - count // 8, 2)
    decision = {"verdict": "合并", "kind": "企业", "name": "示例0号厂", "other": "示例1号厂"}
    return home, {
        "load": {"paths": [other]},
        "replace": {"paths": [corrected], "replace": True, "yes": True},
        "undo": {"batch": 2},
        "decide": decision,
        "rebuild": {},
        "upload": {"file": other},
    }


@contextmanager
def begun(home: Path, step: str, given: dict[str, Any]) -> Iterator[tuple[subprocess.Popen[str], Callable[[], None]]]:
    """A process that is about to do a step, and what lets it; over by the end, however."""
    served = step == "upload"
    name = {"replace": "load"}.get(step, step)
    arguments = [SERVER] if served else [CHILD, str(home), name, json.dumps(given)]
    env = {**os.environ, "LIANPU_HOME": str(home), "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen([sys.executable, "-c", *arguments], stdin=-1, stdout=-1, text=True, env=env, cwd=ROOT)
    try:
        assert process.stdin
        assert process.stdout
        process.stdout.readline()
        if served:
            yield process, lambda: upload(home, Path(given["file"]))
        else:
            stdin, stdout = process.stdin, process.stdout

            def go() -> None:
                stdin.write("go\n")
                stdin.flush()
                stdout.readline()

            yield process, go
    finally:
        process.kill()
        process.wait()


def upload(home: Path, file: Path) -> None:
    """Hand a file to the server of a home; it may die meanwhile."""
    run = json.loads((home / "run.json").read_text("utf-8"))
    with httpx.Client(base_url=run["address"], trust_env=False, timeout=60) as client:
        headers = {"Authorization": f"Bearer {run['token']}"}
        client.post("/api/load", files={"files": (file.name, file.read_bytes())}, headers=headers).raise_for_status()


def whole(home: Path, work: Path, step: str, given: dict[str, Any]) -> tuple[Shown, float]:
    """What a home shows after a step that nobody stops, and how long the step takes."""
    twin = Path(shutil.copytree(home, work / f"after-{step}"))
    with begun(twin, step, given) as (process, go):
        begin = time.perf_counter()
        go()
        seconds = time.perf_counter() - begin
        if step == "upload":
            process.terminate()
        else:
            assert process.stdin
            process.stdin.close()  # it goes on to its end
        process.wait(60)
    after = shown(twin)
    shutil.rmtree(twin)
    return after, seconds


def one_round(home: Path, work: Path, step: str, given: dict[str, Any], states: list[Shown], delay: float) -> str:
    """Kill a step after so many seconds; what is wrong then, or which of the states it is."""
    twin = Path(shutil.copytree(home, work / "twin"))
    try:
        with begun(twin, step, given) as (process, go):
            running = Thread(target=_quietly, args=(go,), daemon=True)
            running.start()
            time.sleep(delay)
            process.send_signal(signal.SIGKILL)
            process.wait()
            running.join(60)
        state = shown(twin, again=True)
        return ("before", "after")[states.index(state)] if state in states else f"neither: {state}"
    except Exception as error:  # whatever it is, it is what this looks for
        return f"{type(error).__name__}: {error}"
    finally:
        shutil.rmtree(twin, ignore_errors=True)


def _quietly(go: Callable[[], None]) -> None:
    try:
        go()
    except (OSError, httpx.HTTPError):
        return


def rounds(work: Path, count: int, size: int, seed: int, steps: tuple[str, ...] = STEPS) -> dict[str, dict[str, int]]:
    """So many rounds of each step: how often it was before, after, or a failure, which is told."""
    chance = random.Random(seed)
    home, asked = prepared(work, size)
    before = shown(home)
    counted: dict[str, dict[str, int]] = {}
    for step in steps:
        after, seconds = whole(home, work, step, asked[step])
        tally = counted[step] = {"before": 0, "after": 0, "failures": 0}
        for _ in range(count):
            end = one_round(home, work, step, asked[step], [before, after], chance.uniform(0, 1.1 * seconds))
            tally[end if end in tally else "failures"] += 1
            if end not in tally:
                print(f"{step}: {end}", file=sys.stderr)
        print(f"{step} ({seconds:.2f} s): {tally}", file=sys.stderr)
    return counted


def main() -> None:
    """Run the rounds and count."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=25)
    parser.add_argument("--firms", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        counted = rounds(Path(folder), asked.rounds, asked.firms, asked.seed)
    failures = sum(tally["failures"] for tally in counted.values())
    print(json.dumps({"ratios": {"failures / kills": failures / (asked.rounds * len(STEPS))}, "figures": counted}))


if __name__ == "__main__":
    main()
