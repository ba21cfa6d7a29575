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
    built: int = 0  # bytes that the generation took when it was built


def seal(generation: Path, summary: Summary | None, built: int = 0) -> None:
    """Seal a closed generation. A half-written seal never holds: it is replaced in one step."""
    target = _file(generation)
    fresh = target.with_name(f"{target.name}.new")
    kept = asdict(summary) if summary else None
    fresh.write_bytes(orjson.dumps({"digest": _digest(generation), "summary": kept, "built": built}))
    fresh.replace(target)


def unsealed(generation: Path) -> Kept | None:
    """What was sealed with a generation that nobody has changed or damaged since, else None."""
    try:
        kept = orjson.loads(_file(generation).read_bytes())
        if kept["digest"] != _digest(generation):
            return None
        summary = kept["summary"]
        known = summary and Summary(**{**summary, "state": GraphState(**summary["state"])})
        return Kept(known, int(kept.get("built", 0)))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _file(generation: Path) -> Path:
    return generation.with_name(generation.name + SUFFIX)


def _files(generation: Path) -> list[Path]:
    """Every file of the generation: the data, and a write-ahead log where one is left."""
    return sorted(p for p in generation.parent.glob(f"{generation.name}*") if SUFFIX not in p.name)


def size_of(generation: Path) -> int:
    """What a generation takes on disk, in bytes."""
    return sum(path.stat().st_size for path in _files(generation))


def _digest(generation: Path) -> str:
    digest = hashlib.blake2b(digest_size=16)
    for path in _files(generation):
        digest.update(f"{path.name}\0{path.stat().st_size}\0".encode())
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                digest.update(chunk)
    return digest.hexdigest()
