"""The rows on which the meaning of names in some rows depends, found by what the ledger lists."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator

from graph.ledger.batch import RowChange
from graph.model import Record
from graph.projection.decisions import SHEET
from graph.projection.mentions import COUNTY, FIRM, Mentions, key_of
from graph.schema.kinds import Column, Kind

Listed = Callable[[Collection[int]], Iterable[tuple[int, Record]]]


class TooWide(Exception):
    """So many rows hang on a change that reading them all is quicker."""


class Scope:
    """Rows, and the columns of each in which names must mean what they mean among all rows."""

    def __init__(self, change: RowChange, listed: Listed, mentions: Mentions, most: int) -> None:
        self.schema, self.mentions = mentions.schema, mentions
        self.rows: dict[int, Record] = {}
        self._listed, self._most = listed, most
        self._under: dict[int, list[int]] = defaultdict(list)  # key -> rows
        self._known: set[int] = set()  # keys whose rows are all here
        self._resolved: dict[int, set[str]] = defaultdict(set)  # row -> captions
        self._queue: list[tuple[int, Column]] = []
        for record in (*change.fresh.values(), *change.gone.values()):
            for key in self.mentions.keys(record):
                self._under[key].append(record.seq)
        for record in (*change.fresh.values(), *change.gone.values()):
            self._take(record)
            self.resolve_all(record.seq)

    # -- rows and columns -------------------------------------------------------------------------

    def rows_under(self, keys: Iterable[int]) -> set[int]:
        """The rows listed under these keys; they are in from now on."""
        wanted = set(keys)
        unknown = wanted - self._known
        if unknown:
            self._known |= unknown
            for key, record in self._listed(unknown):
                if record.seq not in self._under[key]:
                    self._under[key].append(record.seq)
                self._take(record)
        return {seq for key in wanted if key in self._under for seq in self._under[key]}

    def _take(self, record: Record) -> None:
        if record.seq in self.rows:
            return
        if len(self.rows) >= self._most:
            raise TooWide
        self.rows[record.seq] = record
        sheet = self.schema.sheets[record.kind]
        if record.kind == SHEET:
            self.resolve_all(record.seq)
        if isinstance(sheet, Kind):
            # Whether a firm is placed here decides what its other rows say.
            for caption in (*sheet.key, *((COUNTY,) if record.kind == FIRM else ())):
                self.resolve(record.seq, sheet.by_caption[caption])

    def resolve_all(self, seq: int) -> bool:
        """All names in a row must mean what they mean; whether that is new."""
        sheet = self.schema.sheets[self.rows[seq].kind]
        return sum(self.resolve(seq, column) for column in sheet.columns) > 0

    def resolve(self, seq: int, column: Column) -> bool:
        """The names in a column of a row must mean what they mean; whether that is new."""
        if column.caption in self._resolved[seq] or not (column.value_type.refers or column.caption == COUNTY):
            return False
        self._resolved[seq].add(column.caption)
        self._queue.append((seq, column))
        return True

    # -- what they hang on ------------------------------------------------------------------------

    def gather(self) -> None:
        """Take in every row on which the meaning of names in the rows that are in depends."""
        siblings: set[int] = set()
        while True:
            queue, self._queue = self._queue, []
            fresh = [seq for seq in self.rows if seq not in siblings]
            siblings.update(fresh)
            if not queue and not fresh:
                return
            keys = {key for seq in fresh for key in self._own_keys(self.rows[seq])}
            for seq, column in queue:
                keys.update(self._defining_keys(self.rows[seq], column))
            self.rows_under(keys)
            for seq, column in queue:
                self._follow(self.rows[seq], column)

    def _own_keys(self, record: Record) -> Iterator[int]:
        """Where the rows are listed that are about the same thing, or may be; those that hang below it, too, so that
        a loop through a thing is seen whole."""
        sheet = self.schema.sheets[record.kind]
        if not isinstance(sheet, Kind):
            return
        for term in self.mentions.own(record, sheet):
            if record.kind == SHEET:
                yield from (key_of(s, *term) for s in self.mentions.defining[term.kind])
            else:
                yield from (key_of(s, *term) for s in (record.kind, *self.mentions.deciding(sheet.caption)))

    def _defining_keys(self, record: Record, column: Column) -> Iterator[int]:
        for term in self.mentions.named(record, column):
            yield from (key_of(sheet, *term) for sheet in self.mentions.defining[term.kind])

    def _follow(self, record: Record, column: Column) -> None:
        """What else must be known for the names in a column."""
        sheet = self.schema.sheets[record.kind]
        for caption in (column.within, column.within_else, COUNTY):
            if caption and caption in sheet.by_caption:
                self.resolve(record.seq, sheet.by_caption[caption])
        if not isinstance(sheet, Kind) or not column.relation or not column.value_type.refers:
            return
        # The last word of all rows about a thing counts.
        for seq in self.rows_under(key_of(record.kind, *t) for t in self.mentions.own(record, sheet)):
            if self.rows[seq].kind == record.kind:
                self.resolve(seq, column)
