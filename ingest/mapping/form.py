"""One firm to a page: labels with their values to the right, two or more pairs to a row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from graph.schema.types.money import is_money_unit
from graph.text import clean, norm
from ingest.finding import column_letter
from ingest.mapping.binding import Binding, bind
from ingest.mapping.mapping import TableMapping
from ingest.readers.base import Cell, Merge, RawRow
from ingest.table.captions import LONGEST_CAPTION, caption_key
from ingest.table.cells import is_blank, show

FEWEST = 4  # labels that a form has at least, in at least three rows
_PAIR = re.compile(r"^\s*([^:：]{2,30})[:：]\s*(\S.*)$", re.DOTALL)
_TICKED = re.compile(r"[☑☒■√✓✔]\s*([^\s□☐○☑☒■√✓✔]+)|([^\s□☐○☑☒■√✓✔]+)\s*[☑☒■√✓✔](?=\s|$)")


class Pair(NamedTuple):
    """A label with its value, and the address of the value."""

    label: str
    value: Cell
    address: str


@dataclass(slots=True)
class Form:
    """What one form says: a value for each label, and the address of each value."""

    labels: list[str] = field(default_factory=list)
    values: list[Cell] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    rows: dict[int, list[Cell]] = field(default_factory=dict)  # as they stand on the page

    def stacks(self) -> dict[int, list[str]]:
        """The labels as a header of one row."""
        return {i: [label] for i, label in enumerate(self.labels)}

    def add(self, pair: Pair) -> None:
        """Take a pair in; what stands beside a label once more goes on with its value."""
        if pair.label not in self.labels:
            self.labels.append(pair.label)
            self.values.append(pair.value)
            self.addresses.append(pair.address)
        elif not is_blank(pair.value):
            number = self.labels.index(pair.label)
            before = self.values[number]
            self.values[number] = pair.value if is_blank(before) else f"{show(before)}\n{show(pair.value)}"


def forms_in(rows: Sequence[RawRow], merges: Sequence[Merge], table: TableMapping) -> list[Form]:
    """The forms on a sheet; none where it is a table, or something else."""
    known = _Known(table)
    spots = [(row.number, i) for row in rows for i, c in enumerate(row.cells) if known.is_label(c)]
    beside = sum((number, i + 1) in set(spots) for number, i in spots)
    if len(spots) < FEWEST or len({number for number, _ in spots}) < 3 or 4 * beside > len(spots):
        return []
    reader = _FormReader(known, {i for _, i in spots}, [m for m in merges if m.is_tall])
    forms = [Form()]
    for row in rows:
        for pair in reader.pairs(row):
            if known.names_firm(pair.label) and known.names_firm_in(forms[-1]):
                forms.append(Form())
            forms[-1].add(pair)
            forms[-1].rows[row.number] = row.cells
    return [f for f in forms if known.names_firm_in(f)]


class _Known:
    """Which texts are labels."""

    def __init__(self, table: TableMapping) -> None:
        self.table = table
        self._held: dict[str, bool] = {}
        self._main = next(k for k, destinations in table.columns.items() for t in destinations if t.caption == "名称")

    def binding(self, label: str) -> Binding:
        return bind({0: [label]}, self.table)

    def names_firm(self, label: str) -> bool:
        return self.binding(label).keys.get(0) == self._main

    def is_known(self, text: str) -> bool:
        if text not in self._held:
            self._held[text] = bool(self.binding(text).keys)
        return self._held[text]

    def is_label(self, cell: Cell) -> bool:
        if not isinstance(cell, str) or len(cell) > 2 * LONGEST_CAPTION:
            return False
        pair = _PAIR.match(cell)
        return self.is_known(cell.strip()) or bool(pair and self.is_known(pair[1].strip()))

    def names_firm_in(self, form: Form) -> bool:
        return any(self.names_firm(label) for label in form.labels)


class _FormReader:
    """Pairs up what stands in the rows of a form."""

    def __init__(self, known: _Known, columns: set[int], spans: Sequence[Merge]) -> None:
        self.known, self.columns, self.spans = known, columns, spans
        self.tall: dict[tuple[int, int], str] = {}  # labels that are merged over several rows

    def pairs(self, row: RawRow) -> Iterator[Pair]:
        """Each pair in a row."""
        label, at = self._label_beside(row), 0
        before: Cell = None
        for index, cell in enumerate(row.cells):
            if cell is None or (isinstance(cell, str) and not clean(cell)) or cell == before:
                continue  # Word repeats what stands in merged cells
            before, text = cell, show(cell).strip()
            pair = _PAIR.match(text) if isinstance(cell, str) else None
            if pair and (self.known.is_known(pair[1].strip()) or (label is None and index in self.columns)):
                yield Pair(pair[1].strip(), _ticked(pair[2]), f"{column_letter(index)}{row.number}")
                label = None
            elif self._is_label(cell, index, pending=label is not None):
                if label is not None:
                    yield Pair(label, None, f"{column_letter(at + 1)}{row.number}")
                label, at = caption_key(text), index
                self._note_tall(row.number, index, label)
            elif label is not None:
                value = _ticked(cell)
                yield Pair(label, self._with_unit(value, row.cells, index), f"{column_letter(index)}{row.number}")
                label = None
        if label is not None and (row.number, at) not in self.tall:
            yield Pair(label, None, f"{column_letter(at + 1)}{row.number}")

    def _is_label(self, cell: Cell, index: int, pending: bool) -> bool:
        if not isinstance(cell, str) or len(cell) > LONGEST_CAPTION:
            return False
        if self.known.is_known(cell.strip()):
            return True
        return not pending and (index in self.columns or cell.rstrip().endswith((":", "：")))

    def _note_tall(self, number: int, index: int, label: str) -> None:
        if any((m.first, m.left) == (number, index) for m in self.spans):
            self.tall[number, index] = label

    def _label_beside(self, row: RawRow) -> str | None:
        """The label, merged over several rows, that the first value of this row belongs to."""
        first = next((i for i, c in enumerate(row.cells) if not is_blank(c)), 0)
        for m in self.spans:
            if m.first < row.number <= m.last and m.right < first and (m.first, m.left) in self.tall:
                return self.tall[m.first, m.left]
        return None

    @staticmethod
    def _with_unit(value: Cell, cells: Sequence[Cell], index: int) -> Cell:
        """A number with the unit in the cell after it: 1200 | 万元."""
        after = next((c for c in cells[index + 1 :] if c is not None), None)
        if isinstance(after, str) and is_money_unit(norm(after)) and isinstance(value, (int, float)):
            return f"{value}{norm(after)}"
        return value


def _ticked(cell: Cell) -> Cell:
    """What is ticked of several choices: ☑是 □否.

    >>> _ticked("☑是 □否"), _ticked("□是  ☑否"), _ticked("甲 √"), _ticked("√")
    ('是', '否', '甲 √', '√')
    """
    if not isinstance(cell, str) or not re.search("[□☐○]", cell):
        return cell
    return "、".join(before or after for before, after in _TICKED.findall(cell)) or None
