"""What is kept from one state to the next is what a fresh reading gives, and what a change leaves alone is kept."""

from __future__ import annotations

import random
from datetime import date

import pytest
from builders import COUNTIES, write_book
from random_world import World

from graph.analysis.config import GapConfig
from graph.answers.chains import view_of
from graph.answers.cuts import cuts
from graph.answers.nodes import show
from graph.answers.overview import overview
from graph.answers.recruiting import candidates
from graph.answers.search import search
from graph.answers.state import ANSWERS, State
from graph.answers.statuses import gaps
from graph.city.city import open_city
from graph.errors import LianpuError
from ingest.load.pipeline import load

DAY = date(2026, 6, 1)
# Two chains with nothing in common but their county.
CHAINS = {
    "县市区": COUNTIES,
    "产业链": [["名称", "县市区"], ["示例甲链", "示例县"], ["示例乙链", "示例县"]],
    "环节": [
        ["产业链", "名称", "阶段", "已调查"],
        ["示例甲链", "锯条", "上游", "是"], ["示例甲链", "锯床", "中游", "是"],
        ["示例乙链", "茶叶", "上游", "是"], ["示例乙链", "茶饮", "中游", "是"],
    ],
    "环节供给": [["产业链", "上游环节", "下游环节"], ["示例甲链", "锯条", "锯床"], ["示例乙链", "茶叶", "茶饮"]],
    "企业": [
        ["名称", "县市区", "产业链", "环节", "产值(万元)", "年份", "状态"],
        ["示例锯条厂", "示例县", "示例甲链", "锯条", 100, 2024, "在产"],
        ["示例锯床厂", "示例县", "示例甲链", "锯床", 300, 2024, "在产"],
        ["示例茶厂", "示例县", "示例乙链", "茶叶", 100, 2024, "在产"],
        ["示例茶饮厂", "示例县", "示例乙链", "茶饮", 100, 2024, "在产"],
    ],
}  # fmt: skip
FIRM = CHAINS["企业"][0]


def fresh(city):
    return State(city, GapConfig(), DAY)


@pytest.fixture(scope="module")
def chains(tmp_path_factory):
    made = open_city(tmp_path_factory.mktemp("kept") / "home")
    load(made, [write_book(tmp_path_factory.mktemp("in") / "始.xlsx", CHAINS)])
    yield made
    made.close()


def whole(state):
    """Everything that is answered about a city."""
    answered = {
        "overview": overview(state),
        "gaps": gaps(state),
        "search": search(state, "示例"),
        "waiting": state.waiting(),
    }
    for chain in state.chains():
        name = f"{chain.county}/{chain.name}"
        answered[name] = [
            view_of(state, chain),
            gaps(state, chain=name),
            gaps(state, chain=name, scope="市"),
            cuts(state, name),
            candidates(state, name),
            *(show(state, "企业", firm["name"]) for firm in state.reader.nodes("企业")[:3]),
        ]
    return answered


def changed(state, outcome):
    return state.after(outcome.changes) if outcome.changes is not None else fresh(state.city)


EDITS = {
    "a firm's figure": {"企业": [FIRM, ["示例锯条厂", "示例县", "示例甲链", "锯条", 900, 2025, "在产"]]},
    "a firm that stops": {"企业": [FIRM, ["示例锯条厂", "示例县", "示例甲链", "锯条", 100, 2024, "停产"]]},
    "a firm that comes to stand on both chains": {"企业": [FIRM, ["示例锯床厂", "示例县", "示例乙链", "茶饮", 1, 2024, "在产"]]},
    "a new firm on a segment": {"企业": [FIRM, ["示例新厂", "示例邻县", "示例乙链", "茶叶", 5, 2024, "在产"]]},
    "a firm that nobody knows": {"企业": [["名称", "所在地"], ["示例远厂", "浙江省杭州市"]]},
    "a product of it": {"企业": [["名称", "所在地", "主要产品"], ["示例远厂", "浙江省杭州市", "锯条"]]},
    "an honour": {"企业": [["名称", "县市区", "资质"], ["示例茶厂", "示例县", "国家高新技术企业(2023)"]]},
    "a new segment": {"环节": [["产业链", "名称", "阶段", "已调查"], ["示例乙链", "锯条", "配套", "是"]]},
    "a feed between the chains": {
        "环节供给": [["产业链", "上游环节", "下游环节", "下游产业链"], ["示例甲链", "锯床", "茶饮", "示例乙链"]]
    },
    "a new chain": {"产业链": [["名称", "县市区"], ["示例丙链", "示例邻县"]]},
    "a supply": {"供应关系": [["供方", "需方", "内容"], ["示例茶厂", "示例茶饮厂", "茶叶"]]},
    "a need": {"技术需求": [["名称", "产业链", "环节", "需求单位"], ["示例需求", "示例甲链", "锯床", "示例锯床厂"]]},
}  # fmt: skip


@pytest.mark.parametrize("edit", EDITS)
def test_after_a_change_and_after_its_undoing_answers_are_those_of_a_fresh_reading(chains, tmp_path, edit):
    state = fresh(chains)
    whole(state)
    outcome = load(chains, [write_book(tmp_path / "改.xlsx", EDITS[edit])]).outcome
    assert outcome.changes is not None
    for change in (outcome, chains.undo(outcome.batch)):
        state = changed(state, change)
        assert whole(state) == whole(fresh(chains))


def test_what_is_about_another_chain_is_kept(chains, tmp_path):
    state = fresh(chains)
    whole(state)
    saws, tea = sorted(state.chains(), key=lambda c: c.name == "示例乙链")
    after = changed(state, load(chains, [write_book(tmp_path / "改.xlsx", EDITS["a firm's figure"])]).outcome)
    assert after.about(tea.id).supply() is state.about(tea.id).supply()
    assert view_of(after, tea) is view_of(state, tea)
    assert after.about(saws.id).supply() is not state.about(saws.id).supply()
    assert after.chains() is state.chains()


def test_of_the_answers_only_the_last_ones_are_kept(chains):
    state, made = fresh(chains), []
    for n in (*range(ANSWERS + 1), 1, 0):
        state.answer(("示例", n), lambda n=n: made.append(n))
    assert made == [*range(ANSWERS + 1), 0]


@pytest.mark.parametrize("seed", range(2))
def test_after_random_changes_too(tmp_path, seed):
    chance, world = random.Random(seed), World(seed)
    city = open_city(tmp_path / "home")
    try:
        load(city, [write_book(tmp_path / "始.xlsx", CHAINS)])
        state, batches = fresh(city), []
        for n in range(4):
            if batches and chance.random() < 0.3:
                outcome = city.undo(batches.pop(chance.randrange(len(batches))))
            else:
                outcome = city.append(world.file(f"{n}.xlsx", 2))
                batches.append(outcome.batch)
            state = changed(state, outcome)
            assert answered(state) == answered(fresh(city))
    finally:
        city.close()


def answered(state):
    """Everything, or which fault it has: random worlds hold names that mean two things."""
    try:
        return whole(state)
    except LianpuError as fault:
        return str(fault)
