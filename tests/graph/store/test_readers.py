"""Readers of an engine without snapshots: commits wait for them, they do not wait for each other."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event

from graph.store.neo4j.readers import Readers

PATIENCE = 60


def test_a_commit_waits_for_who_reads_and_keeps_nobody_out_meanwhile():
    readers, committed = Readers(), Event()

    def commit() -> None:
        with readers.kept_out():
            committed.set()

    with ThreadPoolExecutor(1) as pool:
        with readers.reading():
            committing = pool.submit(commit)
            with readers.reading():
                assert not committed.is_set()
        committing.result(PATIENCE)
    assert committed.is_set()


def test_who_comes_during_a_commit_reads_after_it():
    readers, order = Readers(), []

    def read() -> None:
        with readers.reading():
            order.append("read")

    with ThreadPoolExecutor(1) as pool:
        with readers.kept_out():
            reading = pool.submit(read)
            order.append("committed")
        reading.result(PATIENCE)
    assert order == ["committed", "read"]
