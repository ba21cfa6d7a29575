"""Drawings in worker processes: beside the pages, once for all who ask, and never in the way of the next."""

from __future__ import annotations

import asyncio
import os
import pickle
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from drawings import die, hold, note, refuse, trip

from api.web.workers import Call, DrawingBroken, DrawingsFull, DrawingTooLong, Workers
from graph.errors import Ambiguous, LianpuError, Unknown
from viz.errors import NotWritable

PATIENCE = 60  # seconds after which what should have come fails the test


def run(scene: Callable[[Workers], Awaitable[Any]], seconds: float = PATIENCE) -> Any:
    """Play a scene with one worker."""

    async def bounded() -> Any:
        async with Workers(1, seconds) as workers:
            return await asyncio.wait_for(scene(workers), PATIENCE)

    return asyncio.run(bounded())


def call(draw: Any, *arguments: Any) -> Call:
    return Call.of(partial(draw, *arguments), ".txt")


@pytest.fixture
def folder(tmp_path):
    os.mkfifo(tmp_path / "gate")
    return tmp_path


async def begun(folder: Path, name: str) -> int:
    """The process that holds, when it does."""
    while not (marks := list(folder.glob(f"{name}.*"))):
        await asyncio.sleep(0.01)
    return int(marks[0].suffix[1:])


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return "(zombie)" not in Path(f"/proc/{pid}/status").read_text()


async def ended(pid: int) -> None:
    while alive(pid):
        await asyncio.sleep(0.01)


def test_drawings_come_from_one_warm_process_that_is_not_ours_and_ends_with_the_loop(tmp_path):
    async def scene(workers: Workers) -> list[bytes]:
        return [await workers.file(call(note, tmp_path, name)) for name in ("甲", "乙")]

    (_, first), (_, second) = (drawn.decode().split() for drawn in run(scene))
    assert first == second != str(os.getpid())
    assert not alive(int(first))


def test_many_who_ask_for_one_file_wait_for_one_drawing_and_later_ones_get_it_as_it_was_kept(tmp_path):
    async def scene(workers: Workers) -> None:
        drawn = await asyncio.gather(*(workers.file(call(note, tmp_path, "甲")) for _ in range(50)))
        assert len(set(drawn)) == 1
        assert await workers.file(call(note, tmp_path, "甲")) == drawn[0]
        assert len(list(tmp_path.iterdir())) == 1
        assert await workers.file(call(note, tmp_path, "乙")) != drawn[0]

    run(scene)


def test_who_waits_learns_how_many_come_before_and_who_leaves_takes_the_place_with_him(folder):
    async def scene(workers: Workers) -> None:
        first = asyncio.create_task(workers.file(call(hold, folder, "甲"), "甲"))
        pid = await begun(folder, "甲")
        waiting = {n: asyncio.create_task(workers.file(call(note, folder, n), n)) for n in ("乙", "丙")}
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert [workers.ahead(t) for t in ("甲", "乙", "丙", "", "没有")] == [0, 1, 2, 3, 0]
        waiting["乙"].cancel()
        await asyncio.wait([waiting["乙"]])
        while workers.ahead("丙") != 1:
            await asyncio.sleep(0)
        first.cancel()
        await ended(pid)  # nobody waits for it any more
        assert (await waiting["丙"]).startswith("丙".encode())
        assert not list(folder.glob("乙.*"))
        assert workers.ahead() == 0

    run(scene)


def test_one_who_leaves_does_not_take_the_drawing_from_the_others(folder):
    async def scene(workers: Workers) -> None:
        one, other = (asyncio.create_task(workers.file(call(hold, folder, "甲"))) for _ in range(2))
        await begun(folder, "甲")
        one.cancel()
        await asyncio.wait([one])
        (folder / "gate").write_text("画好了")
        assert (await other).decode() == "画好了"

    run(scene)


def test_a_worker_that_dies_is_an_error_in_words_and_the_next_one_draws(tmp_path):
    async def scene(workers: Workers) -> None:
        for _ in range(2):
            with pytest.raises(DrawingBroken, match="中断"):
                await workers.file(call(die))
            assert await workers.file(call(note, tmp_path, "甲"))

    run(scene)


def test_a_drawing_beyond_its_time_is_stopped_and_its_process_with_it(folder):
    async def scene(workers: Workers) -> None:
        _, pid = (await workers.file(call(note, folder, "甲"))).decode().split()  # the process that both share
        with pytest.raises(DrawingTooLong, match=r"0\.1 秒"):
            async with Workers(1, seconds=0.1) as hasty:
                await hasty.file(call(hold, folder, "乙"))
        await ended(int(pid))
        assert await workers.file(call(note, folder, "丙"))

    run(scene)


def test_workers_that_are_closed_give_up_what_they_draw_and_whoever_waits_is_told(folder):
    async def scene(workers: Workers) -> None:
        waiting = [asyncio.create_task(workers.file(call(hold, folder, n))) for n in ("甲", "甲", "乙")]
        pid = await begun(folder, "甲")
        await workers.close()
        for outcome in await asyncio.gather(*waiting, workers.file(call(note, folder, "丙")), return_exceptions=True):
            assert isinstance(outcome, DrawingBroken)
        await ended(pid)
        assert len(list(folder.iterdir())) == 2  # the pipe, and the mark of the one that had begun

    run(scene)


def test_what_a_drawing_refuses_is_said_as_it_would_be_here():
    async def scene(workers: Workers) -> None:
        with pytest.raises(Ambiguous, match="对应多个环节") as caught:
            await workers.file(call(refuse))
        assert caught.value.document() == Ambiguous("环节", "锯条", ["甲县/锯条", "乙县/锯条"]).document()
        with pytest.raises(ZeroDivisionError):
            await workers.file(call(trip))

    run(scene)


def test_a_line_that_is_too_long_takes_no_more(folder, monkeypatch):
    monkeypatch.setattr("api.web.workers.MOST_WAITING", 1)

    async def scene(workers: Workers) -> None:
        held = [asyncio.create_task(workers.file(call(hold, folder, n))) for n in ("甲", "乙")]
        await begun(folder, "甲")
        with pytest.raises(DrawingsFull, match="2 份"):
            await workers.file(call(note, folder, "丙"))
        assert not any(task.done() for task in held)
        await workers.close()
        await asyncio.gather(*held, return_exceptions=True)

    run(scene)


@pytest.mark.parametrize("error", [Unknown("企业", "没有", ["有"]), NotWritable("a.png", None), DrawingTooLong(3)])
def test_an_error_comes_whole_from_another_process(error):
    again: LianpuError = pickle.loads(pickle.dumps(error))
    assert (type(again), again.document(), str(again)) == (type(error), error.document(), str(error))
