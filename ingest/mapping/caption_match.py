"""How alike a caption is to ours, and how well its cells fit: what a proposed mapping rests on."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from graph.schema.kinds import Column
from graph.schema.types.base import BadCell
from graph.schema.types.code import valid_code
from graph.text import bigrams, norm, split
from ingest.mapping.mapping import Destination
from ingest.readers.base import Cell
from ingest.table.captions import caption_key, caption_parts
from ingest.table.cells import is_blank, parse_cell, show
from ingest.table.name_check import is_firm

KnownNames = Mapping[str, Collection[str]]  # kind -> normal forms of the names that the city has
# What many captions end in and what says nothing without the word before it.
_HEADS = frozenset({"名称", "单位", "对象", "数值", "内容", "类型", "级别", "状态", "姓名", "角色", "日期"})


@dataclass(frozen=True, slots=True)
class CaptionMatch:
    """How sure it is that a column is one of ours, in [0, 1], and why."""

    confidence: float
    reason: str


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """One of our columns that a column of theirs may be: the words it goes by, and all that it then fills."""

    words: tuple[str, ...]
    destinations: tuple[Destination, ...]
    column: Column


class _Content(NamedTuple):
    """The part of the cells that may stand in a column, and what they are when that says something by itself."""

    fit: float = 0.0
    what: str = ""


@lru_cache(maxsize=1 << 16)
def similarity(caption: str, word: str) -> float:
    """How alike two captions are, in [0, 1]; units and decoration do not count.

    >>> similarity("单位名称", "单位名称*"), similarity("产值（亿元）", "产值(万元)"), similarity("法人", "产值")
    (1.0, 0.97, 0.0)
    """
    mine, theirs = caption_key(caption), caption_key(word)
    if mine == theirs:
        return 1.0
    mine, theirs = caption_parts(caption).name, caption_parts(word).name
    if not mine or not theirs:
        return 0.0
    if mine == theirs:
        return 0.97
    shorter, longer = sorted((mine, theirs), key=len)
    if shorter in _HEADS and longer.endswith(shorter):
        return 0.4  # 行业名称 is a name of something, 推荐单位 no unit of measure
    if len(shorter) >= 2 and (longer.endswith(shorter) or longer.startswith(shorter)):
        # 企业主要产品 ends in what it is about; 产品图片 only begins with it.
        return round((0.62 if longer.endswith(shorter) else 0.45) + 0.3 * len(shorter) / len(longer), 2)
    pairs, others = bigrams(mine), bigrams(theirs)
    return round(0.85 * 2 * len(pairs & others) / (len(pairs) + len(others)), 2)


def match_column(texts: Sequence[str], cells: Sequence[Cell], choice: ColumnChoice, known: KnownNames) -> CaptionMatch:
    """How well a column that may be called `texts` and holds `cells` fits one of ours."""
    column, words = choice.column, choice.words
    kind = column.value_type
    pairs = ((similarity(text, word), text, word) for text in texts for word in words)
    alike, text, word = max(pairs, default=(0.0, "", ""))
    filled = [c for c in cells if not is_blank(c)]
    content = _content(filled, column, known)
    fit, what = content
    share = f"{round(fit * len(filled))}/{len(filled)}"
    if alike < 0.5:
        return _match_by_content(content, column, share)
    if alike >= 0.97:
        reason = "列名相同" if caption_key(text) == caption_key(words[0]) else f"列名同“{word}”"
    else:
        reason = f"列名与“{word}”相近（{alike:.2f}）"
    if not filled:
        return CaptionMatch(round(0.9 * alike, 2), f"{reason}，没有内容可核对")
    if kind.is_code and fit >= 0.6:
        return CaptionMatch(round(max(alike, 0.35 + 0.55 * fit), 2), f"{reason}，{what}")
    if kind.strict or kind.is_code:
        if fit < 0.3:
            return CaptionMatch(round(0.4 * alike, 2), f"{reason}，但内容不像（{share}）")
        return CaptionMatch(round(alike * (0.6 + 0.4 * fit), 2), f"{reason}，内容符合 {share}")
    if fit >= 0.5 and what:
        return CaptionMatch(round(min(1.0, alike + 0.1), 2), f"{reason}，{what}")
    numbers = sum(isinstance(c, (int, float)) for c in filled)
    return CaptionMatch(round(alike * (0.5 if 2 * numbers > len(filled) else 1), 2), reason)


def _match_by_content(content: _Content, column: Column, share: str) -> CaptionMatch:
    """How well cells fit a column whose captions are nothing like what stands over them."""
    kind = column.value_type
    telling = kind.is_code or kind.refers or column.field == "name"
    if content.fit < 0.6 or not content.what or not telling:
        return NONE
    # What cells hold says less than what stands over them; but a code is nothing else.
    weight = 0.55 if kind.is_code else 0.35
    return CaptionMatch(round(0.35 + weight * content.fit, 2), f"{content.what}（{share}）")


NONE = CaptionMatch(0.0, "")


def _content(filled: Sequence[Cell], column: Column, known: KnownNames) -> _Content:
    if not filled:
        return _Content()
    texts = [show(c) for c in filled]
    if column.value_type.is_code:
        return _Content(sum(valid_code(norm(t).upper()) for t in texts) / len(texts), "内容是统一社会信用代码")
    if column.value_type.refers and column.to:
        items = [i for t in texts for i in split(t)] or [""]
        most = max(column.to, key=lambda kind: sum(norm(i) in known.get(kind, ()) for i in items))
        return _Content(sum(norm(i) in known.get(most, ()) for i in items) / len(items), f"内容是已知的{most}")
    if column.field == "name":
        return _Content(sum(map(is_firm, texts)) / len(texts), "内容像企业名称")
    if column.value_type.strict:
        return _Content(sum(fits(c, column) or bool(column.word_meant(show(c))) for c in filled) / len(filled))
    return _Content()


def fits(cell: Cell, column: Column) -> bool:
    """Whether a cell can be read as one of a column."""
    try:
        return parse_cell(cell, column).value is not None
    except BadCell:
        return False
