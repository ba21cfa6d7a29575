"""The lines of a document as paragraphs: broken lines mended, what websites and pages add left out."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

LONG_LINE = 24  # characters: a shorter line that ends without a stop is a heading, not half a sentence
LONGEST_PARAGRAPH = 5_000  # characters that are read as one
TITLE_WITHIN = 6  # lines from the top within which the title stands
NUMBERED_PIECES = 3  # so many pieces counted by a website are no list of the plan's own
_WIDE = {ord(a): b for a, b in zip(",;:()!?[]", "，；：（）！？［］", strict=True)} | {ord(c): "-" for c in "—–－‐―"}
_NUMBER_COMMA = re.compile(r"(?<=\d)[,，](?=\d{3}(?!\d))")
_SPACE = re.compile(r"[ \t\u3000\xa0]+")
_INNER_SPACE = re.compile(r"(?<![A-Za-z,.;:])[ \t\u3000\xa0]+|[ \t\u3000\xa0]+(?![A-Za-z])")
_PAGE_NUMBER = re.compile(
    r"[-—–－·.\s]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[,，/共]*\s*(?:共\s*)?\d{1,4}\s*页?)?[-—–－·.\s]*|Page \d+.*"
)
_WEBSITE = re.compile(r"会员分享|在线阅读|珍藏版|文库上搜索|https?://|www\.|版权所有|扫一扫|微信公众号|点击下载|ICP备")
_PLAN_TITLE = re.compile(r"《([^《》]*(?:方案|计划|规划|要点|意见)[^《》]*)》")
_TITLE_ENDS = re.compile(r"(?:计划|方案|规划|要点|意见|办法|任务书|责任书)(?:（[^（）]*）)?$")
_STOP = "。；！？：;!?:"
_NUMBERED = re.compile(r"(\d{1,3})、")
_BEGINS = re.compile(
    r"[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、](?!\d)|第[一二三四五六七八九十]{1,3}[章节条]|"
    r"[①-⑳]|附件|[—–-]{2}|●|■|◆|★|▲|[一二三四五六七八九十]是"
)


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of a document and where it stands; of a table, the cells of one row."""

    text: str
    place: str
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """What belongs together, as it reads. `table` numbers the rows of one table alike; 0 is no table."""

    text: str
    place: str
    cells: tuple[str, ...] = ()
    table: int = 0


def plain(text: str) -> str:
    """The same text, character for character, in one form of digits, letters and punctuation.

    >>> plain("２０２５年,达到1,200家(力争)９０％")
    '2025年，达到1,200家（力争）90%'
    """
    chars = (unicodedata.normalize("NFKC", c) if c not in "，；：（）！？［］" else c for c in text)
    narrow = "".join(n if len(n) == 1 else c for n, c in zip(chars, text, strict=True))
    return _NUMBER_COMMA.sub("\0", narrow).translate(_WIDE).replace("\0", ",")


def paragraphs(lines: Iterable[TextLine]) -> list[Paragraph]:
    """The paragraphs of a document.

    >>> cut = [TextLine("1、到2026年，培育链主企业1", "第1行"), TextLine("0家以上。", "第2行")]
    >>> [p.text for p in paragraphs(cut)]
    ['1、到2026年，培育链主企业10家以上。']
    """
    kept = _without_pieces(_told(list(lines)))
    whole: list[Paragraph] = []
    table, width = 0, _width(kept)
    in_table = False
    for line in kept:
        if line.cells:
            table += not in_table
            in_table = True
            whole.append(Paragraph("　".join(filter(None, line.cells)), line.place, line.cells, table))
            continue
        titled = len(whole) <= TITLE_WITHIN and whole and _TITLE_ENDS.search(plain(whole[-1].text))
        if whole and not in_table and not titled and _goes_on(whole[-1].text, line.text, width):
            whole[-1] = Paragraph(_joined(whole[-1].text, line.text), whole[-1].place)
        else:
            whole.append(Paragraph(line.text, line.place))
        in_table = False
    return [part for paragraph in whole for part in _bounded(paragraph)]


def _bounded(paragraph: Paragraph) -> Iterator[Paragraph]:
    """A paragraph in parts that are read in a moment, cut after a sentence where one ends."""
    text = paragraph.text
    while len(text) > LONGEST_PARAGRAPH:
        end = max(text.rfind(stop, 0, LONGEST_PARAGRAPH) for stop in "。；") + 1 or LONGEST_PARAGRAPH
        yield replace(paragraph, text=text[:end])
        text = text[end:]
    yield replace(paragraph, text=text)


def _told(lines: list[TextLine]) -> list[TextLine]:
    """The lines that say something: no page numbers, no running heads, nothing of a website."""
    often = Counter(line.text.strip() for line in lines if not line.cells)
    heads = {text for text, count in often.items() if count > 2 and len(text) < LONG_LINE}
    out = []
    for line in lines:
        if line.cells:
            out.append(TextLine(line.text, line.place, tuple(_tidy(c.replace("\n", "")) for c in line.cells)))
            continue
        text = _tidy(line.text)
        if _WEBSITE.search(text) and (title := _PLAN_TITLE.search(text)):
            text = re.sub(r"\.(?:docx?|pdf|wps|txt)$", "", title[1])
        if text and not _PAGE_NUMBER.fullmatch(text) and not _WEBSITE.search(text) and line.text.strip() not in heads:
            out.append(TextLine(text, line.place))
    return out


def _tidy(text: str) -> str:
    return _INNER_SPACE.sub("", _SPACE.sub(" ", text.strip()))


def _without_pieces(lines: list[TextLine]) -> list[TextLine]:
    """The lines without the numbers by which a website counts its pieces of a text, wherever it was cut.

    A piece goes on where the one before broke off: a list of the plan's own begins after a stop.
    """
    numbers = [_NUMBERED.match(line.text) for line in lines]
    pieces: list[int] = []
    for index, number in enumerate(numbers):
        if number and int(number[1]) == len(pieces) + 1:
            pieces.append(index)
    if len(pieces) < NUMBERED_PIECES or len(pieces) < len(lines) - 2:
        return lines
    broken = sum(lines[i - 1].text[-1] not in _STOP for i in pieces[1:])
    if 2 * broken < len(pieces) - 1:
        return lines
    first = pieces[0]
    rest = zip(lines[first:], numbers[first:], strict=True)
    whole = "".join(line.text[n.end() :] if n else line.text for line, n in rest)
    return [*lines[:first], TextLine(whole, lines[first].place)]


def _width(lines: Sequence[TextLine]) -> int:
    """How long a full line is where lines are broken at a width; beyond any length where they are not."""
    lengths = sorted(len(line.text) for line in lines if not line.cells)
    if len(lengths) < 2:
        return LONG_LINE
    longest = lengths[-1 - len(lengths) // 20]
    full = sum(0.85 * longest <= n for n in lengths)
    return int(0.8 * longest) if longest < 80 and full > len(lengths) / 3 else max(LONG_LINE, int(0.5 * longest))


def _goes_on(before: str, text: str, width: int) -> bool:
    """Whether a line goes on from the one before it."""
    if before[-1] in _STOP or _BEGINS.match(text):
        return False
    open_bracket = max(before.rfind("（"), before.rfind("(")) > max(before.rfind("）"), before.rfind(")"))
    inside = before[-1] in "，、,（(和及与" or (before[-1].isdigit() and text[0].isdigit()) or open_bracket
    return inside or (len(before) >= width and not _is_title(text))


def _is_title(text: str) -> bool:
    return len(text) < LONG_LINE and text[-1] not in _STOP + "，、" and text.endswith(("计划", "方案", "目标", "任务"))


def _joined(before: str, text: str) -> str:
    letters = before[-1].isascii() and before[-1].isalpha() and text[0].isascii() and text[0].isalpha()
    return f"{before} {text}" if letters else before + text
