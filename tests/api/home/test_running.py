"""A command and the server of its home: it waits for a busy one, passes over a dead one; a server that ends leaves nothing."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from builders import BASICS, write_book
from filelock import FileLock
from serving import ROOT, lianpu, served

from api.home.running import Running, find_running, write_run_file
from graph.errors import HomeBusy

PATIENCE = 60


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("running")
    code, _, _ = lianpu(folder / "home", "load", str(write_book(folder / "示例.xlsx", BASICS)))
    assert code == 0
    return folder / "home"


def begin(home: Path, *arguments: str) -> subprocess.Popen[str]:
    """A command that is not waited for."""
    command = [sys.executable, "-c", "from api.cli.main import main; main()", *arguments, "--json"]
    env = {**os.environ, "LIANPU_HOME": str(home), "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env, text=True)


def end_of(command: subprocess.Popen[str]) -> tuple[int, object]:
    out, _ = command.communicate(timeout=PATIENCE)
    return command.returncode, json.loads(out)


def test_a_command_beside_a_busy_server_says_so_and_waits_until_it_answers(home):
    with served(home) as site:
        os.kill(int(site.run["pid"]), signal.SIGSTOP)
        try:
            command = begin(home, "batches")
            assert f"链谱网页（进程 {site.run['pid']}）正忙" in command.stderr.readline()
        finally:
            os.kill(int(site.run["pid"]), signal.SIGCONT)
        code, document = end_of(command)
        assert (code, len(document["batches"])) == (0, 1)


def test_a_command_beside_another_or_a_server_about_to_start_waits_until_the_home_is_free(home):
    with FileLock(home / "lock"):
        command = begin(home, "batches")
        assert "正被另一个链谱进程使用" in command.stderr.readline()
    assert end_of(command)[0] == 0


def test_who_has_waited_long_enough_is_told(home):
    with FileLock(home / "lock"), pytest.raises(HomeBusy):
        find_running(home, longest=0)


def test_a_run_file_of_a_server_that_is_gone_is_passed_over_and_whoever_listens_there_now_gets_nothing(home):
    with socket.create_server(("127.0.0.1", 0)) as stranger:
        address = f"http://127.0.0.1:{stranger.getsockname()[1]}"
        for pid in (os.getpid(), 2**22 + 1):  # a number that is somebody else's now, or nobody's
            write_run_file(home, Running(address, "a", "b", pid))
            assert find_running(home) is None
            assert lianpu(home, "batches")[0] == 0
        stranger.setblocking(False)
        with pytest.raises(BlockingIOError):
            stranger.accept()


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"address": 1}', '{"address": "x", "token": 1, "command_token": 2, "pid": 3}']
)
def test_a_run_file_that_is_none_is_passed_over(home, content):
    (home / "run.json").write_text(content)
    assert find_running(home) is None
    assert lianpu(home, "batches")[0] == 0
    with FileLock(home / "lock"), pytest.raises(HomeBusy):
        find_running(home, longest=0)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_server_that_is_told_to_end_takes_its_run_file_its_lock_and_its_workers_along(home, number):
    with served(home) as site:
        pid = int(site.run["pid"])
        headers = {"X-Lianpu-Token": str(site.run["token"])}
        drawn = httpx.get(
            f"{site.base}/files/chainmap.svg?chain=示例锯床产业链", headers=headers, trust_env=False, timeout=PATIENCE
        )
        assert drawn.status_code == 200
        workers = children(pid)
        assert workers
        os.kill(pid, number)
        while Path(f"/proc/{pid}").exists() and "(zombie)" not in Path(f"/proc/{pid}/status").read_text():
            os.sched_yield()
        assert not (home / "run.json").exists()
        with FileLock(home / "lock", timeout=0):
            pass
        assert [w for w in workers if Path(f"/proc/{w}").exists()] == []


def children(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
