"""Answers about one chain are the same whether its skeleton is read alone or every chain of the city."""

from __future__ import annotations

from datetime import date

import pytest
from builders import COUNTIES, write_book

from graph.analysis.config import GapConfig
from graph.answers.cuts import cuts
from graph.answers.lookup import find_chain
from graph.answers.recruiting import candidates
from graph.answers.scenarios import Supposition, choices, whatif
from graph.answers.state import State
from graph.answers.statuses import gaps
from graph.city.city import open_city
from ingest.load.pipeline import load


@pytest.fixture(scope="module")
def city(copy_examples, tmp_path_factory):
    made = open_city(copy_examples(tmp_path_factory.mktemp("skeleton") / "home"))
    yield made
    made.close()


def fresh(city):
    return State(city, GapConfig(), date(2026, 6, 1))


class Whole(State):
    """Answers for which every chain is read."""

    def about(self, chain):
        return self


@pytest.fixture(scope="module")
def whole(city):
    return Whole(city, GapConfig(), date(2026, 6, 1))


def test_every_chain_of_the_example_data_gives_the_same_read_alone(city, whole):
    for chain in whole.chains():
        name = f"{chain.county}/{chain.name}"
        assert gaps(fresh(city), chain=name) == gaps(whole, chain=name)
        assert gaps(fresh(city), chain=name, scope="市") == gaps(whole, chain=name, scope="市")
        assert candidates(fresh(city), name) == candidates(whole, name)
        assert cuts(fresh(city), name) == cuts(whole, name)
        for firm in choices(whole, name)["firms"][:1]:
            lost = Supposition(remove=[firm])
            assert whatif(fresh(city), name, supposed=lost) == whatif(whole, name, supposed=lost)


def test_a_loss_elsewhere_is_seen_from_a_chain_that_has_nothing_to_do_with_it(city, whole):
    chain, lost = "遂昌县/遂昌新能源新材料产业链", Supposition(remove=["示例甲锯床有限公司"], stop=["示例外购来源丁"])
    effect = whatif(fresh(city), chain, supposed=lost)
    assert {s["segment"] for s in effect["stopped"]} >= {"示例切削液", "示例拉床"}
    assert effect == whatif(whole, chain, supposed=lost)


def test_a_loss_on_a_chain_that_is_only_alike_is_followed_to_where_it_leads(tmp_path):
    sheets = {
        "县市区": [*COUNTIES],
        "产业链": [["名称", "县市区"], ["示例甲链", "示例县"], ["示例乙链", "示例邻县"], ["示例丙链", "示例邻县"]],
        "环节": [
            ["产业链", "名称", "阶段", "已调查"],
            ["示例甲链", "热处理", "配套", "是"], ["示例乙链", "热处理", "配套", "是"], ["示例丙链", "淬火", "配套", "是"],
        ],
        "企业": [["名称", "县市区", "产业链", "环节", "状态"], ["示例热处理厂", "示例邻县", "示例乙链", "热处理", "在产"],
                ["示例热处理厂", "示例邻县", "示例丙链", "淬火", "在产"]],
    }  # fmt: skip
    made = open_city(tmp_path / "home")
    load(made, [write_book(tmp_path / "a.xlsx", sheets)])
    effect = whatif(fresh(made), "示例甲链", supposed=Supposition(remove=["示例热处理厂"]))
    made.close()
    assert {(c["chain"], c["segment"]) for c in effect["changed"]} == {("示例乙链", "热处理"), ("示例丙链", "淬火")}


def test_a_chain_read_alone_leaves_the_others_unread(city, whole):
    state = fresh(city)
    alone = state.about(find_chain(state, "庆元竹木产业链").id)
    assert 0 < len(alone.facts().segments) < 10 < len(whole.facts().segments)
