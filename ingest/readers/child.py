"""The process that opens files. It owns nothing: when a file kills it, the load goes on without that file."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, TypeVar

import orjson

from graph.errors import LianpuError
from ingest.readers import read_file
from ingest.readers.base import Limits, Unreadable, damaged
from ingest.readers.wire import head, line, row_lines

T = TypeVar("T")


def main() -> None:
    """Answer one request per line of the standard input until it ends."""
    answers = os.fdopen(os.dup(1), "wb")
    # A library that prints must not break into the answers.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    for request in sys.stdin.buffer:
        asked = orjson.loads(request)
        path = Path(os.fsdecode(bytes.fromhex(asked["path"])))
        answer(path, asked["name"], Limits(**asked["limits"]), answers, asked["prose"])


def answer(path: Path, name: str, limits: Limits, out: IO[bytes], prose: bool = False) -> None:
    """Send the tables of one file, whatever happens: heads, rows, faults, and that it is done."""
    try:
        _bound(limits, path.stat().st_size)
        for sheet in _guarded(read_file(path, name, limits, prose), name):
            out.write(line("sheet", head(sheet)))
            try:
                for rows in row_lines(_guarded(sheet.rows, name), name, limits):
                    out.write(rows)
            except LianpuError as fault:  # this sheet is lost, the others are not
                out.write(line("sheet_fault", fault.code, fault.message, fault.hint))
    except LianpuError as fault:
        out.write(line("fault", fault.code, fault.message, fault.hint))
    except MemoryError:
        out.write(line("memory"))
    out.write(line("done"))
    out.flush()


def _guarded(items: Iterator[T], name: str) -> Iterator[T]:
    """The same items; whatever a reader stumbles over is a fault of the file."""
    try:
        yield from items
    except (LianpuError, MemoryError):
        raise
    except OSError as error:
        raise Unreadable(name, "打不开", "检查读取权限，关闭正在使用它的程序") from error
    except Exception as error:  # a hostile file may raise anything from within a library
        raise damaged(name, "文件", "用 Excel、WPS 或 Word 打开并另存一份后再导入") from error


def _bound(limits: Limits, size: int) -> None:
    """Hold this process to its memory and processor time, and let it write nothing."""
    with suppress(ImportError):  # not on Windows: there the parent's clock alone holds
        import resource

        memory = limits.memory_for(size)
        used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
        seconds = int(used + limits.seconds_for(size)) + 1
        for what, soft in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, seconds), (resource.RLIMIT_FSIZE, 0)):
            with suppress(ValueError, OSError):  # macOS does not know all of them
                resource.setrlimit(what, (soft, resource.getrlimit(what)[1]))
