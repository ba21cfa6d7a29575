"""Without room for the graph, the last whole one answers, what is in the ledger is said, and later it catches up."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from builders import BASICS, write_book

from graph.city.city import open_city
from ingest.load.pipeline import load

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no limit of file sizes")
# Files may grow to so many bytes and no further, as on a full disk; what the city then says, a line for each step.
LIMITED = """
import resource, signal, sys
from pathlib import Path
from graph.city import city as city_
from graph.city.city import open_city
from graph.errors import LianpuError
from ingest.load.pipeline import load

def step(name, do):
    try:
        print(name, "ok", do(), flush=True)
    except LianpuError as fault:
        print(name, fault.code, fault.message, flush=True)

city_.RETRY = 0.0
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
city = open_city(sys.argv[1])
before = city.hash()
old = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), old[1]))
step("load", lambda: load(city, [Path(sys.argv[2])]).batch)
step("batches", lambda: len(city.ledger.batches()))
step("sync", city.sync)
step("read", lambda: city.hash() == before)
step("in step", city.in_step)
resource.setrlimit(resource.RLIMIT_FSIZE, old)
step("sync", city.sync)
step("in step", city.in_step)
step("firms", lambda: city.store.counts()[0]["企业"])
city.close()
"""


def firms(path: Path, count: int) -> Path:
    rows = [[f"示例{n}号锯业有限公司", "示例县"] for n in range(count)]
    return write_book(path, {"企业": [["名称", "县市区"], *rows]})


@pytest.mark.parametrize(
    ("count", "room"), [(60, 75 << 10), (2200, 1500 << 10)], ids=["a change in place", "a new generation"]
)
def test_reads_go_on_from_the_last_whole_graph_and_it_catches_up_once_there_is_room(tmp_path, count, room):
    city = open_city(tmp_path / "home")
    load(city, [write_book(tmp_path / "基础.xlsx", BASICS)])
    city.close()
    book = firms(tmp_path / "补.xlsx", count)
    ended = subprocess.run(
        [sys.executable, "-c", LIMITED, tmp_path / "home", book, str(room)], capture_output=True, text=True, timeout=120
    )
    assert ended.returncode == 0, ended.stderr
    lines = ended.stdout.splitlines()
    assert lines[0].startswith(
        "load graph_unreadable 批次 2 已写入台账，不要重复导入；图库还没有跟上：图库文件打不开或写不进"
    )
    assert lines[1:] == [
        "batches ok 2", "sync ok None", "read ok True", "in step ok False",
        "sync ok None", "in step ok True", f"firms ok {count + 2}",
    ]  # fmt: skip
    again = open_city(tmp_path / "home")
    assert again.in_step()
    again.close()
