"""The log of queries: who asked what, when, and how it ended. One JSON document a line, only ever added to."""

from __future__ import annotations

import os
import threading
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import orjson

LOG = "queries.jsonl"
LONGEST = 20_000  # characters of a query that are kept; a longer one is refused anyway
_writing = threading.Lock()


def note_query(home: Path, who: str | None, text: str, result: str, rows: int, seconds: float) -> None:
    """Add a line. A disk that is full stops no answer."""
    line = orjson.dumps(
        {
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
            "who": who,
            "text": text[:LONGEST],
            "length": len(text),
            "result": result,
            "rows": rows,
            "seconds": round(seconds, 3),
        },
        option=orjson.OPT_APPEND_NEWLINE,
    )
    with _writing, suppress(OSError):
        handle = os.open(home / LOG, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(handle, line)
        finally:
            os.close(handle)
