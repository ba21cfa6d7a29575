"""Kinds are data: faults in them are found at start, all at once."""

from __future__ import annotations

import copy

import pytest

from graph.schema.check import SchemaFault
from graph.schema.parse import load_schema, parse_schema, schema_documents


@pytest.fixture
def documents():
    return list(schema_documents())


def kind(documents, caption):
    return next(d for d in documents if d.get("kind") == caption)


def test_every_fault_is_named_at_once(documents):
    broken = copy.deepcopy(documents)
    kind(broken, "企业")["columns"][0]["type"] = "noun"
    kind(broken, "环节")["key"] = ["没有这一列"]
    kind(broken, "平台")["label"] = "Enterprise"
    kind(broken, "项目")["columns"].append({"caption": "链接", "type": "ref", "to": ["火星"], "relation": "FLIES_TO"})
    with pytest.raises(SchemaFault) as caught:
        parse_schema(broken)
    said = " ".join(caught.value.faults)
    for part in ("noun", "没有这一列", "Enterprise", "火星", "FLIES_TO"):
        assert part in said


def test_every_kind_has_a_caption_a_label_an_icon_and_its_own_colour():
    schema = load_schema()
    assert len(schema.kinds) == 30
    assert len({k.label for k in schema.kinds.values()}) == 30
    assert all(k.looks.icon and k.looks.color.startswith("#") and k.about for k in schema.kinds.values())


def test_every_sheet_of_the_contract_is_there():
    wanted = (
        "县市区 产业链 环节 环节供给 企业 企业年报 资质认定 供应关系 外部供给 产品 产品关系 企业产品 关键技术 "
        "技术需求 科技成果 项目 平台 高校院所 人才 活动 指标 完成情况 计划 任务 任务进展 延期 政策 技术合同 招商线索 供需对接"
    )
    assert set(wanted.split()) <= set(load_schema().sheets)


def test_a_new_kind_needs_no_code(documents):
    extra = {
        "kind": "产业基金", "label": "Fund", "about": "支持产业链的基金", "icon": "¥", "color": "#ffcc00", "key": ["名称"],
        "columns": [
            {"caption": "名称", "field": "name", "type": "name", "required": True},
            {"caption": "规模(万元)", "field": "size", "type": "money"},
            {"caption": "产业链", "type": "ref", "list": True, "to": ["产业链"], "edges": [{"relation": "IN_CHAIN"}]},
        ],
    }  # fmt: skip
    schema = parse_schema([*documents, extra])
    assert ("产业基金", "产业链") in schema.relations["IN_CHAIN"].ends
    assert schema.sheets["产业基金"].by_caption["可信度"].words == ("A", "B", "C")
