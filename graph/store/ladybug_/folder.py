"""The folder of generations: which one is live, and what else may lie there."""

from __future__ import annotations

import os
import re
import shutil
import sys
from contextlib import suppress
from pathlib import Path

from graph.files import reason_of
from graph.store.errors import GraphLocked, GraphNoRoom, GraphPlaceTaken, GraphUnreadable

if sys.platform != "win32":
    import fcntl

POINTER = "CURRENT"
_NAME = re.compile(r"(\d+)\.lbug")
# A build takes about 150 bytes for each node and edge, a change in place about 1 kB of log for each write and the pages
# that it touches. The engine ends the process where it cannot write, so it is not begun without twice as much.
FIXED, BUILT, CHANGED = 4 << 20, 400, 4 << 10


class GenerationFolder:
    """Generations `<n>.lbug`, and a file CURRENT that names the live one. All of it can be built from the ledger."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            path.mkdir(parents=True, exist_ok=True)
        except FileExistsError as error:
            raise GraphPlaceTaken(path) from error
        except OSError as error:
            raise GraphUnreadable(path, reason_of(error)) from error

    def current(self) -> Path | None:
        """The live generation; None where the pointer names none, or is damaged."""
        try:
            name = (self.path / POINTER).read_text("utf-8").strip()
        except (OSError, ValueError):
            return None
        live = self.path / name
        return live if _NAME.fullmatch(name) and live.exists() and not live.is_dir() else None

    def fresh(self) -> Path:
        """Where the next generation goes."""
        numbers = [int(m[1]) for path in self.path.iterdir() if (m := _NAME.match(path.name))]
        return self.path / f"{max(numbers, default=0) + 1}.lbug"

    def point_to(self, path: Path) -> None:
        """Make a generation the live one, in one step that outlasts a power cut. Raises GraphUnreadable."""
        target = self.path / POINTER
        fresh = target.with_suffix(".new")
        try:
            for folder in (target, fresh):
                if folder.is_dir():
                    shutil.rmtree(folder)
            with fresh.open("w", encoding="utf-8") as file:
                file.write(path.name)
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(target)
            _sync_folder(self.path)
        except OSError as error:
            raise GraphUnreadable(target, reason_of(error)) from error

    def sweep(self) -> None:
        """Remove what an interrupted build, a finished swap or a damaged generation left behind."""
        live = self.current()
        for path in self.path.glob("asked-*"):
            remove(path)
        for path in self.path.glob("*.lbug*"):
            if live is None or not path.name.startswith(live.name):
                remove(path)

    def drop(self) -> None:
        """Remove the live generation, which is not believed; the engine is not let near it."""
        remove(self.path / POINTER)
        self.sweep()

    def make_sure_of_room(self, size: int, writes: int = 0) -> None:
        """Raise GraphNoRoom where the disk cannot take a build of this size, or so many writes in place."""
        needed = FIXED + size * BUILT + writes * CHANGED
        free = shutil.disk_usage(self.path).free
        if free < needed:
            raise GraphNoRoom(self.path, _mb(free), _mb(needed))


def make_sure_that_nobody_has(path: Path) -> None:
    """Raise GraphLocked where another program has the file open as the engine does, GraphUnreadable where we cannot."""
    try:
        with path.open("rb+") as file:
            if sys.platform != "win32":  # there, what somebody has open cannot be removed
                fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise GraphLocked(path) from error
    except OSError as error:
        raise GraphUnreadable(path, reason_of(error)) from error


def remove(path: Path) -> None:
    """Remove a file or folder; where that cannot be, it stays until the next time."""
    with suppress(OSError):
        shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()


def _mb(size: int) -> str:
    return f"{size / (1 << 20):.1f} MB"


def _sync_folder(folder: Path) -> None:
    """A rename is kept once its folder is; not every system can open one."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
