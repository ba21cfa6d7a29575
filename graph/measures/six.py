"""六有: whether a platform has a site, staff, funds, equipment, results and rules."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

SIX = MappingProxyType(
    {
        "有场地": "场地面积",
        "有人员": "专职人数",
        "有投入": "研发投入(万元)",
        "有设备": "设备原值(万元)",
        "有成果": "成果数",
        "有制度": "制度名称",
    }
)


def six_have(values: Mapping[str, Any], least: Mapping[str, float]) -> dict[str, bool | None]:
    """Each of the six: told from its measure where that is given, else as stated; None where neither says.

    `least` are the thresholds by the caption of the measure (㎡, persons, 万元); one that is not listed is 1.

    >>> six_have({"场地面积": 80, "有人员": "是", "有设备": "否"}, {"场地面积": 100})
    {'有场地': False, '有人员': True, '有投入': None, '有设备': False, '有成果': None, '有制度': None}
    """
    return {item: _has(values.get(measure), values.get(item), least.get(measure, 1)) for item, measure in SIX.items()}


def _has(measured: Any, stated: Any, least: float) -> bool | None:
    if measured is None:
        return None if stated is None else stated in (True, "是")
    return measured >= least if isinstance(measured, int | float) else bool(str(measured).strip())


def all_six(have: Mapping[str, bool | None]) -> bool | None:
    """Whether all are there; None where those that are known do not decide it.

    >>> all_six({"有场地": True, "有人员": None}), all_six({"有场地": False, "有人员": None})
    (None, False)
    """
    if False in have.values():
        return False
    return None if None in have.values() else True
