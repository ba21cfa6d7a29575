"""Cells that list things: firms with where they are and what they supply, difficulties one by one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from graph.text import clean, norm, split

_NUMBERING = re.compile(r"(?:(?<=^)|(?<=[\s;；。]))\s*(?:[(（]\s*\d{1,2}\s*[)）]|\d{1,2}\s*[、)）.．](?!\d)|[①-⑳])\s*")
# At the end only: a bracket within, as in 示例（浙江）公司, is part of the name.
_BRACKET = re.compile(r"[(（]([^()（）]*)[)）]\s*$")
_OUTSIDE = re.compile("外地|外省|省外|市外|县外|国外|境外|海外|进口|外购")
_SHARE = re.compile(r"(?:占比?)?\s*(\d+(?:\.\d+)?\s*[%％])")
# Countries and provinces as people write them in brackets after a supplier's name.
_PLACES = re.compile(
    "北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|"
    "台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门|日本|韩国|德国|美国|英国|法国|意大利|瑞士|瑞典|奥地利|荷兰|西班牙|俄罗斯|印度|越南|泰国"
)


@dataclass(frozen=True, slots=True)
class Party:
    """A firm named in a cell. `outside`: the cell itself says that it is from elsewhere."""

    name: str
    outside: bool = False
    what: str | None = None
    share: str | None = None


def parties(cell: str, home: str = "") -> list[Party]:
    """The firms that a cell lists, as 名称（外地）：内容. `home` is the county whose own places are not elsewhere.

    >>> parties("示例甲厂；示例乙公司（江苏，占60%）：轴承")
    [Party(name='示例甲厂', outside=False, what=None, share=None), Party(name='示例乙公司', outside=True, what='轴承', share='60%')]
    """
    explained = re.search("[:：]", cell) and re.search("[；;\n]", cell)
    return [_party(item, home) for item in pieces(cell, "；;" if explained else None)]


def pieces(cell: str, separators: str | None = None) -> list[str]:
    """The items of a cell: cut at its numbering (1. 2. or ①②), else at the separators and at line ends.

    >>> pieces("1.锯切振动大；噪声高 2.锯带寿命短"), pieces("振动、噪声；寿命", "；")
    (['锯切振动大；噪声高', '锯带寿命短'], ['振动、噪声', '寿命'])
    """
    if len(_NUMBERING.findall(cell)) > 1:
        return [p for part in _NUMBERING.split(cell) if (p := clean(part).strip("；;。"))]
    if separators is None:
        return [p for item in split(cell) if (p := clean(_NUMBERING.sub("", item)))]
    cut = re.split(f"[{re.escape(separators)}\n\r]", cell)
    return [p for item in cut if (p := clean(_NUMBERING.sub("", item)))]


def _party(item: str, home: str) -> Party:
    head, _, what = item.replace("：", ":").partition(":")
    bracket = _BRACKET.search(head)
    note = norm(bracket[1]) if bracket else ""
    share = _SHARE.search(note) or _SHARE.search(norm(what))
    outside = _is_outside(_SHARE.sub("", note).strip(" ,、"), home)
    name = clean(_BRACKET.sub("", head) if outside or (bracket and share) else head)
    what = clean(_SHARE.sub("", what).strip(" ,，、"))
    return Party(name, outside, what or None, share[1].replace(" ", "") if share else None)


def _is_outside(note: str, home: str) -> bool:
    core = re.sub(r"[县市区]$", "", norm(home))
    if not note or (core and core in note) or re.search("本地|本县|本市|本区|县内|市内", note):
        return False
    return bool(_OUTSIDE.search(note) or _PLACES.match(note))
