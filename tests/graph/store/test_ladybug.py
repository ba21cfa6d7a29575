"""The embedded engine: a damaged file is rebuilt, any other fault is told and leaves the graph as it is."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import threading

import pytest

from graph.model import Node
from graph.projection.result import Projection
from graph.schema.parse import load_schema
from graph.store.changes import Changes
from graph.store.errors import GraphLocked, GraphNoMemory, GraphNotBuilt, GraphUnreadable
from graph.store.ladybug_ import generation
from graph.store.opening import open_store
from graph.store.protocol import GraphState

SCHEMA = load_schema()
COUNTY = SCHEMA.kinds["县市区"]
HOLD = """
import sys, ladybug
held = ladybug.Database(sys.argv[1], buffer_pool_size=1 << 26)
print("held", flush=True)
sys.stdin.read()
held.close()
"""


def county(name: str) -> Node:
    return Node("县市区", name, name, {"name": name}, [1])


def opened(folder):
    return open_store(f"ladybug:///{folder}", SCHEMA)


def names(store) -> set[str]:
    return {row["name"] for row in store.nodes(COUNTY)}


@pytest.fixture
def folder(tmp_path):
    """A folder that holds a graph of one county."""
    store = opened(tmp_path / "graph")
    projection = Projection()
    projection.nodes["县市区"]["示例县"] = county("示例县")
    store.build(projection, GraphState("before", "schema"), [])
    store.close()
    return tmp_path / "graph"


def pointer(folder):
    return (folder / "CURRENT").read_text("utf-8")


def test_a_graph_that_another_process_holds_is_no_damage(folder):
    file = folder / pointer(folder)
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(GraphLocked, match="占用"):
            opened(folder)
        assert folder / pointer(folder) == file
        assert file.exists()
        holder.communicate()
    # What another program wrote to is not believed; what it only looked at is.
    assert opened(folder).state() in (None, GraphState("before", "schema"))


def test_too_little_memory_is_no_damage(folder, monkeypatch):
    monkeypatch.setattr(generation, "BUFFER", 1 << 20)
    with pytest.raises(GraphNoMemory, match="内存不足"):
        opened(folder)
    monkeypatch.undo()
    assert names(opened(folder)) == {"示例县"}


@pytest.mark.skipif(not hasattr(os, "mknod"), reason="needs a file that not even root can open")
def test_a_file_that_cannot_be_read_is_no_damage(folder):
    file = folder / pointer(folder)
    kept = file.rename(folder.parent / "kept")
    os.mknod(file, stat.S_IFSOCK | 0o600)
    with pytest.raises(GraphUnreadable, match="打不开"):
        opened(folder)
    file.unlink()
    kept.rename(file)
    assert names(opened(folder)) == {"示例县"}


@pytest.mark.parametrize("lost", [0.2, 0.5, 0.999, 1])
def test_a_truncated_file_is_damage_and_the_store_says_that_nothing_is_built(folder, lost):
    file = folder / pointer(folder)
    data = file.read_bytes()
    file.write_bytes(data[: round((1 - lost) * len(data))])
    store = opened(folder)
    assert store.state() is None
    store.build(Projection(), GraphState("after", "schema"), [])
    assert store.state() == GraphState("after", "schema")


def test_a_file_of_something_else_is_damage(folder):
    (folder / pointer(folder)).write_bytes(b"hello" * 10_000)
    assert opened(folder).state() is None


def test_a_store_that_was_never_built_or_is_closed_answers_nothing(tmp_path, folder):
    closed = opened(folder)
    closed.close()
    for store in (opened(tmp_path / "new"), closed):
        assert store.state() is None
        for ask in (store.counts, store.waiting, lambda s=store: s.nodes(COUNTY), lambda s=store: s.read("state")):
            with pytest.raises(GraphNotBuilt):
                ask()


class Halting(list):
    """A list that stops in the middle of being read until it may go on."""

    def __init__(self, items):
        super().__init__(items)
        self.reached, self.go_on = threading.Event(), threading.Event()

    def __iter__(self):
        for item in super().__iter__():
            yield item
            self.reached.set()
            assert self.go_on.wait(60)


def test_while_a_change_is_half_written_reads_answer_the_state_before(folder):
    store = opened(folder)
    nodes = Halting([county("示例邻县"), county("示例远县")])
    changes = Changes(nodes=nodes, dropped_nodes=[("县市区", "示例县")])
    writer = threading.Thread(target=store.apply, args=(changes, GraphState("after", "schema"), []))
    with store.snapshot():
        writer.start()
        assert nodes.reached.wait(60)
        assert names(store) == {"示例县"}
        nodes.go_on.set()
        writer.join(60)
        assert (names(store), store.state()) == ({"示例县"}, GraphState("before", "schema"))
    assert (names(store), store.state()) == ({"示例邻县", "示例远县"}, GraphState("after", "schema"))


def test_after_a_failed_query_a_snapshot_answers_no_more(folder):
    store = opened(folder)
    with store.snapshot():
        with pytest.raises(RuntimeError, match="Nowhere"):
            store.read("count_nodes", {"label": "Nowhere"})
        with pytest.raises(RuntimeError, match="snapshot"):
            names(store)
    assert names(store) == {"示例县"}
