"""Copies of the ledger's file, made before a load writes to it: the last few are kept."""

from __future__ import annotations

import os
import re
import sqlite3
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from shutil import disk_usage
from time import time

FOLDER = "copies"
KEPT = 7
LARGE, SELDOM = 8 << 20, 3600  # a ledger of more bytes than this is copied once in so many seconds
_NAME = re.compile(r"ledger-(\d{8}T\d{6})-before-(\d+)\.sqlite")


def keep_copy(ledger: Path, connection: sqlite3.Connection, batch: int) -> Path | None:
    """Copy a ledger before this batch is written; None where that is not due, or the disk has no room for it.

    A copy is written under another name first, so that one with its own name is whole.
    """
    folder = ledger.parent / FOLDER
    size, kept = ledger.stat().st_size, copies(ledger)
    if size > LARGE and kept and time() - kept[0].stat().st_mtime < SELDOM:
        return None
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        if disk_usage(folder).free < 3 * size:
            return None
        fresh = folder / "ledger.new"
        fresh.unlink(missing_ok=True)
        with closing(sqlite3.connect(fresh)) as target:
            connection.backup(target)
        with fresh.open("rb") as file:
            os.fsync(file.fileno())
        path = fresh.replace(folder / f"ledger-{datetime.now(UTC):%Y%m%dT%H%M%S}-before-{batch}.sqlite")
    except (OSError, sqlite3.Error):  # a load does not fail because it could not be copied before
        return None
    for old in copies(ledger)[KEPT:]:
        with suppress(OSError):
            old.unlink()
    return path


def copies(ledger: Path) -> list[Path]:
    """The copies that there are of a ledger, newest first."""
    with suppress(OSError):
        named = [p for p in (ledger.parent / FOLDER).iterdir() if _NAME.fullmatch(p.name)]
        return sorted(named, key=lambda p: (p.name.split("-")[1], int(p.stem.split("-")[3])), reverse=True)
    return []


def newest_good_copy(ledger: Path) -> Path | None:
    """The newest copy in which SQLite sees no damage."""
    return next((path for path in copies(ledger) if is_whole(path)), None)


def is_whole(file: Path) -> bool:
    """Whether SQLite sees no damage in a file; it is left as it is."""
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            return bool(connection.execute("PRAGMA integrity_check(1)").fetchall() == [("ok",)])
    except sqlite3.Error:
        return False
