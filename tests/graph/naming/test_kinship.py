"""A listed company is no candidate where its own subsidiary stands; a shared brand alone is a question."""

from __future__ import annotations

import pytest

from graph.naming.kinship import Kin, KnownFirm, kinship

LISTED = KnownFirm.of("上海示正科技股份有限公司", "示正科技", (None, "688950"), {"上市板块": "科创板"})


def firm(name, aliases=None, code=None, **extras):
    return KnownFirm.of(name, aliases, (None, code), extras)


@pytest.mark.parametrize(
    ("local", "kin"),
    [
        (firm("示正科技"), Kin.SAME),
        (firm("丽水示正电子有限公司", code="688950"), Kin.SAME),
        (firm("丽水新名电子有限公司", "上海示正科技股份有限公司"), Kin.SAME),
        (firm("示正科技（丽水）有限公司"), Kin.SISTER),
        (firm("示正科技股份有限公司"), Kin.SISTER),
        (firm("浙江示正科技股份有限公司"), Kin.LIKELY),
        (firm("上海示正科技股份有限公司丽水分公司"), Kin.SISTER),
        (firm("丽水远名电子有限公司", 母公司="上海示正科技股份有限公司"), Kin.SISTER),
        (firm("丽水远名电子有限公司", 控股股东="示例投资、示正科技"), Kin.SISTER),
        (firm("丽水远名电子有限公司", 备注="示正科技布局的一环"), Kin.LIKELY),
        (firm("丽水示正阀门有限公司"), Kin.LIKELY),
        (firm("丽水机械科技有限公司"), None),
        (firm("丽水远名科技有限公司", 备注="与它无关"), None),
    ],
)
def test_how_a_local_firm_belongs_to_a_listed_one(local, kin):
    there, back = kinship(local, LISTED), kinship(LISTED, local)
    assert (there and there.kin) == kin == (back and back.kin)
    assert there is None or there.why
