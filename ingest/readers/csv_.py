"""CSV and its relatives: UTF-8, GBK, GB18030 or UTF-16; comma, tab, semicolon, bar or ，."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from pathlib import Path, PurePath

from ingest.readers.base import GARBLED, MB, TEXT, Cell, CellError, Limits, RawRow, RawSheet, Unreadable

FORMULA_START = tuple("=+-@\t\r＝＋－＠")  # what spreadsheets run; an export puts ' before it
DELIMITERS = ",\t;|，"
MAX_REPAIRS = 100
_SAMPLE = 64 << 10
_END = "\x1e\x1e end \x1e\x1e"  # a last record of our own: missing when a quotation mark swallowed it
_SAVE_AS = "用 Excel 打开并另存为“CSV UTF-8（逗号分隔）”后再导入"


def read_csv(path: Path, name: str, limits: Limits) -> Iterator[RawSheet]:
    """The one sheet of a text file, named after the file. Raises Unreadable."""
    text = decode(path.read_bytes(), name)
    if text.lstrip()[:1000].lower().startswith(("<!doctype", "<html", "<table", "<?xml", "<meta", "<head", "<style")):
        raise Unreadable(name, "内容是网页（HTML/XML），不是表格文件", "用 Excel 打开并另存为 .xlsx 后再导入")
    csv.field_size_limit(limits.file_mb * MB)
    yield RawSheet(PurePath(name).stem, _rows(text, name))


def read_lines(path: Path, name: str, limits: Limits) -> Iterator[RawSheet]:
    """The lines of a text as they are. Raises Unreadable."""
    lines = decode(path.read_bytes(), name).splitlines()
    yield RawSheet(TEXT, (RawRow(number, [line]) for number, line in enumerate(lines, 1)), named=False)


def decode(data: bytes, name: str) -> str:
    """The text of a file: by its byte order mark, else UTF-16 by its zeros, else UTF-8, else GB18030.

    A few broken characters do not spoil the rest: they become U+FFFD, and their cells are errors.

    >>> decode("示例".encode("gbk"), "a.csv"), decode("示例,1".encode("utf-16-be"), "a.csv")
    ('示例', '示例,1')
    """
    marks = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
    for mark, encoding in marks:
        if data.startswith(mark):
            text: str | None = data[len(mark) :].decode(encoding, "replace")
            break
    else:
        tries = ((_utf16_of(data), 100),) if b"\0" in data else (("utf-8", 10), ("gb18030", 10))
        text = next((t for e, one_in in tries if e and (t := _nearly(data, e, one_in)) is not None), None)
    if text is None or "\0" in text:
        raise Unreadable(name, "不是文本文件，或文字编码认不出来", _SAVE_AS)
    return text


def _nearly(data: bytes, encoding: str, one_in: int) -> str | None:
    """The text, when at most one in so many characters beyond ASCII is broken: in a wrong encoding many are."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
        foreign = sum(1 for c in text if c > "\x7f")
        return text if text.count(GARBLED) * one_in <= foreign else None


def _utf16_of(data: bytes) -> str | None:
    """Which UTF-16 without a mark this is: the one in which more separators and digits show up."""
    sample = data[: _SAMPLE & ~1]
    counts = {
        e: sum(sample.decode(e, "replace").count(c) for c in "\r\n,\t;|0123456789") for e in ("utf-16-le", "utf-16-be")
    }
    best = max(counts, key=lambda e: counts[e])
    return best if counts[best] else None


def _rows(text: str, name: str) -> Iterator[RawRow]:
    lines = io.StringIO(text, newline="").readlines()
    delimiter = None
    if lines and lines[0].strip().lower().startswith("sep=") and len(lines[0].strip()) <= 5:
        # Excel takes this line as a setting and shows the next one as row 1.
        delimiter = lines[0].strip()[4:] or "\t"
        lines = lines[1:]
    if lines and not lines[-1].endswith(("\n", "\r")):
        lines[-1] += "\n"
    delimiter = delimiter or _delimiter(lines)
    try:
        for number, record in enumerate(_records(lines, delimiter, name), 1):
            yield RawRow(number, record)
    except csv.Error as error:
        raise Unreadable(name, "分隔符或引号的格式有误", _SAVE_AS) from error


def _delimiter(lines: list[str]) -> str:
    """The separator that cuts most of the first lines into equally many cells.

    >>> _delimiter(["名称;产值\\n", "甲;1,200\\n", "乙;1,300\\n"])
    ';'
    """
    sample = [line for line in lines[:60] if line.strip()][:30]

    def evenness(delimiter: str) -> float:
        try:
            widths = Counter(len(r) for r in csv.reader(sample, delimiter=delimiter) if r)
        except csv.Error:
            return 0
        width, often = max(widths.items(), key=lambda w: (w[1] * (w[0] > 1), w[0]), default=(1, 0))
        return (width - 1) * often / max(1, widths.total())

    # ，stands inside cells too: it separates only where nothing else does.
    best = max(DELIMITERS[:-1], key=evenness)
    return best if evenness(best) > 0 else max((",", "，"), key=evenness)


def _records(lines: list[str], delimiter: str, name: str) -> Iterator[list[Cell]]:
    """Records; one with a quotation mark that is never closed is a fault of its line, not of the file."""
    start = 0
    for _ in range(MAX_REPAIRS):
        reader = csv.reader(chain(islice(lines, start, None), (f"{_END}\n",)), delimiter=delimiter)
        begun_before = began = 0
        held: list[str] | None = None
        for record in reader:
            if held is not None:
                yield [_cell(c) for c in held]
            if record == [_END]:
                return
            held, begun_before, began = record, began, reader.line_num
            if began > begun_before + 1 and not _well_quoted(lines[start + begun_before : start + began], delimiter):
                break
        if held is None:  # pragma: no cover - the end record is always read or swallowed
            return
        broken = start + begun_before
        yield [CellError(lines[broken].strip()[:60], "quote")]
        start = broken + 1
    raise Unreadable(name, "引号不配对的行太多", _SAVE_AS)


def _well_quoted(lines: Sequence[str], delimiter: str) -> bool:
    """Whether a record of several lines ends its quotations where a cell ends.

    If not, its lines are rows of their own, one of which lacks a quotation mark.
    """
    try:
        return len(list(csv.reader(lines, delimiter=delimiter, strict=True))) == 1
    except csv.Error:
        return False


def _cell(text: str) -> Cell:
    """A cell without the marks that keep spreadsheets from running it, or from taking it for a number."""
    if text.startswith('="') and text.endswith('"') and len(text) > 2:
        text = text[2:-1]
    if text.startswith("'") and text[1:2] in (*FORMULA_START, "'"):
        text = text[1:]
    if GARBLED in text:
        return CellError(text, "garbled")
    return text if text.strip() else None
