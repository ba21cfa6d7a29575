"""How a report says what the screens say."""

from __future__ import annotations

import re

from viz.wording import money_text


def plain(text: str) -> str:
    """A sentence of the screens as papers write it: no arrows, no signs of software, nothing asked of the reader.

    >>> plain("再有2家在产企业 → 稳定"), plain("仍有在产企业，请在『外部供给』填写来源。")
    ('再有2家在产企业，可升为稳定', '仍有在产企业。')
    >>> plain("正在申请专利。")
    '正在申请专利。'
    """
    asked = re.sub(r"[，；：、]?(?<![申邀聘])请(?!求)[^，。；]*", "", text.replace(" → ", "，可升为"))
    return re.sub(r"[『』]", "", money_text(asked))
