"""Provinces of China by the first two digits of a region's code (GB/T 2260)."""

from __future__ import annotations

import re

PROVINCES = {
    "11": "北京", "12": "天津", "13": "河北", "14": "山西", "15": "内蒙古", "21": "辽宁", "22": "吉林", "23": "黑龙江",
    "31": "上海", "32": "江苏", "33": "浙江", "34": "安徽", "35": "福建", "36": "江西", "37": "山东", "41": "河南",
    "42": "湖北", "43": "湖南", "44": "广东", "45": "广西", "46": "海南", "50": "重庆", "51": "四川", "52": "贵州",
    "53": "云南", "54": "西藏", "61": "陕西", "62": "甘肃", "63": "青海", "64": "宁夏", "65": "新疆", "71": "台湾",
    "81": "香港", "82": "澳门",
}  # fmt: skip
SAME_CITY, SAME_PROVINCE, ELSEWHERE = 1.0, 0.7, 0.3


def province_of(location: str | None) -> str | None:
    """The province that a place as written begins with, or None.

    >>> province_of("浙江省温州市"), province_of("温州")
    ('浙江', None)
    """
    return next((p for p in PROVINCES.values() if location and location.startswith(p)), None)


def nearness(location: str | None, city: str, province: str | None) -> float | None:
    """How near a place is to a city: 1 in it, 0.7 in its province, 0.3 elsewhere, None where it cannot be told.

    >>> nearness("浙江丽水", "丽水市", "浙江"), nearness("江苏苏州", "丽水市", "浙江"), nearness("温州", "丽水市", "浙江")
    (1.0, 0.3, None)
    """
    if not location:
        return None
    if re.search(rf"{re.escape(city.removesuffix('市'))}(市|$|\W)", location):
        return SAME_CITY
    there = province_of(location)
    if there is None or province is None:
        return None
    return SAME_PROVINCE if there == province else ELSEWHERE
