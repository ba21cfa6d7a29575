"""A chain and its county in one name."""

from __future__ import annotations

import pytest

from graph.naming.chain import chain_title


@pytest.mark.parametrize(
    ("county", "chain", "title"),
    [
        ("缙云县", "缙云机械装备产业链", "缙云县机械装备产业链"),
        ("缙云县", "缙云县机械装备产业链", "缙云县机械装备产业链"),
        ("缙云县", "机械装备产业链", "缙云县机械装备产业链"),
        ("景宁畲族自治县", "景宁竹木加工产业链", "景宁畲族自治县竹木加工产业链"),
        ("丽水经济技术开发区", "丽水半导体产业链", "丽水经济技术开发区半导体产业链"),
        ("丽水经济技术开发区", "特色半导体产业链", "丽水经济技术开发区特色半导体产业链"),
        ("示例县", "示例锯床产业链", "示例县锯床产业链"),
        ("示例邻县", "示例阀门产业链", "示例邻县示例阀门产业链"),
        ("缙云县", "缙云", "缙云"),
    ],
)
def test_a_place_stands_once_in_the_name_of_a_chain(county: str, chain: str, title: str) -> None:
    assert chain_title(county, chain) == title
