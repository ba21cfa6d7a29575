"""What must not stand in a paper that is signed: words of programs, signs, doubled names, pleas, empty headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from viz.paper.blocks import Block, HeadingBlock, PageBreak, TableBlock, TextBlock, TurnBlock
from viz.paper.document import Paper

UNSURVEYED = "未摸底"
RULES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("程序用词", re.compile(r"(?<![A-Za-z])(None|NaN|nan|null|undefined|True|False)(?![A-Za-z])")),
    ("符号", re.compile(r"→|\||『|』|\{\}|\[\]")),
    ("空表", re.compile(r"空表")),
    ("重复的地名", re.compile(r"([\u4e00-\u9fff]{2,4})[县市区]\1(?![\u4e00-\u9fff]{0,2}[县市区])")),
    ("重复的词", re.compile(r"([\u4e00-\u9fff]{3,8})\1")),
    ("标点", re.compile(r"[，；：、][，；：、。]|。[，；：、。]|（）|“”")),
    ("命令或文件名", re.compile(r"\blianpu\b|(?<![\w-])--\w|\.(?:xlsx|csv|docx|yaml|json)\b")),
    ("对读者的请求", re.compile(r"(?<![申邀聘])请(?:在|填|尽快|补|用|点|到|先)|重新生成")),
)
NONE_THERE = re.compile(r"(?<!\d)0家")


def sentence_faults(text: str) -> list[str]:
    """What is wrong with one sentence or cell.

    >>> sentence_faults("缙云县缙云机械装备产业链"), sentence_faults("请在“企业”表填写"), sentence_faults("再有2家 → 稳定")
    (['重复的地名：缙云县缙云'], ['对读者的请求：请在'], ['符号：→'])
    >>> sentence_faults("缙云县机械装备产业链已摸底6个环节。")
    []
    """
    return [f"{name}：{match[0]}" for name, rule in RULES if (match := rule.search(text))]


def faults(paper: Paper) -> list[str]:
    """Everything in a paper that must not stand there, each with where."""
    wrong = [
        f"{text[:40]}……{fault}" if len(text) > 40 else f"{text}……{fault}"
        for text in paper.texts()
        for fault in sentence_faults(text)
    ]
    return [*wrong, *_counted_unsurveyed(paper.blocks), *_empty_headings(paper.blocks)]


def _counted_unsurveyed(blocks: Sequence[Block]) -> Iterator[str]:
    """Rows that say 0家 of what nobody surveyed: unknown is not missing."""
    for block in blocks:
        for row in block.rows if isinstance(block, TableBlock) else ():
            if UNSURVEYED in row and any(NONE_THERE.search(cell) for cell in row):
                yield f"{'、'.join(row[:3])}……未摸底的写了0家"


def _empty_headings(blocks: Sequence[Block]) -> Iterator[str]:
    """Headings that nothing stands under before the next one of their level or above."""
    open_heading: HeadingBlock | None = None
    for block in (*blocks, HeadingBlock("", 0)):
        if isinstance(block, PageBreak | TurnBlock):
            continue
        if isinstance(block, HeadingBlock):
            if open_heading is not None and block.level <= open_heading.level:
                yield f"{open_heading.text}……标题下没有内容"
            open_heading = block
        elif not isinstance(block, TextBlock) or block.text.strip():
            open_heading = None
