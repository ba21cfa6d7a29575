"""What segments are called in the words of product lists: the vocabulary is whole, and the chain decides the sense."""

from __future__ import annotations

import pytest

from graph.analysis.config import GapConfig
from graph.analysis.recruiting.product_match import ProductMatch, sought
from graph.analysis.recruiting.vocabulary import TAILS, ChainWords, vocabulary

CONFIG = GapConfig()
MATCH = ProductMatch(CONFIG)
CAR, VALVE = ChainWords("示例汽车热管理产业链", ("冷凝器", "压缩机")), ChainWords("示例阀门产业链")


def answers(segment, around, *products):
    wanted = sought(segment, around, CONFIG)
    return [bool(MATCH.answers(wanted, p)) for p in products]


def test_every_sense_has_words_for_what_is_made_and_never_tells_apart_what_it_looks_for():
    senses = vocabulary().all()
    assert len(senses) > 1000
    assert all(s.names and s.products for s in senses)
    against_itself = [(s.names[0], p, x) for s in senses for p in s.products for x in s.excluded if x in p]
    assert against_itself == []
    assert [s.names for s in senses if set(s.names) <= set(TAILS)] == []


@pytest.mark.parametrize(
    ("segment", "around", "product", "answer"),
    [
        ("压缩机", CAR, "汽车空调压缩机", True),
        ("压缩机", CAR, "螺杆空气压缩机", False),
        ("数控系统与电气", ChainWords("示例机械装备产业链", ("锯床",)), "伺服系统", True),
        ("球阀整机", VALVE, "工业阀门", True),
        ("阀门铸锻件", VALVE, "自由锻件", True),
        ("车灯类", ChainWords("示例汽车零部件产业链"), "汽车灯具", True),
        ("车灯类", ChainWords("示例汽车零部件产业链"), "路灯", False),
        ("创伤类", ChainWords("示例骨科医疗器械产业链"), "骨科植入耗材", True),
        ("弯管机系列", ChainWords("示例装备产业链"), "弯管机", True),
        ("弯管机系列", ChainWords("示例装备产业链"), "不锈钢弯管", False),
        ("电池材料", ChainWords("示例新能源产业链"), "三元正极材料", True),
        ("电池材料", ChainWords("示例新能源产业链"), "锂离子电池", False),
        (
            "拉床",
            ChainWords("示例机械装备产业链"),
            "拉刀",
            False,
        ),  # a maker of broaches is no maker of broaching machines
        ("轴承钢与坯料", ChainWords("示例滚动功能部件产业链"), "轴承保持架", False),
    ],
)
def test_a_chain_decides_what_a_segment_means(segment, around, product, answer):
    assert answers(segment, around, product) == [answer]


def test_a_part_in_front_is_no_sense_of_the_whole():
    wanted = sought("阀门检测设备", VALVE, CONFIG)
    assert not any("球阀" in s.products for s in wanted.senses)
