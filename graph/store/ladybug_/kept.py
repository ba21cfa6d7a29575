"""The seal of a generation: beside it, a digest of its files, and what it comes to where that is known."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from pathlib import Path

import orjson

from graph.store.protocol import GraphState, Summary

SUFFIX = ".summary"
CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Kept:
    """What a seal that holds says."""

    summary: Summary | None


def seal(generation: Path, summary: Summary | None) -> None:
    """Seal a closed generation. A half-written seal never holds: it is replaced in one step."""
    target = _file(generation)
    fresh = target.with_name(f"{target.name}.new")
    kept = asdict(summary) if summary else None
    fresh.write_bytes(orjson.dumps({"digest": _digest(generation), "summary": kept}))
    fresh.replace(target)


def unsealed(generation: Path) -> Kept | None:
    """What was sealed with a generation that nobody has changed or damaged since, else None."""
    try:
        kept = orjson.loads(_file(generation).read_bytes())
        if kept["digest"] != _digest(generation):
            return None
        summary = kept["summary"]
        return Kept(summary and Summary(**{**summary, "state": GraphState(**summary["state"])}))
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
