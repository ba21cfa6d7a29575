"""A program of its own: runs one read statement on a Neo4j server, and is killed when that takes too long.

It stands alone, so that it starts quickly: whoever starts it writes one JSON document to its standard input and reads one
from its output. The transaction only reads, and the server ends it by itself when its time is over.
"""

from __future__ import annotations

import sys
from typing import Any

import neo4j
import orjson
from neo4j import exceptions, graph

SLOW, LARGE = ("TimedOut", "Timeout", "Terminated"), ("OutOfMemory", "MemoryLimit", "MemoryPool")
LOST = (exceptions.ServiceUnavailable, exceptions.SessionExpired)
BATCH = 500  # rows that are fetched at once


def main() -> None:
    """Answer the request that stands on standard input."""
    request = orjson.loads(sys.stdin.buffer.read())
    try:
        answer = answered(request)
    except MemoryError:
        answer = {"fault": "memory", "text": ""}
    except exceptions.Neo4jError as error:
        answer = {"fault": fault_of(error.code or ""), "text": error.message or ""}
    except exceptions.DriverError as error:
        answer = {"fault": "lost" if isinstance(error, LOST) else "engine", "text": type(error).__name__}
    sys.stdout.buffer.write(orjson.dumps(answer))


def fault_of(code: str) -> str:
    """What a code of the server means for whoever asked."""
    if any(word in code for word in SLOW):
        return "time"
    return "memory" if any(word in code for word in LARGE) else "engine"


def answered(request: dict[str, Any]) -> dict[str, Any]:
    """The rows of a statement."""
    bind_hands(request["memory"], request["seconds"])
    auth = tuple(request["auth"]) if request["auth"] else None
    reading = {"database": request["database"], "default_access_mode": neo4j.READ_ACCESS, "fetch_size": BATCH}
    with (
        neo4j.GraphDatabase.driver(
            request["uri"], auth=auth, notifications_min_severity="OFF", max_transaction_retry_time=0
        ) as driver,
        driver.session(bookmarks=neo4j.Bookmarks.from_raw_values(request["bookmarks"]), **reading) as session,
        session.begin_transaction(timeout=request["seconds"]) as transaction,
    ):
        rows: list[list[Any]] = []
        size, more = 0, False
        for record in transaction.run(request["text"], request["parameters"]):
            row = [plain(value) for value in record.values()]
            size += len(orjson.dumps(row))
            if len(rows) >= request["rows"] or size > request["bytes"]:
                more = True
                break
            rows.append(row)
    return {"rows": rows, "more": more}


def bind_hands(memory: int, seconds: float) -> None:
    """No file is written, no more memory taken, and there is an end whoever forgets to make one."""
    if sys.platform == "win32":
        return
    import resource
    import signal

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    signal.alarm(int(seconds) + 3)
    for kind, limit in ((resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0), (resource.RLIMIT_AS, 2 * memory)):
        hard = resource.getrlimit(kind)[1]
        least = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        resource.setrlimit(kind, (least, least))


def plain(value: Any) -> Any:
    """A value as JSON has it: nodes, relations and paths without the server's own numbers."""
    if isinstance(value, graph.Node):
        label = next((name for name in sorted(value.labels) if name != "Lianpu"), "")
        return {"label": label, "values": {k: plain(v) for k, v in sorted(value.items())}}
    if isinstance(value, graph.Relationship):
        return {"relation": value.type, "values": {k: plain(v) for k, v in sorted(value.items())}}
    if isinstance(value, graph.Path):
        return {"nodes": [plain(n) for n in value.nodes], "relations": [plain(r) for r in value.relationships]}
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, float):
        return value if value - value == 0 else str(value)  # infinite, or no number
    return value if isinstance(value, bool | str | int) or value is None else str(value)


if __name__ == "__main__":
    main()
