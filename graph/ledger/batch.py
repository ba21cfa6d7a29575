"""What is written to the ledger: rows on their way in, the parts of a batch, and the batch as people list it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import orjson

from graph.model import ORIGIN, Origin, Record

DIGEST = 8  # bytes kept of a row's digest; compared only within one file's sheet


class RowEntry(NamedTuple):
    """An accepted row on its way into the ledger."""

    row: int
    values: dict[str, Any]
    as_of: str | None
    grade: str
    digest: bytes


@dataclass(slots=True)
class Part:
    """The rows of one sheet of one file within a batch.

    `manifest` holds the digest of every row that the sheet has now; `rows` only those that are new.
    `columns` gives the letter of each caption's column, for addresses such as 企业!B17.
    """

    file: str
    sheet: str
    kind: str
    rows: list[RowEntry] = field(default_factory=list)
    manifest: list[bytes] = field(default_factory=list)
    columns: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Batch:
    """One load, as people list it."""

    id: int
    loaded_at: str
    format: str
    files: tuple[str, ...]
    rows: int
    undone_at: str | None
    by: str | None = None
    undone_by: str | None = None
    withdrawn: int = 0  # rows of earlier batches

    def document(self) -> dict[str, Any]:
        """The JSON form used by `lianpu batches`."""
        return {
            "batch": self.id, "loaded_at": self.loaded_at, "files": list(self.files), "rows": self.rows,
            "undone": self.undone_at is not None, "undone_at": self.undone_at,
            "by": self.by, "undone_by": self.undone_by, "withdrawn": self.withdrawn,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class LedgerSheet:
    """Where the rows of a part stand: what they have in common."""

    batch: int
    kind: str
    file: str
    sheet: str
    columns: dict[str, str]
    exact: bool

    def record(self, seq: int, row: int, values: dict[str, Any], as_of: str | None, grade: str) -> Record:
        """A row that stands here."""
        exact = self.exact
        if not exact and (written := values.get(ORIGIN)):
            first = Origin.parse(str(written))
            exact = first is not None and first.exact
        return Record(seq, self.batch, self.kind, self.file, self.sheet, row, values, as_of, grade, exact, self.columns)


def row_digest(values: Mapping[str, Any]) -> bytes:
    """A short digest of a row's cells, by which an unchanged row is recognised.

    >>> row_digest({"名称": "a"}) == row_digest({"名称": "a"}) != row_digest({"名称": "b"})
    True
    """
    return digest_of(orjson.dumps(values, option=orjson.OPT_SORT_KEYS))


def digest_of(encoded: bytes) -> bytes:
    """The digest of an already encoded row."""
    return hashlib.blake2b(encoded, digest_size=DIGEST).digest()


@dataclass(frozen=True, slots=True)
class RowChange:
    """A change of the ledger: rows that are visible after it only, and before it only, by number."""

    fresh: Mapping[int, Record]
    gone: Mapping[int, Record]
