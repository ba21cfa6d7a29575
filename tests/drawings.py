"""What workers of a test draw: a module of its own, since each worker imports it."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from graph.errors import Ambiguous


def note(folder: Path, name: str, path: Path) -> None:
    """Write who drew it, and leave a mark in the folder for each time."""
    (folder / f"{name}.{os.getpid()}.{len(list(folder.iterdir()))}").touch()
    path.write_text(f"{name} {os.getpid()}")


def hold(folder: Path, name: str, path: Path) -> None:
    """Leave a mark, and go on when somebody writes into the pipe `gate`."""
    (folder / f"{name}.{os.getpid()}").touch()
    path.write_text((folder / "gate").read_text())


def die(path: Path) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def refuse(path: Path) -> None:
    raise Ambiguous("环节", "锯条", ["甲县/锯条", "乙县/锯条"])


def trip(path: Path) -> None:
    raise ZeroDivisionError
