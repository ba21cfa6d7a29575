"""An update reads only what a change touches, and comes to what projecting every row anew comes to.

Any loads, replacements, undoings, decisions, renamings, codes and namesakes, one after the other;
LIANPU_TEST_SEQUENCES=1000 for the full run.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from anew import SCHEMA, updated_as_anew
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule
from random_world import NAMES, World

from graph.ledger.batch import LedgerSheet
from graph.model import Record
from graph.projection.project import project

SEEDS = st.integers(0, 1 << 30)
PLACES = st.lists(st.integers(0, 200), max_size=4)
FIRMS = [*NAMES["企业"], "示例旧名", "浙江示例锯床有限公司", "浙江省示例锯床", "示例锯床"]
CODES = ["91110000600037341L", "91331100143052304E", "91330000710957810X"]  # the last is not valid
LISTED_CODES = ["000001", "000002", "000001SZ", "SZ.000002", "sh000001"]
PATHS = [
    f"{place}{name}" for place in ("", "示例链/", "示例县/示例链/", "示例邻县/示例锯床链/") for name in NAMES["环节"]
]
VERDICTS = ["合并", "不合并", "归入环节", "不归入环节"]
KINDS = ["企业", "产品", "环节", "高校院所", "平台", "产业链"]
LISTED = ["示例甲公司", "示例旧名", "锯条", "圆锯、带锯", "ＡＢ锯", "AB锯", "浙江省示例锯床"]
Sheet = tuple[str, str, list[tuple[dict[str, Any], str | None, str]]]  # file, sheet, rows with date and grade


class Ledger(RuleBasedStateMachine):
    """A ledger in memory, and the projection that updates lead to."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: dict[int, Record] = {}
        self.batches: dict[int, tuple[set[int], set[int]]] = {}  # the rows that it brought, and withdrew
        self.live: list[int] = []
        self.whole = project([], SCHEMA)

    # -- the ledger -------------------------------------------------------------------------------

    def visible(self) -> dict[int, Record]:
        brought = set().union(*(self.batches[b][0] for b in self.live))
        hidden = set().union(*(self.batches[b][1] for b in self.live))
        return {seq: self.rows[seq] for seq in sorted(brought - hidden)}

    def append(self, sheets: Iterable[Sheet], places: Collection[int] = (), exact: bool = False) -> None:
        before, batch = self.visible(), len(self.batches) + 1
        brought = set()
        for file, kind, rows in sheets:
            sheet = LedgerSheet(batch, kind, file, kind, {}, exact)
            for number, (values, dated, grade) in enumerate(rows, 2):
                seq = len(self.rows) + 1
                self.rows[seq] = sheet.record(seq, number, values, dated, grade)
                brought.add(seq)
        listed = list(before)
        withdrawn = {listed[place] for place in places if place < len(listed)}
        self.batches[batch] = (brought, withdrawn)
        self.live.append(batch)
        self.follow(before)

    def state(self, kind: str, **values: Any) -> None:
        self.append([("补充.xlsx", kind, [(values, None, "B")])])

    def follow(self, before: Mapping[int, Record]) -> None:
        """Update what was known."""
        self.whole = updated_as_anew(self.whole, before, self.visible()).whole(self.whole)

    # -- what happens to it -----------------------------------------------------------------------

    @rule(seed=SEEDS, rows=st.sampled_from([1, 2, 3, 200]), places=PLACES)
    def load(self, seed, rows, places):
        world = World(seed, SCHEMA)
        parts = world.file(world.chance.choice(["一.xlsx", "二.xlsx"]), 3)
        taken = [(p.file, p.kind, [(r.values, r.as_of, r.grade) for r in p.rows[:rows]]) for p in parts]
        self.append(taken[:rows], places if rows < 200 else [])

    @rule(names=st.lists(st.sampled_from(LISTED), min_size=2, max_size=4), code=st.sampled_from(LISTED_CODES))
    def load_listed_companies(self, names, code):
        first, second, *_ = names
        tables: list[tuple[str, list[dict[str, Any]]]] = [
            ("企业", [{"名称": first, "证券代码": code, "曾用名": second, "状态": "外部"}]),
            ("产品", [{"名称": n} for n in names]),
            (
                "企业产品",
                [{"企业": code, "产品": n, "营收占比": 0.5} for n in names] + [{"企业": first, "产品": second}],
            ),
            ("产品关系", [{"产品": first, "关系": "上游材料", "对象产品": second}]),
            ("行业", [{"代码": code, "名称": first}]),
            ("企业行业", [{"企业": first, "行业": code}]),
        ]
        self.append([(f"{k}.csv", k, [(r, None, "B") for r in rows]) for k, rows in tables], exact=True)

    @rule(place=st.integers(0, 20))
    def undo(self, place):
        if self.live:
            before = self.visible()
            self.live.pop(place % len(self.live))
            self.follow(before)

    @rule(verdict=st.sampled_from(VERDICTS), kind=st.sampled_from(KINDS), data=st.data())
    def decide(self, verdict, kind, data):
        pool = PATHS if kind == "环节" else [*NAMES.get(kind, []), "示例旧名"] if kind != "企业" else FIRMS
        other = PATHS if verdict.endswith("环节") else pool
        kept, subject = data.draw(st.sampled_from(pool)), data.draw(st.sampled_from(other))
        self.state("决定", 决定=verdict, 类别=kind, 名称=kept, 对象=subject)

    @rule(name=st.sampled_from(FIRMS), former=st.sampled_from(FIRMS), county=st.sampled_from(NAMES["县市区"]))
    def rename(self, name, former, county):
        self.state("企业", 名称=name, 曾用名=former, 县市区=county)

    @rule(name=st.sampled_from(FIRMS), code=st.sampled_from(CODES))
    def give_a_code(self, name, code):
        self.state("企业", 名称=name, 统一社会信用代码=code)

    @rule(name=st.sampled_from(FIRMS), listed=st.sampled_from(LISTED_CODES), code=st.sampled_from([None, None, *CODES]))
    def give_a_stock_code(self, name, listed, code):
        self.state("企业", 名称=name, 证券代码=listed, **({"统一社会信用代码": code} if code else {}))

    @rule(
        name=st.sampled_from(FIRMS),
        state=st.sampled_from(["外部", "外部", "签约", "在产", None]),
        county=st.sampled_from([None, "示例外省市", *NAMES["县市区"]]),
        segment=st.sampled_from(NAMES["环节"]),
        grade=st.sampled_from("ABC"),
    )
    def place_a_firm(self, name, state, county, segment, grade):
        values = {"名称": name, "状态": state, "县市区": county, "产业链": "示例链", "环节": segment}
        self.append([("补充.xlsx", "企业", [({k: v for k, v in values.items() if v}, None, grade)])])

    @rule(buyer=st.sampled_from([*FIRMS, "000001.SZ"]), seller=st.sampled_from(LISTED_CODES))
    def name_by_code(self, buyer, seller):
        self.state("供应关系", 供方=seller, 需方=buyer)

    @rule(county=st.sampled_from(NAMES["县市区"]), chain=st.sampled_from(NAMES["产业链"]))
    def add_a_namesake(self, county, chain):
        self.state("产业链", 县市区=county, 名称=chain)

    @rule(
        chain=st.sampled_from(NAMES["产业链"]),
        name=st.sampled_from(NAMES["环节"]),
        parent=st.sampled_from(NAMES["环节"]),
    )
    def hang_a_segment(self, chain, name, parent):
        self.state("环节", 产业链=chain, 名称=name, 上级环节=parent)

    @rule(name=st.sampled_from([*NAMES["产品"], "圆锯"]), alias=st.sampled_from(["示例别名", *NAMES["产品"]]))
    def alias_a_product(self, name, alias):
        self.state("产品", 名称=name, 别名=alias)


TestUpdate = Ledger.TestCase
TestUpdate.settings = settings(
    max_examples=int(os.environ.get("LIANPU_TEST_SEQUENCES", "100")),
    stateful_step_count=8,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
