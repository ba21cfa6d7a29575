"""What a small command costs the processor, against importing two of the libraries that it stands on, in one run.

    python bench/startup.py [--rounds N]

Processor time (user and system) of `lianpu status`, `batches`, `undo` and `load --help` in a small home that is there,
each against `python -c "import fastapi, sqlalchemy"`, one after the other in every round. The last line is JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[1]
BASE = "import fastapi, sqlalchemy"
LIANPU = "from api.cli.main import main; main()"
COMMANDS = (("status",), ("status", "--json"), ("batches",), ("undo", "7"), ("load", "--help"))


def processor_time(code: str, *words: str) -> float:
    """Seconds that a fresh interpreter takes for some code."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", code, *words], cwd=ROOT, capture_output=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Measure round after round and print the medians of the ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        os.environ["LIANPU_HOME"] = str(Path(folder) / "home")
        processor_time(LIANPU, "load", "examples/示例县")
        bases: list[float] = []
        ratios: dict[str, list[float]] = {" ".join(words): [] for words in COMMANDS}
        for _ in range(rounds):
            bases.append(processor_time(BASE))
            for words in COMMANDS:
                ratios[" ".join(words)].append(processor_time(LIANPU, *words) / bases[-1])
    print(f"{BASE}: {median(bases):.2f} s of processor time, load {os.getloadavg()[0]:.1f}")
    print(json.dumps({"ratios": {name: round(median(r), 2) for name, r in ratios.items()}}, ensure_ascii=False))


if __name__ == "__main__":
    main()
