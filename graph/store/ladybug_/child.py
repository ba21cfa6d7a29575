"""A program of its own: runs one read statement on a throw-away copy of the graph, and is killed when that takes too long.

It stands alone, so that it starts quickly: whoever starts it writes one JSON document to its standard input and reads one
from its output. Before the statement runs it gives up the right to write any file, to open more files, and to use more
memory than it is allowed.
"""

from __future__ import annotations

import sys
from typing import Any

import orjson

MARGIN = 64 << 20  # bytes for the interpreter itself, while it hands over the rows
RESERVED = 1 << 32  # bytes of address space that the engine reserves for a file; more where the file is larger


def main() -> None:
    """Answer the request that stands on standard input."""
    request = orjson.loads(sys.stdin.buffer.read())
    try:
        answer = answered(request)
    except MemoryError:
        answer = {"fault": "memory", "text": ""}
    except Exception as error:
        answer = {"fault": "engine", "text": str(error)[:2000]}
    sys.stdout.buffer.write(orjson.dumps(answer))


def answered(request: dict[str, Any]) -> dict[str, Any]:
    """The rows of a statement."""
    import decimal  # noqa: F401 - the engine loads it when it first meets a number, which is too late then

    import ladybug

    reserved = RESERVED
    while reserved < 4 * request["size"]:
        reserved *= 2
    options = {"buffer_pool_size": request["memory"] * 3 // 4, "max_num_threads": 1, "max_db_size": reserved}
    if request["prepare"]:
        database = ladybug.Database(request["path"], **options)
        with ladybug.Connection(database) as connection:
            for statement in request["prepare"]:
                connection.execute(statement)
        database.close()
    database = ladybug.Database(request["path"], read_only=True, **options)
    with ladybug.Connection(database) as connection:
        bind_hands(request["memory"], request["seconds"])
        result = connection.execute(request["text"], request["parameters"])
        assert not isinstance(result, list)
        rows: list[list[Any]] = []
        size, more = 0, False
        while result.has_next():
            row = [plain(value) for value in result.get_next()]
            size += len(orjson.dumps(row))
            if len(rows) >= request["rows"] or size > request["bytes"]:
                more = True
                break
            rows.append(row)
    return {"rows": rows, "more": more}


def bind_hands(memory: int, seconds: float) -> None:
    """From here on: no file written, none opened, no more memory, and an end whoever forgets to make one."""
    if sys.platform == "win32":
        return
    import resource
    import signal

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    signal.alarm(int(seconds) + 3)
    limits = {"RLIMIT_FSIZE": 0, "RLIMIT_CORE": 0, "RLIMIT_NOFILE": 0}
    used = address_space()
    if used:
        limits["RLIMIT_AS"] = used + memory + MARGIN
    for name, limit in limits.items():
        kind = getattr(resource, name)
        hard = resource.getrlimit(kind)[1]
        limit = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        resource.setrlimit(kind, (limit, limit))


def address_space() -> int:
    """The bytes of address space in use; 0 where the system does not say."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123 - pathlib is one more thing to load
            pages = int(file.read().split()[0])
    except (OSError, ValueError):
        return 0
    import resource

    return pages * resource.getpagesize()


def plain(value: Any) -> Any:
    """A value as JSON has it: nodes, relations and paths without the engine's own numbers."""
    if isinstance(value, dict):
        if "_NODES" in value:
            return {"nodes": [plain(n) for n in value["_NODES"]], "relations": [plain(r) for r in value["_RELS"]]}
        own = {k: plain(v) for k, v in value.items() if not k.startswith("_")}
        if "_SRC" in value:
            return {"relation": value["_LABEL"], "values": own}
        return {"label": value["_LABEL"], "values": own} if "_LABEL" in value else own
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, bool | str) or value is None:
        return value
    if isinstance(value, int):
        return value if -(1 << 63) <= value < 1 << 63 else str(value)
    if isinstance(value, float):
        return value if value - value == 0 else str(value)  # infinite, or no number
    text = str(value)
    return int(text) if text.lstrip("-").isdigit() and len(text) < 19 else text


if __name__ == "__main__":
    main()
