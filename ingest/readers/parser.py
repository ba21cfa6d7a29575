"""Files are opened in a child process: one for a whole load, started again when a file kills it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from threading import Timer
from time import monotonic
from types import TracebackType
from typing import Any, Self

import orjson

from graph.errors import LianpuError
from ingest.readers.base import MB, Limits, RawRow, RawSheet, Unreadable
from ingest.readers.wire import rows_of, sheet_of

# sys.path goes along, so that the child finds the same code however this process was started.
_START = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from ingest.readers.child import main; main()"
# Where the child is bound by its own processor time, our clock is only for one that hangs: a busy machine is
# no fault of the file.
PATIENCE = 3 if os.name == "posix" else 1
FRESH_AFTER_MB = 8  # memory that a child holds on to must not count against the files after it
_MEND = "文件可能已损坏或内容异常：用 Excel、WPS 或 Word 打开并另存一份，或拆分后再导入"


class Fault(LianpuError):
    """A fault that the child reports."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        super().__init__(message, hint)
        self.code = code


class Parser:
    """Tables of files, read at arm's length. Use as a context manager, one file after another."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._child: subprocess.Popen[bytes] | None = None
        self._left = 0.0  # seconds that we still wait for this file
        self._timed_out = False
        self._next: list[Any] = [None]
        self._eaten = 0  # bytes of files that this child has read

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def sheets(self, path: Path, name: str, prose: bool = False) -> Iterator[RawSheet]:
        """The tables of a file, each to be read before the next is asked for; with `prose` its text between them.

        Raises LianpuError, from here or from within the rows of a table; a fault within the rows of
        one table leaves the tables after it.
        """
        size = path.stat().st_size
        self._left, self._timed_out = PATIENCE * self.limits.seconds_for(size), False
        self._eaten += size
        try:
            self._send(path, name, prose)
            self._receive(name)
            while self._next[0] == "sheet":
                rows = self._rows(name)
                yield sheet_of(self._next[1], rows)
                with suppress(Fault):  # in what nobody wanted to read
                    for _ in rows:
                        pass
            self._raise_fault(name)
        finally:
            if self._next[0] != "done" or self._eaten > FRESH_AFTER_MB * MB:
                self._stop()

    def _rows(self, name: str) -> Iterator[RawRow]:
        self._receive(name)
        while self._next[0] == "rows":
            yield from rows_of(self._next)
            self._receive(name)
        self._raise_fault(name)

    def _raise_fault(self, name: str) -> None:
        """Raise the fault that the child reports, with its next message at hand."""
        kind, *fault = self._next
        if kind in ("fault", "sheet_fault", "memory"):
            self._receive(name)
            raise Fault(*fault) if fault else self._beyond_memory(name)

    def _send(self, path: Path, name: str, prose: bool) -> None:
        if self._child is None:
            # The child needs no password that the environment may hold.
            environment = {k: v for k, v in os.environ.items() if not k.startswith("LIANPU")}
            command = [sys.executable, "-I", "-B", "-c", _START, orjson.dumps(sys.path).decode()]
            pipe, nothing = subprocess.PIPE, subprocess.DEVNULL
            self._child = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=nothing, env=environment)
        where, limits = os.fsencode(path.absolute()).hex(), asdict(self.limits)
        request = {"path": where, "name": name, "limits": limits, "prose": prose}
        assert self._child.stdin
        with suppress(BrokenPipeError):  # the wait for its answer will tell
            self._child.stdin.write(orjson.dumps(request) + b"\n")
            self._child.stdin.flush()

    def _receive(self, name: str) -> None:
        """Wait for the next message. Only waiting counts as time: we may be slow with the rows ourselves."""
        child = self._child
        assert child
        assert child.stdout
        watch = Timer(max(0.0, self._left), self._give_up)
        watch.daemon = True
        watch.start()
        began = monotonic()
        try:
            message = child.stdout.readline()
        finally:
            watch.cancel()
            self._left -= monotonic() - began
        if not message.endswith(b"\n"):
            raise self._death(name)
        self._next = orjson.loads(message)

    def _give_up(self) -> None:
        self._timed_out = True
        if self._child:
            self._child.kill()

    def _death(self, name: str) -> LianpuError:
        assert self._child
        self._child.kill()
        ended = self._child.wait()
        self._next = ["dead"]
        if self._timed_out or ended == -24:  # SIGXCPU
            return Unreadable(name, "读取用时超过上限，已停止", _MEND)
        if ended in (-6, -9):  # an allocation that fails aborts; the system kills what takes all
            return self._beyond_memory(name)
        return Unreadable(name, "读取程序被这个文件中断", _MEND)

    def _beyond_memory(self, name: str) -> LianpuError:
        detail = f"读取所需内存超过上限（{self.limits.memory_mb} MB 起，随文件大小增加）"
        return Unreadable(name, detail, "常见原因是离数据很远处有孤立的单元格，或内容过多；删去后或拆分文件再导入")

    def _stop(self) -> None:
        child, self._child, self._eaten = self._child, None, 0
        if child:
            child.kill()
            child.wait()
            for pipe in (child.stdin, child.stdout):
                if pipe:
                    pipe.close()
