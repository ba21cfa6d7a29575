"""What a value type is: how its cells are read, written and compared, and how people are told to fill them in."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar, Protocol

from graph.text import norm

Cell = Any  # text, a number, yes or no, a date or a moment: what a reader makes of a cell that says something


class Rules(Protocol):
    """What a column asks of its cells, beside their type."""

    @property
    def list(self) -> bool:
        """Whether a cell may hold several."""

    @property
    def words(self) -> tuple[str, ...]:
        """The only words that may stand in a cell."""

    @property
    def suggest(self) -> tuple[str, ...]:
        """Words that are offered."""

    @property
    def bool_words(self) -> bool:
        """Whether Y/N, 1/0, √/× stand for 是 and 否 here."""

    @property
    def signed(self) -> bool:
        """Whether a number may be negative."""

    @property
    def deadline(self) -> bool:
        """Whether a year means its last day."""

    @property
    def with_(self) -> str | None:
        """The caption of the cell that travels with this one."""

    @property
    def to(self) -> tuple[str, ...]:
        """The kinds that a reference may name."""

    @property
    def whole(self) -> tuple[str, ...]:
        """Words of a reference that name no single thing: the whole city, each county."""

    @property
    def defines(self) -> bool:
        """Whether naming a thing brings it into being."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A clean value (None = the cell says nothing), with a note where the cell was read with a grain of salt."""

    value: Any = None
    note: str | None = None
    warning: str | None = None
    extra: dict[str, str] | None = None  # cells that this one implies, such as a unit


class BadCell(Exception):
    """The cell cannot be read; says why and how to write it."""

    def __init__(self, message: str, hint: str) -> None:
        self.message, self.hint = message, hint
        super().__init__(message)


def written(cell: Cell) -> str:
    """A cell as a person would recognise it.

    >>> written(datetime(2025, 5, 16)), written(True), written(91330000710957810.0 * 10)
    ('2025-05-16', 'TRUE', '913300007109578100')
    """
    if isinstance(cell, datetime):
        return cell.isoformat(" ") if cell.time() != cell.time().min else cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and abs(cell) >= 1e15:  # a code that was typed as a number
        return f"{Decimal(repr(cell)):f}"
    return "" if cell is None else str(cell)


class ValueType(ABC):
    """One type of value. What a column says beside its type comes as `rules`."""

    name: ClassVar[str]  # as the YAML files write it
    caption: ClassVar[str]  # as people read it
    help: ClassVar[str] = ""  # how to fill it in
    db: ClassVar[str] = "STRING"  # the column type in the graph

    is_name: ClassVar[bool] = False  # people call the thing by it
    refers: ClassVar[bool] = False  # it names other things
    awards: ClassVar[bool] = False  # each item is an honour with a node of its own
    gathers: ClassVar[bool] = False  # what rows say adds up; the last one does not win
    sought: ClassVar[bool] = False  # `search` looks into it
    is_code: ClassVar[bool] = False  # it identifies, and looks like nothing else
    is_flag: ClassVar[bool] = False  # yes or no
    is_amount: ClassVar[bool] = False  # money: it has a unit, and what is usual can be said
    sums: ClassVar[bool] = False  # of a merged cell it is the number of the whole
    scales: ClassVar[bool] = False  # a wrong unit makes it a hundred times too much
    strict: ClassVar[bool] = False  # most cells cannot be read as one; two of one thing contradict each other

    @abstractmethod
    def parse(self, cell: Cell, rules: Rules, unit: str | None = None) -> Parsed:
        """Read a cell that says something; `unit` is the header's. Raises BadCell with a Chinese message."""

    def stored_as(self, rules: Rules) -> str:
        """The column type in the graph."""
        return self.db

    def stored(self, value: Any) -> Any:
        """A value as the graph keeps it."""
        return value

    def show(self, value: Any) -> Any:
        """A value as people write it in a workbook: a whole number has no point."""
        if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
            return int(value)
        return value

    def same(self, one: Any, other: Any) -> bool:
        """Whether two values say the same."""
        return norm(str(one)) == norm(str(other))

    def choices(self, rules: Rules) -> tuple[str, ...]:
        """What may be chosen from, where a list can be given."""
        return rules.words or rules.suggest

    def closed(self, rules: Rules) -> bool:
        """Whether nothing but the choices may stand in a cell."""
        return bool(rules.words)

    def advice(self, rules: Rules) -> str:
        """How to fill a cell in, where its words do not say it."""
        return self.help
