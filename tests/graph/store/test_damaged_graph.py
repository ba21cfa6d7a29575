"""A damaged graph is noticed and built anew from the ledger, wherever the damage is; it never answers wrong."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from graph.city.city import open_city
from graph.store.errors import GraphBroken, GraphPlaceTaken

PLACES = random.Random(7)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A closed home with one small chain, and its hash."""
    from builders import BASICS, write_book

    from ingest.load.pipeline import load

    folder = tmp_path_factory.mktemp("whole")
    city = open_city(folder / "home")
    load(city, [write_book(folder / "基础.xlsx", BASICS)])
    content = city.hash()
    city.close()
    return folder / "home", content


@pytest.fixture
def home(whole, tmp_path):
    return Path(shutil.copytree(whole[0], tmp_path / "home"))


def live(home: Path) -> Path:
    return home / "graph" / (home / "graph" / "CURRENT").read_text("utf-8")


def flip(home, place):
    data = bytearray(live(home).read_bytes())
    data[int(place * len(data))] ^= 1 << 4
    live(home).write_bytes(bytes(data))


def flip_at_random(home):
    flip(home, PLACES.random())


def cut(home):
    live(home).write_bytes(live(home).read_bytes()[:-5000])


def lengthen(home):
    live(home).write_bytes(live(home).read_bytes() + bytes(4096))


def add_a_log(home):
    live(home).with_name(live(home).name + ".wal").write_bytes(b"\x07" * 500)


def folder_for_generation(home):
    path = live(home)
    path.unlink()
    (path / "x").mkdir(parents=True)


def lose_the_seal(home):
    live(home).with_name(live(home).name + ".summary").unlink()


def pointer_is(content):
    def harm(home):
        (home / "graph" / "CURRENT").write_bytes(content)

    return harm


def pointer_is_a_folder(home):
    (home / "graph" / "CURRENT").unlink()
    (home / "graph" / "CURRENT" / "x").mkdir(parents=True)


def pointer_is_lost(home):
    (home / "graph" / "CURRENT").unlink()


def next_pointer_is_a_folder(home):
    (home / "graph" / "CURRENT.new").mkdir()
    pointer_is_lost(home)


def strange_files(home):
    (home / "graph" / "x.lbug").write_bytes(b"?")
    (home / "graph" / "9.lbug.wal").mkdir()
    pointer_is_lost(home)


HARMS = [
    *[flip_at_random] * 6, cut, lengthen, add_a_log, folder_for_generation, lose_the_seal, pointer_is_a_folder,
    pointer_is_lost, next_pointer_is_a_folder, strange_files, pointer_is(b""), pointer_is(b"\xff\xfe"),
    pointer_is(b"../ledger.sqlite"), pointer_is(b"."), pointer_is(b"77.lbug"),
]  # fmt: skip


@pytest.mark.parametrize("harm", HARMS)
def test_a_damaged_graph_is_built_anew_as_the_home_opens(whole, home, harm):
    harm(home)
    city = open_city(home)
    assert city.in_step()
    assert city.hash() == whole[1]
    city.close()
    generations = [p.name for p in (home / "graph").iterdir() if p.name.endswith(".lbug")]
    assert generations == [live(home).name]


def test_a_file_in_the_place_of_the_graphs_folder_is_said_and_left(home):
    shutil.rmtree(home / "graph")
    (home / "graph").write_bytes(b"somebody's")
    with pytest.raises(GraphPlaceTaken, match="占了位置"):
        open_city(home)
    assert (home / "graph").read_bytes() == b"somebody's"
    (home / "graph").unlink()
    open_city(home).close()


def test_a_graph_over_which_the_engine_stumbles_is_built_anew_and_only_once(whole, home):
    city = open_city(home)

    def stumble():
        with pytest.raises(GraphBroken), city.store._held():
            raise GraphBroken(home)

    stumble()
    assert city.store.state() is None
    city.sync()
    assert city.hash() == whole[1]
    stumble()  # on a graph just built: the fault is not the file's
    assert city.in_step()
    assert city.hash() == whole[1]
    city.close()
