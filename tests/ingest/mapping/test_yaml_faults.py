"""What is wrong with a mapping that somebody wrote is said in Chinese, with its line."""

from __future__ import annotations

import pytest

from graph.schema.parse import load_schema
from ingest.mapping.file import read_mapping
from ingest.mapping.mapping import BadMapping

HEAD = "tables:\n  - kinds: 企业\n    columns:\n"


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        (f"{HEAD}\t  甲: 名称", 4, "制表符"),
        (f"{HEAD}      产值: 万元: 名称", 4, "加引号"),
        (f"{HEAD}      甲：名称\n      乙: 名称", 4, "全角冒号"),
        (f"{HEAD}      甲: 名称\n      乙：县市区", 5, "全角冒号"),
        (f"{HEAD}      甲: 名称\n     乙: 县市区", 5, "缩进"),
        (f"{HEAD}      '甲: 名称\n      乙: 县市区", 4, "引号"),
        (f"{HEAD}      甲: [名称, 企业年报.企业\n      乙: 县市区", 4, "方括号"),
        (f"{HEAD}      *甲: 名称", 4, "* 开头"),
        (f"{HEAD}      甲: @名称", 4, "@ 开头"),
        (f"{HEAD}      %甲: 名称", 4, "% 开头"),
        (f"{HEAD}      甲: !名称 是", 4, "! 开头"),
        (f"{HEAD}      甲: 名称\n      乙\n      丙: 县市区", 5, "冒号"),
        (f"{HEAD}      甲: 名称\n      甲: 县市区", 5, "写了两次"),
        (f'{HEAD}      "甲\\q": 名称', 4, "单引号"),
        (f"{HEAD}      甲: 名称\n---\ntables: []", 5, "---"),
        (f"{HEAD}      甲: 名\x01称", 4, "控制字符"),
        (f"{HEAD}      ? [甲]\n      : 名称", 4, "文字"),
    ],
)
def test_a_fault_of_writing_is_told_with_its_line_and_what_to_do(text, line, word):
    with pytest.raises(BadMapping) as caught:
        read_mapping(text, load_schema())
    (fault,) = caught.value.faults
    assert f"第 {line} 行" in fault
    assert word in fault
    assert not any(english in fault for english in ("expected", "found", "scanning", "while"))


def test_a_full_width_colon_where_nothing_else_is_wrong_is_named():
    with pytest.raises(BadMapping) as caught:
        read_mapping("tables:\n  - kinds: 企业\n    columns: 甲：名称", load_schema())
    assert "半角" in caught.value.faults[0]
