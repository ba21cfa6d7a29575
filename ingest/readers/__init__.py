"""File formats in; rows of plain cells out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from ingest.readers.base import RawSheet
from ingest.readers.csv_ import read_csv
from ingest.readers.excel import read_excel

READERS: dict[str, Callable[[Path, str], Iterator[RawSheet]]] = {
    ".xlsx": read_excel,
    ".xlsm": read_excel,
    ".csv": read_csv,
}
