"""The summary kept beside a generation: it holds for exactly the bytes that it was written for."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from pathlib import Path

import orjson

from graph.store.protocol import GraphState, Summary

SUFFIX = ".summary"
CHUNK = 1 << 20


def write_summary(generation: Path, summary: Summary) -> None:
    """Write the summary of a closed generation. A half-written one never holds: it is replaced in one step."""
    target = _file(generation)
    fresh = target.with_name(f"{target.name}.new")
    fresh.write_bytes(orjson.dumps({"digest": _digest(generation), "summary": asdict(summary)}))
    fresh.replace(target)


def read_summary(generation: Path) -> Summary | None:
    """The summary of a generation that nobody has changed or damaged since, else None."""
    try:
        kept = orjson.loads(_file(generation).read_bytes())
        if kept["digest"] != _digest(generation):
            return None
        return Summary(**{**kept["summary"], "state": GraphState(**kept["summary"]["state"])})
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _file(generation: Path) -> Path:
    return generation.with_name(generation.name + SUFFIX)


def _digest(generation: Path) -> str:
    """Of every file of the generation: the data, and a write-ahead log where one is left."""
    digest = hashlib.blake2b(digest_size=16)
    for path in sorted(generation.parent.glob(f"{generation.name}*")):
        if SUFFIX in path.name:
            continue
        digest.update(f"{path.name}\0{path.stat().st_size}\0".encode())
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                digest.update(chunk)
    return digest.hexdigest()
