"""What a person should know about a cell, a row or a file."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark: where it is, what is wrong, what to do. Levels: error, warning, note."""

    level: str
    file: str
    where: str
    field: str | None
    value: str | None
    message: str
    hint: str

    def document(self) -> dict[str, Any]:
        """The JSON form."""
        return asdict(self)


def column_letter(index: int) -> str:
    """The spreadsheet letters of a column counted from 0.

    >>> column_letter(0), column_letter(25), column_letter(26)
    ('A', 'Z', 'AA')
    """
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
