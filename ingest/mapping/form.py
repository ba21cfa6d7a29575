"""One firm to a page: labels with their values to the right, two or more pairs to a row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field
from typing import NamedTuple

from graph.schema.types.money import is_money_unit
from graph.schema.types.ticks import BOXES, ticked
from graph.text import clean, norm
from ingest.finding import column_letter
from ingest.mapping.binding import Binding, bind
from ingest.mapping.mapping import TableMapping, alternatives
from ingest.readers.base import Cell, CellError, Merge, RawRow
from ingest.table.captions import LONGEST_CAPTION, caption_key, is_period, is_serial
from ingest.table.cells import is_blank, show
from ingest.table.name_check import is_datum, is_firm
from ingest.table.no_value import is_ditto
from ingest.table.units import is_unit

FEWEST = 4  # labels that a form has at least, in at least three rows
_PAIR = re.compile(r"^\s*([^:：]{2,30})[:：]\s*(\S.*)$", re.DOTALL)
_OPEN = re.compile(
    rf"[{BOXES}]|[(（\[【]\s*[)）\]】]"
)  # a choice that is not taken: what else bears a tick may be text


_UNITS = re.compile("(?:计量)?单位")
_FIRMS_OWN = frozenset({"统一社会信用代码", "主要产品", "资质", "产值(万元)", "状态", "曾用名"})
Spot = tuple[int, int]  # the number of a row, and a column


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
    remarks: list[Pair] = field(default_factory=list)  # what 同上 was read as, by label and address
    turned: bool = False  # a column of a table whose captions stand on its left side

    def stacks(self) -> dict[int, list[str]]:
        """The labels as a header of one row."""
        return {i: [label] for i, label in enumerate(self.labels)}

    def add(self, pair: Pair) -> None:
        """Take a pair in; what stands beside a label once more goes on with its value."""
        if is_ditto(pair.value):
            pair = self._above(pair)
        if pair.label not in self.labels:
            self.labels.append(pair.label)
            self.values.append(pair.value)
            self.addresses.append(pair.address)
        elif not is_blank(pair.value):
            number = self.labels.index(pair.label)
            before = self.values[number]
            self.values[number] = pair.value if is_blank(before) else f"{show(before)}\n{show(pair.value)}"

    def _above(self, pair: Pair) -> Pair:
        """A pair that says 同上 with the value that it means: of the label before it that ends like its own."""
        end = caption_key(pair.label)[-2:]
        like = [
            n for n, label in enumerate(self.labels) if caption_key(label).endswith(end) and self.values[n] is not None
        ]
        if not like:
            return pair._replace(value=CellError(show(pair.value), "ditto"))
        self.remarks.append(Pair(self.labels[like[-1]], self.values[like[-1]], pair.address))
        return pair._replace(value=self.values[like[-1]])


def forms_in(rows: Sequence[RawRow], merges: Sequence[Merge], table: TableMapping) -> list[Form]:
    """The forms on a sheet; none where it is a table, or something else."""
    known = _Known(table)
    labels = [(row.number, i) for row in rows for i, c in enumerate(row.cells) if known.is_label(c)]
    categories = _categories(set(labels), merges) or _unmerged_categories(rows, set(labels))
    spots = [spot for spot in labels if spot not in categories]
    beside = sum((number, i + 1) in set(spots) for number, i in spots)
    few = len(spots) < FEWEST or len({number for number, _ in spots}) < 3
    if len(spots) < 2 or (few and not known.has_named(rows)) or 4 * beside > len(spots):
        return []
    reader = _FormReader(known, {i for _, i in spots}, [m for m in merges if m.is_tall], categories)
    forms = [Form()]
    for row in rows:
        for pair in reader.pairs(row):
            if known.names_firm(pair.label) and known.names_firm_in(forms[-1]):
                forms.append(Form())
            forms[-1].add(pair)
            forms[-1].rows[row.number] = row.cells
    return [f for f in forms if known.names_firm_in(f)]


def turned_forms(rows: Sequence[RawRow], table: TableMapping, *, of_firms: bool) -> list[Form]:
    """A form for each column of a table that lies on its side: captions on the left, a firm to a column.

    `of_firms`: the name of the sheet says that it is about firms; else a label has to.
    """
    known = _Known(table)
    first, titled = _captions_on_the_left(rows, known)
    labels = [show(r.cells[first]).strip() for r in titled]
    if len(labels) < 2:
        return []
    across = list(range(first + 1, max(len(r.cells) for r in titled)))
    units = next((i for i in across[:1] if _UNITS.fullmatch(norm(show(_cell_at(titled[0].cells, i))))), None)
    across = [i for i in across if i != units]
    names = [c for i in across if not is_blank(c := _cell_at(titled[0].cells, i))]
    # Several firms in a row are no header: they need no labels that we know.
    firms = len(names) > 1 and all(isinstance(c, str) and is_firm(c) for c in names)
    others = [label for label in labels[1:] if known.is_known(label)]
    nameless = [i for i in across if is_blank(_cell_at(titled[0].cells, i))]
    inside = any(known.is_label(_cell_at(r.cells, i)) for r in titled for i in across)
    inside = inside or any(not is_blank(_cell_at(r.cells, i)) for r in titled for i in nameless)
    about_firms = of_firms or known.names_firm(labels[0]) or any(map(known.tells_of_firm, others))
    enough = len(labels) > 2 and about_firms and 5 * len(others) >= 3 * len(labels[1:])
    if inside or not others or not (firms or (enough and _names_record(labels[0], known))):
        return []
    return [form for i in across if not is_blank((form := _turned(titled, labels, units, i, known)).values[0])]


def _captions_on_the_left(rows: Sequence[RawRow], known: _Known) -> tuple[int, list[RawRow]]:
    """The column of captions of a table on its side, and its rows from the one with the names on."""
    first = min((i for r in rows for i, c in enumerate(r.cells) if c is not None), default=0)
    counted = [r for r in rows if first < len(r.cells) and is_serial(show(r.cells[first]))]
    under = [
        show(c)
        for r in rows
        if counted and r.number > counted[0].number and (c := _cell_at(r.cells, first)) is not None
    ]
    if len(under) > 1 and all(map(str.isdecimal, under)):
        first += 1
    titled = [r for r in rows if len(r.cells) > first and r.cells[first] is not None and _filled(r) > 1]
    named = [n for n, r in enumerate(titled[:3]) if _names_record(show(r.cells[first]).strip(), known)]
    return first, titled[named[0] :] if named else titled


def _names_record(label: str, known: _Known) -> bool:
    return known.names_firm(label) or caption_key(label) == "名称"


def _turned(titled: Sequence[RawRow], labels: Sequence[str], units: int | None, column: int, known: _Known) -> Form:
    """The form that a column of a table on its side is; `units` is the column of units, if there is one."""
    form = Form(turned=True)
    for number, (label, row) in enumerate(zip(labels, titled, strict=True)):
        unit = show(_cell_at(row.cells, units)) if units is not None else ""
        caption = f"{label}({unit})" if is_unit(unit) else label
        address = f"{column_letter(column)}{row.number}"
        form.add(Pair(caption if number else known.main_label, _cell_at(row.cells, column), address))
        form.rows[row.number] = row.cells
    return form


def _cell_at(cells: Sequence[Cell], index: int) -> Cell:
    """The cell in a column; a row may be shorter."""
    return cells[index] if index < len(cells) else None


def _filled(row: RawRow) -> int:
    return sum(not is_blank(c) for c in row.cells)


def _unmerged_categories(rows: Sequence[RawRow], labels: Set[Spot]) -> set[Spot]:
    """Such words in the first column where they are not merged: blank under each, or the word again in every row."""
    rows = [r for r in rows if _filled(r) > 1]
    at = min((i for r in rows for i, c in enumerate(r.cells) if c is not None), default=0)
    heads: list[RawRow] = []
    goes_on, word = 0, ""
    for row in rows:
        text = show(row.cells[at]).strip() if row.cells[at] is not None else ""
        if text and text != word:
            heads.append(row)
            word = text
        else:
            goes_on += not is_blank(_cell_at(row.cells, at + 1)) and not is_blank(_cell_at(row.cells, at + 2))
    beside = [(r.number, at + 1) in labels and not is_blank(_cell_at(r.cells, at + 2)) for r in heads]
    if not goes_on or not beside or not beside[0] or 2 * sum(beside) < len(beside):
        return set()
    return {(r.number, at) for r in rows if r.cells[at] is not None}


def _categories(labels: Set[Spot], merges: Sequence[Merge]) -> set[Spot]:
    """Where words stand that only say what the labels beside them are about: 基本信息, merged over several rows."""
    tall = {
        (m.first, m.left) for m in merges if m.is_tall for n in range(m.first, m.last + 1) if (n, m.right + 1) in labels
    }
    columns = {column for _, column in tall}
    return tall | {(number, i) for number, i in labels if i in columns and (number, i + 1) in labels}


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

    @property
    def main_label(self) -> str:
        return alternatives(self._main)[0]

    def tells_of_firm(self, label: str) -> bool:
        """Whether a label is of firms and of nothing else."""
        keys = self.binding(label).keys.values()
        return any(d.record == "企业" and d.caption in _FIRMS_OWN for k in keys for d in self.table.columns[k])

    def has_named(self, rows: Sequence[RawRow]) -> bool:
        """Whether a firm's name stands right beside the label for it: no header of a table has that."""
        for row in rows:
            for cell, after in zip(row.cells, [*row.cells[1:], None], strict=True):
                pair = _PAIR.match(cell) if isinstance(cell, str) else None
                label, value = (pair[1], pair[2]) if pair else (cell, after)
                short = isinstance(label, str) and len(label) < LONGEST_CAPTION
                if short and isinstance(value, str) and is_datum(value) and self.names_firm(str(label).strip()):
                    return True
        return False

    def names_firm_in(self, form: Form) -> bool:
        return any(self.names_firm(label) for label in form.labels)


class _FormReader:
    """Pairs up what stands in the rows of a form."""

    def __init__(self, known: _Known, columns: set[int], spans: Sequence[Merge], categories: Set[Spot]) -> None:
        self.known, self.columns, self.spans, self.categories = known, columns, spans, categories
        self._over = {column for _, column in categories}
        self.periods: dict[int, str] = {}  # of the rows under 指标 | 2022年 | 2023年
        self.tall: dict[tuple[int, int], str] = {}  # labels that are merged over several rows

    def pairs(self, row: RawRow) -> Iterator[Pair]:
        """Each pair in a row; under a row of years, one for each year."""
        by_year = self._by_period(row)
        if by_year is not None:
            yield from by_year
            return
        label, at = self._label_beside(row), 0
        before: Cell = None
        if label is None and self._is_title(row):
            return
        for index, cell in enumerate(row.cells):
            if (row.number, index) in self.categories or (index in self._over and self._is_category(row, index)):
                continue
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

    def _by_period(self, row: RawRow) -> list[Pair] | None:
        """The values of a row by the years over them; None where it is no such row."""
        (_, first), *others = [(i, c) for i, c in enumerate(row.cells) if not is_blank(c)] or [(0, None)]
        if len(others) > 1 and isinstance(first, str) and all(is_period(show(c)) for _, c in others):
            self.periods = {i: show(c).strip() for i, c in others}
            return []
        if not others or not isinstance(first, str) or any(i not in self.periods for i, _ in others):
            self.periods = {}
            return None
        return [Pair(f"{self.periods[i]}{first.strip()}", c, f"{column_letter(i)}{row.number}") for i, c in others]

    def _is_label(self, cell: Cell, index: int, pending: bool) -> bool:
        if not isinstance(cell, str) or len(cell) > LONGEST_CAPTION:
            return False
        if self.known.is_known(cell.strip()):
            return True
        return not pending and (index in self.columns or cell.rstrip().endswith((":", "：")))

    def _is_category(self, row: RawRow, index: int) -> bool:
        """Whether a word in the column of categories has a label beside it, and that a value."""
        return not self.known.is_label(row.cells[index]) and (row.number, index) not in self.tall and _filled(row) > 2

    def _is_title(self, row: RawRow) -> bool:
        """Whether a row says one thing that is no label: the title of the page or of a part of it."""
        texts = {show(c).strip() for c in row.cells if not is_blank(c)}
        text = next(iter(texts), "")
        return len(texts) == 1 and not re.search("[:：]", text) and not self.known.is_known(text)

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
    choices = ticked(cell) if isinstance(cell, str) and _OPEN.search(cell) else None
    return cell if choices is None else "、".join(choices) or None
