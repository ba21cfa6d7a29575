"""What an honour is, however it is written: 国家高新技术企业, 高新技术企业(2023) and 国高 are one."""

from __future__ import annotations

import re
from functools import cache

from graph.text import norm

_LEVEL = re.compile(r"^(?:国家级|国家|全国|省级|[一-鿿]{2}省|省|市级|[一-鿿]{2}市|市|县级|县|区级)+")
_TAIL = re.compile(r"(?:示范企业|企业|称号)$")
_SIGNS = re.compile(r"[“”\"'‘’「」『』《》\s·]|[(（].*?[)）]")


@cache
def bare_honour(text: str) -> str:
    """The honour without its level, its brackets and its marks.

    >>> [bare_honour(t) for t in ("国家高新技术企业(2023)", "国家专精特新“小巨人”企业（第三批）", "浙江省科技小巨人企业")]
    ['高新技术', '专精特新小巨人', '科技小巨人']
    """
    return _TAIL.sub("", _LEVEL.sub("", _SIGNS.sub("", norm(text))))
