"""What every reader gives: sheets of rows of plain cells, with the traps of the format marked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, NamedTuple

from graph.errors import LianpuError

MB = 1 << 20
TEXT = "正文"  # the name of a sheet that is no table: lines of a document
TOPICS = "导图:主题"  # the name of a sheet that is a mind map; no workbook has a sheet with such a name
GARBLED = "\ufffd"  # what stands for bytes that are no text


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one file may ask for; every number is a setting."""

    file_mb: int = 50
    inflated_mb: int = 200
    ratio: int = 100
    ratio_from_mb: int = 10
    parts: int = 2_000
    sheets: int = 100
    columns: int = 512
    rows: int = 1_048_576
    characters: int = 5_000
    nesting: int = 256
    topics: int = 20_000
    pages: int = 300
    seconds: float = 8.0  # of processor time, for a small file; each MB beyond the first adds to it
    seconds_per_mb: float = 2.0
    memory_mb: int = 512  # for a small file; POSIX only
    memory_per_mb: int = 12

    def seconds_for(self, size: int) -> float:
        """How many seconds of processor time reading a file of this size may take."""
        return self.seconds + self.seconds_per_mb * max(0, size / MB - 1)

    def memory_for(self, size: int) -> int:
        """How many bytes of memory reading a file of this size may take."""
        return self.memory_mb * MB + self.memory_per_mb * max(0, size - MB)


@dataclass(frozen=True, slots=True)
class CellError:
    """A cell that holds no value but a fault.

    `error`: an Excel error (#N/A); `uncalculated`: a formula without a stored value; `overlong`: more
    characters than the limit; `garbled`: bytes that are no text; `quote`: a quotation mark never closed; `ditto`:
    同上 with nothing above it.
    """

    text: str
    reason: Literal["error", "uncalculated", "overlong", "garbled", "quote", "ditto"] = "error"
    length: int = 0
    limit: int = 0


Cell = str | int | float | bool | date | datetime | CellError | None


class Merge(NamedTuple):
    """A merged cell: its first and last row, from 1, and its first and last column, from 0."""

    first: int
    left: int
    last: int
    right: int

    @property
    def is_tall(self) -> bool:
        """Whether it covers several rows."""
        return self.last > self.first

    @property
    def width(self) -> int:
        """How many columns it covers."""
        return self.right - self.left + 1


class Note(NamedTuple):
    """What to know of a sheet as a whole, and what to do."""

    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row as the spreadsheet counts it, from 1."""

    number: int
    cells: list[Cell]
    hidden: bool = False


@dataclass(slots=True)
class RawSheet:
    """One table of a file. `name` is how its cells are addressed: 企业!B17, 表1!B3."""

    name: str
    rows: Iterator[RawRow]
    hidden: bool = False
    named: bool = True  # a person chose the name; 表1 and Sheet1 say nothing about what is inside
    above: list[str] = field(default_factory=list)  # lines over the table, the nearest last
    follows: bool = False  # has the columns of the sheet before, and may go on from it without a header of its own
    parted: bool = False  # but words stand between the two
    hidden_columns: list[int] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


class Unreadable(LianpuError):
    """A file that cannot be read at all."""

    code = "unreadable_file"

    def __init__(self, file: str, detail: str, hint: str) -> None:
        super().__init__(f"读不了文件：{detail}", hint, file)


class TooLarge(LianpuError):
    """A file, or a sheet of it, beyond a limit."""

    code = "over_limit"

    def __init__(
        self, file: str, what: str, value: object, limit: object, hint: str = "请拆分文件或删去多余内容后再导入"
    ) -> None:
        super().__init__(f"超出限制：{what}为 {value}，上限 {limit}", hint, file)


def damaged(file: str, what: str = "Excel 工作簿", hint: str = "用 Excel 打开并另存为 .xlsx 后再导入") -> Unreadable:
    """The fault of a file that is not what it seems, or broken."""
    return Unreadable(file, f"不是有效的{what}或文件已损坏", hint)


def letters_to_index(letters: str) -> int:
    """The column that letters name, counted from 0.

    >>> letters_to_index("A"), letters_to_index("XFD")
    (0, 16383)
    """
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1


def trimmed(cells: list[Cell]) -> list[Cell]:
    """A row without the empty cells at its end."""
    end = len(cells)
    while end and cells[end - 1] is None:
        end -= 1
    return cells if end == len(cells) else cells[:end]
