"""CSV in UTF-8 (with or without BOM) or GBK, comma, semicolon or tab."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from ingest.readers.base import RawRow, RawSheet, Unreadable

csv.field_size_limit(1 << 20)


def read_csv(path: Path, name: str) -> Iterator[RawSheet]:
    """The one sheet of a CSV file, named after the file. Raises Unreadable."""
    yield RawSheet(path.stem, _rows(decode(path.read_bytes(), name), name))


def decode(data: bytes, name: str) -> str:
    """The text of a file, by its byte order mark, else UTF-8, else GB18030."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable(name, "文字编码认不出来", "另存为“CSV UTF-8（逗号分隔）”后再导入")


def _rows(text: str, name: str) -> Iterator[RawRow]:
    if "\0" in text:
        raise Unreadable(name, "不是文本文件", "另存为“CSV UTF-8（逗号分隔）”后再导入")
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for number, cells in enumerate(reader, 1):
            yield RawRow(number, [_cell(c) for c in cells])
    except csv.Error as error:
        raise Unreadable(name, f"第 {reader.line_num} 行附近的格式有误", "用 Excel 打开并另存为 CSV UTF-8") from error


def _cell(text: str) -> str | None:
    """A cell without the mark that keeps spreadsheets from running it."""
    if text.startswith("'") and text[1:2] in {"=", "+", "-", "@", "\t", "\r", "'"}:
        text = text[1:]
    return text if text.strip() else None
