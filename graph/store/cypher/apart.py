"""A statement run in a process of its own, which is killed when its time is over."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import orjson

from graph.store.cypher.errors import QueriesFull, QueryFailed, QueryLost, QueryTooLarge, QueryTooSlow
from graph.store.cypher.statement import MOST_ROWS

AT_ONCE = 2
_PASSED_ON = ("PATH", "SYSTEMROOT", "LANG", "LC_ALL", "TMPDIR", "TEMP", "TMP")
_places = threading.BoundedSemaphore(AT_ONCE)


@dataclass(frozen=True, slots=True)
class QueryLimits:
    """What a query may use."""

    seconds: float = 10.0
    rows: int = MOST_ROWS
    bytes: int = 8 << 20  # of its answer
    memory: int = 1 << 30


@dataclass(frozen=True, slots=True)
class Answered:
    """The rows of a query, values in the order of its columns; `more` where it has more than are given."""

    rows: list[list[Any]]
    more: bool
    columns: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()  # what it names and the graph does not have

    def of(self, columns: tuple[str, ...], hints: tuple[str, ...]) -> Answered:
        """The same with its columns and hints."""
        return replace(self, columns=columns, hints=hints)


@contextmanager
def one_of_few(limits: QueryLimits) -> Iterator[None]:
    """A place among the few queries that run at once. Raises QueriesFull where none comes free in time."""
    if not _places.acquire(timeout=2 * limits.seconds):
        raise QueriesFull(AT_ONCE)
    try:
        yield
    finally:
        _places.release()


def run_apart(program: Path, request: Mapping[str, Any], limits: QueryLimits, grace: float = 0.0) -> Answered:
    """What a program answers to a request. Raises QueryTooSlow, QueryTooLarge, QueryFailed and QueryLost.

    Where a server ends the statement by itself, it gets a second of `grace` for that.
    """
    document = {
        **request,
        "seconds": limits.seconds,
        "rows": limits.rows,
        "bytes": limits.bytes,
        "memory": limits.memory,
    }
    answer = _asked(program, orjson.dumps(document), limits, grace)
    if answer.get("fault") == "time":
        raise QueryTooSlow(limits.seconds)
    if answer.get("fault") == "memory":
        raise QueryTooLarge(f"{limits.memory >> 20} MB")
    if answer.get("fault") == "lost":
        raise QueryLost
    if "fault" in answer:
        raise QueryFailed(*in_words(answer["text"]))
    return Answered(answer["rows"], bool(answer["more"]))


def _asked(program: Path, request: bytes, limits: QueryLimits, grace: float) -> dict[str, Any]:
    environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    with subprocess.Popen(
        [sys.executable, "-I", str(program)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        env=environment, cwd=program.parent, start_new_session=True,
    ) as child:  # fmt: skip
        try:
            out, _ = child.communicate(request, timeout=limits.seconds + grace)
        except subprocess.TimeoutExpired:
            return {"fault": "time"}
        finally:
            child.kill()
    try:
        answer: dict[str, Any] = orjson.loads(out)
    except orjson.JSONDecodeError:
        return {"fault": "memory" if _ended_for_memory(child.returncode) else "engine", "text": "process ended"}
    text = answer.get("text", "")
    if "Buffer manager exception" in text or "bad_alloc" in text or "std::length_error" in text:
        return {"fault": "memory"}
    return answer


def _ended_for_memory(code: int) -> bool:
    """Whether a process ended as one does whose memory is refused (abort) or that the system stopped (kill)."""
    return code in (-6, -9)


def in_words(text: str) -> tuple[str, ...]:
    """What an engine says, for a person; its own words stand in no message."""
    for sign, words in _SAID.items():
        if sign in text:
            name = text.partition(sign)[2].split()
            return (words.format(name=name[0].strip(".'\"") if name else ""),)
    return ("图库不能执行这个写法",)


_SAID = {
    "Cannot find property ": "没有属性 {name}",
    "process ended": "查询过于复杂，执行它的进程中断了",
    "Divide by zero": "除数为 0",
    "Overflow exception": "数字超出范围",
    "Cast failed": "文字和数字不能比较或换算",
    "Conversion exception": "值的类型不能换算",
    "Cannot match a built-in function": "运算两边的类型不合",
    "did not receive correct arguments": "函数的参数类型不对",
    "has data type ": "值的类型不合：{name}",
    "Expression ": "表达式的类型或位置不对：{name}",
}
