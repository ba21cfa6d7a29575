"""Names in a form in which writings of one name fall together: only to ask a person, never to merge by."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

from graph.text import norm

_LEADING = re.compile(r"^\(?\d{1,3}(?:[.、．。]|\)[.、]?)\s*(?=[^\d\s])")
# Between digits a mark belongs to the number: 1,4-丁二醇 is no 14-丁二醇.
_MARKS = re.compile(r"(?<!\d)[^\w+#%&℃°]+|[^\w+#%&℃°]+(?!\d)|_+")
_INVISIBLE = re.compile("[\x00-\x1f\x7f-\x9f\ufe00-\ufe0f\U000e0100-\U000e01ef]")


@lru_cache(maxsize=1)
def _variants() -> dict[int, str]:
    lines = (files("graph.naming") / "variants.txt").read_text("utf-8").splitlines()
    return {ord(line[0]): line[1] for line in lines if not line.startswith("#")}


@lru_cache(maxsize=1 << 16)
def folded(name: str) -> str:
    """A name without case, punctuation, leading number, and in one form of each character.

    >>> folded("示例恒灏機械【丽水】有限公司") == folded("2. 示例恒灏机械（丽水）有限公司")
    True
    >>> folded("Shili Vortex Co., Ltd.") == folded("SHILI VORTEX CO LTD"), folded("示例⻓岳") == folded("示例长岳")
    (True, True)
    >>> folded("1,4-丁二醇") == folded("14-丁二醇"), folded("304L") == folded("304")
    (False, False)
    """
    text = _LEADING.sub("", norm(_INVISIBLE.sub("", name))).translate(_variants())
    return _MARKS.sub("", text.casefold()) or text


def plain_form(text: str) -> str:
    """A text as it is searched: one form of each character, no difference of case or width; marks stay.

    >>> plain_form("示例恒灏機械（麗水）ＡＢ-2") == plain_form("示例恒灏机械(丽水)ab-2")
    True
    """
    return norm(_INVISIBLE.sub(" ", text)).translate(_variants()).casefold()
