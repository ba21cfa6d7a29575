"""China's administrative divisions, as they stand in front of names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

NATIONS = [
    "布朗", "傣", "独龙", "俄罗斯", "侗", "东乡", "哈尼", "哈萨克", "汉", "回", "景颇", "柯尔克孜", "拉祜", "黎", "傈僳", "满",
    "毛南", "蒙古", "苗", "仫佬", "纳西", "怒", "普米", "羌", "撒拉", "畲", "水", "塔吉克", "土家", "土", "佤", "维吾尔", "锡伯",
    "瑶", "彝", "仡佬", "藏", "朝鲜", "布依", "壮", "白", "保安", "裕固", "鄂伦春", "鄂温克", "达斡尔", "各",
]  # fmt: skip
_NATIONS = re.compile(f"(?:(?:{'|'.join(sorted(NATIONS, key=len, reverse=True))})族)+|蒙古$|哈萨克$|柯尔克孜$")
_LEVEL = re.compile(
    r"(?:特别行政区|(?:壮族|回族|维吾尔)?自治区|自治州|自治县|自治旗|地区|林区|新区|省|市|县|区|盟|州|旗)$"
)
_ZONE = re.compile(
    r"(?:经济技术|高新技术产业|高新技术|经济|高新|工业|技术|产业|综合|生态|特色)*(?:开发区|高新区|工业园区|工业园|产业园|新区|保税区)"
)
COUNTRY = "中国"
PROVINCES = {  # by the first two digits of a code (GB/T 2260)
    "11": "北京", "12": "天津", "13": "河北", "14": "山西", "15": "内蒙古", "21": "辽宁", "22": "吉林", "23": "黑龙江",
    "31": "上海", "32": "江苏", "33": "浙江", "34": "安徽", "35": "福建", "36": "江西", "37": "山东", "41": "河南",
    "42": "湖北", "43": "湖南", "44": "广东", "45": "广西", "46": "海南", "50": "重庆", "51": "四川", "52": "贵州",
    "53": "云南", "54": "西藏", "61": "陕西", "62": "甘肃", "63": "青海", "64": "宁夏", "65": "新疆", "71": "台湾",
    "81": "香港", "82": "澳门",
}  # fmt: skip


def table(name: str) -> Iterator[list[str]]:
    """The names in each line of a table that stands beside this file."""
    text = (files("graph.naming") / name).read_text("utf-8")
    return (line.split() for line in text.splitlines() if not line.startswith("#"))


@cache
def regions() -> dict[str, list[tuple[str, str]]]:
    """(name as it may be written, short form) by the first two characters, the longest first.

    A county may be written without its last character; a district may not: too many share their name with brands.

    >>> ("丽水市", "丽水") in regions()["丽水"], ("缙云", "缙云") in regions()["缙云"], ("金山", "金山") in regions()["金山"]
    (True, True, False)
    """
    known: dict[str, str] = {COUNTRY: COUNTRY}
    for line in table("regions.txt"):
        for name in line:
            short = bare(name)
            known.setdefault(name, short)
            if not name.endswith("区") or name.endswith(("地区", "自治区", "行政区")):
                known.setdefault(short, short)
    by_start: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for name in sorted(known, key=lambda n: (-len(n), n)):
        by_start[name[:2]].append((name, known[name]))
    return by_start


def bare(name: str) -> str:
    """A division without its level and the peoples it is named after; whole where too little would be left.

    >>> bare("景宁畲族自治县"), bare("浙江省"), bare("内蒙古自治区"), bare("延边朝鲜族自治州"), bare("临县")
    ('景宁', '浙江', '内蒙古', '延边', '临县')
    """
    short = _LEVEL.sub("", name)
    if name.endswith(("自治州", "自治县", "自治旗")):
        short = _NATIONS.sub("", short) or short
    return short if len(short) >= 2 else name


def region_at(text: str, start: int = 0) -> tuple[str, int] | None:
    """The division whose name begins at `start`: its short form, and where its name ends.

    >>> region_at("浙江省缙云县晨龙锯床"), region_at("浙江省缙云县晨龙锯床", 3), region_at("晨龙锯床")
    (('浙江', 3), ('缙云', 6), None)
    """
    for name, short in regions().get(text[start : start + 2], ()):
        if text.startswith(name, start):
            return short, start + len(name)
    return None


def zone_at(text: str, start: int) -> int:
    """Where a development zone named after a region ends; `start` where there is none."""
    zone = _ZONE.match(text, start)
    return zone.end() if zone else start
