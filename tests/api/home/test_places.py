"""Files of a home that are folders, or cannot be written: a sentence with its repair, or they are simply made anew."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from builders import BASICS, write_book
from serving import lianpu, served

from api.home.running import Running, write_run_file
from api.home.session import open_session
from api.home.settings import Settings
from graph.city.city import open_city
from graph.errors import HomeUnwritable
from graph.store.errors import GraphNoRoom
from graph.store.ladybug_.folder import GenerationFolder
from ingest.load.pipeline import load


@pytest.fixture
def home(tmp_path):
    city = open_city(tmp_path / "home")
    load(city, [write_book(tmp_path / "基础.xlsx", BASICS)])
    city.close()
    return tmp_path / "home"


def make_a_folder(path):
    path.unlink(missing_ok=True)
    (path / "x").mkdir(parents=True)


def test_a_lock_that_is_a_folder_is_said_with_its_repair(home):
    make_a_folder(home / "lock")
    for _ in range(2):
        with pytest.raises(HomeUnwritable, match="lock（是文件夹）") as raised, open_session(Settings(home)):
            pass
        assert "移走" in raised.value.hint
    shutil.rmtree(home / "lock")
    with open_session(Settings(home)) as session:
        assert session.city.in_step()


@pytest.mark.parametrize("name", ["run.json", "run.json.new"])
def test_a_run_file_that_is_a_folder_is_said_as_the_home_is_served_and_hinders_no_command(home, name):
    make_a_folder(home / name)
    with pytest.raises(HomeUnwritable, match="是文件夹"):
        write_run_file(home, Running("http://127.0.0.1:1", "a", "b", 1))
    assert lianpu(home, "status")[0] == 0
    code, document, _ = lianpu(home, "serve")
    assert (code, document["error"]["code"]) == (2, "home_unwritable")
    shutil.rmtree(home / name)
    with served(home):
        assert lianpu(home, "status")[0] == 0


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xfe", b'{"address": 1}', b'{"address": "x", "token": "a", "command_token": "b", "pid": 1}'])  # fmt: skip
def test_a_run_file_that_says_nothing_hinders_no_command(home, content):
    (home / "run.json").write_bytes(content)
    assert lianpu(home, "batches")[0] == 0


@pytest.mark.parametrize("name", ["ledger.sqlite.mark", "copies", "scenarios.json", "gap_model.yaml", "fault.log"])
def test_what_a_command_does_not_need_may_be_anything(home, name):
    if name == "copies":
        (home / name).write_bytes(b"no folder")
    else:
        make_a_folder(home / name)
    city = open_city(home)
    load(city, [write_book(home.parent / "补.xlsx", {"企业": [["名称"], ["示例丙厂"]]})])
    assert len(city.ledger.batches()) == 2
    city.close()


def test_a_disk_without_room_for_the_graph_is_said_with_what_it_needs(home):
    with pytest.raises(GraphNoRoom, match=r"剩余 \S+ MB，约需 \S+ MB"):
        GenerationFolder(home / "graph").make_sure_of_room(10**15)


@pytest.fixture
def mounted(tmp_path):
    """Mounts a small disk of one's own at a path, where that is allowed."""
    mounts = []

    def mount(path, options):
        again = ",remount" if path in mounts else ""
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", options + again, "none", path], capture_output=True)
        if done.returncode:
            pytest.skip("no disk can be mounted here")
        mounts.append(path)

    if sys.platform != "linux" or not shutil.which("mount"):
        pytest.skip("no disk can be mounted here")
    yield mount
    for path in set(mounts):
        subprocess.run(["umount", path], check=False)


def test_a_home_on_a_read_only_disk_is_said(home, mounted, tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted(disk, "size=20m")
    shutil.copytree(home, disk / "home")
    mounted(disk, "size=20m,ro")
    for command in ("status", "load", "check"):
        code, document, _ = lianpu(disk / "home", command, *(["x.xlsx"] if command == "load" else []))
        assert (code, document["error"]["code"]) == (2, "home_unwritable")
        assert "磁盘只读" in document["error"]["message"]
    mounted(disk, "size=20m,rw")
    assert lianpu(disk / "home", "status")[0] == 0


def test_on_a_disk_with_not_a_byte_left_reads_go_on_and_what_writes_is_refused_until_there_is_room(
    home, mounted, tmp_path
):
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted(disk, "size=24m")
    book = str(write_book(tmp_path / "补.xlsx", {"企业": [["名称"], ["示例丙厂"]]}))
    content = lianpu(Path(shutil.copytree(home, disk / "home")), "status")[1]["graph"]["hash"]
    (disk / "full").write_bytes(bytes(shutil.disk_usage(disk).free))
    for _ in range(2):
        assert lianpu(disk / "home", "status")[1]["graph"]["hash"] == content
        assert lianpu(disk / "home", "search", "示例")[0] == 0
        code, document, _ = lianpu(disk / "home", "load", book)
        assert (code, document["error"]["code"]) == (2, "ledger_fault")
        assert "磁盘已满" in document["error"]["message"]
    (disk / "full").unlink()
    assert lianpu(disk / "home", "load", book)[0] == 0
    assert lianpu(disk / "home", "check")[1]["whole"]
