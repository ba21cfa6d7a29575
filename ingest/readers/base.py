"""What every reader gives: sheets of rows of plain cells, with the traps of the format marked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from graph.errors import LianpuError


@dataclass(frozen=True, slots=True)
class CellError:
    """A cell that holds no value but a fault: an Excel error, or a formula never calculated."""

    text: str  # "#N/A" ..., or "" for a formula without a stored value


Cell = str | int | float | bool | date | datetime | CellError | None


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row as the spreadsheet counts it, from 1."""

    number: int
    cells: list[Cell]
    hidden: bool = False


@dataclass(slots=True)
class RawSheet:
    """One table of a file. `address` is how its cells are named: 企业!B17."""

    name: str
    rows: Iterator[RawRow]
    hidden: bool = False
    notes: list[str] = field(default_factory=list)


class Unreadable(LianpuError):
    """A file that cannot be read at all."""

    code = "unreadable_file"

    def __init__(self, file: str, detail: str, hint: str) -> None:
        super().__init__(f"读不了文件：{detail}", hint, file)


class TooLarge(LianpuError):
    """A file beyond a limit."""

    code = "over_limit"

    def __init__(self, file: str, what: str, value: object, limit: object) -> None:
        super().__init__(f"超出限制：{what}为 {value}，上限 {limit}", "请拆分文件或删去多余内容后再导入", file)
