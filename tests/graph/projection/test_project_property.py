"""Any sequence of loads, replacements and undos: the graph updated in place equals a graph built anew,
and the same batches give the same content hash, whatever was loaded and undone between.

LIANPU_TEST_SEQUENCES=100 for the full run.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.city.city import City, open_city
from graph.ledger.batch import Part, RowEntry, row_digest
from graph.review.queue import ReviewQueue
from graph.store.protocol import Summary

CHAINS = ["甲链", "乙链"]
SEGMENTS = ["锯条", "锯床", "特钢/不锈钢"]
FIRMS = ["示例一", "浙江示例锯床", "浙江省示例锯床有限公司", "示例锯床有限公司"]
COUNTIES = ["示例县", "示例邻县"]
CODE = "91110000600037341L"

maybe = st.one_of
none = st.none()


def row(**values: Any) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({k: v if isinstance(v, st.SearchStrategy) else st.just(v) for k, v in values.items()})


ROWS = {
    "县市区": row(名称=st.sampled_from(COUNTIES), 上级=maybe(none, st.sampled_from(COUNTIES))),
    "产业链": row(名称=st.sampled_from(CHAINS), 县市区=st.sampled_from(COUNTIES)),
    "环节": row(产业链=st.sampled_from(CHAINS), 名称=st.sampled_from(SEGMENTS), 上级环节=maybe(none, st.sampled_from(SEGMENTS)), 已调查=maybe(none, st.sampled_from(["是", "否"]))),
    "环节供给": row(产业链=st.sampled_from(CHAINS), 上游环节=st.sampled_from(SEGMENTS), 下游环节=st.sampled_from(SEGMENTS)),
    "企业": st.fixed_dictionaries({
        "名称": st.sampled_from(FIRMS), "曾用名": maybe(none, st.sampled_from(FIRMS)),
        "统一社会信用代码": maybe(none, none, st.just(CODE)), "县市区": maybe(none, st.sampled_from(COUNTIES)),
        "产业链": maybe(none, st.sampled_from(CHAINS)), "环节": maybe(none, st.sampled_from([*SEGMENTS, "锯条、锯床"])),
        "主要产品": maybe(none, st.sampled_from(["锯条", "锯条、圆锯"])), "资质": maybe(none, st.just("国高(2023)")),
        "产值(万元)": maybe(none, st.sampled_from([100.0, 200.0])), "年份": maybe(none, st.sampled_from([2023, 2024])),
        "状态": maybe(none, st.sampled_from(["在产", "停产", "签约"])),
    }),
    "技术需求": row(名称=st.sampled_from(["需求一", "需求二"]), 产业链=maybe(none, st.sampled_from(CHAINS)), 提出企业=maybe(none, st.sampled_from(FIRMS)), 环节=maybe(none, st.sampled_from(SEGMENTS))),
    "高校院所": row(名称=st.sampled_from(["示例一", "示例大学"])),
    "决定": st.one_of(
        row(决定=st.sampled_from(["合并", "不合并"]), 类别="企业", 名称=st.sampled_from(FIRMS), 对象=st.sampled_from(FIRMS)),
        row(决定=st.sampled_from(["合并", "不合并"]), 类别="环节", 名称=st.sampled_from(SEGMENTS), 对象=st.sampled_from(["甲链/锯条", "示例县/乙链/锯床", "刀片"])),
        row(决定=st.sampled_from(["归入环节", "不归入环节"]), 类别="企业", 名称=st.sampled_from(FIRMS), 对象=st.sampled_from(["甲链/锯条", "锯床"])),
    ),
    "人才": row(姓名="示例团队", 单位=maybe(none, st.sampled_from(["示例一", "示例大学"]))),
}  # fmt: skip


@st.composite
def parts(draw: st.DrawFn) -> list[Part]:
    made = []
    for sheet in draw(st.lists(st.sampled_from(list(ROWS)), min_size=1, max_size=4, unique=True)):
        rows = draw(st.lists(ROWS[sheet], min_size=1, max_size=4))
        entries = []
        for number, raw in enumerate(rows, 2):
            values = {k: v for k, v in raw.items() if v is not None}
            grade = draw(st.sampled_from(["A", "B"]))
            entries.append(
                RowEntry(number, values, draw(st.sampled_from([None, "2024", "2025-05"])), grade, row_digest(values))
            )
        made.append(
            Part(draw(st.sampled_from(["一.xlsx", "二.xlsx"])), sheet, sheet, entries, [e.digest for e in entries], {})
        )
    return made


SEQUENCES = int(os.environ.get("LIANPU_TEST_SEQUENCES", "8"))
# A load, with the places of the visible rows that it withdraws; or the place of a batch to undo.
STEPS = st.lists(
    st.one_of(st.tuples(parts(), st.lists(st.integers(0, 40), max_size=3)), st.integers(0, 5)), min_size=1, max_size=8
)


def everything(city: City) -> tuple[Any, ...]:
    """All nodes, edges (records included) and waiting entries, whatever the order."""
    nodes = sorted(str(sorted(r.items(), key=str)) for k in city.schema.kinds.values() for r in city.store.nodes(k))
    edges = sorted(
        str((rel.name, a, b, sorted(r.items(), key=str)))
        for rel in city.schema.relations.values()
        for a, b in rel.ends
        for r in city.store.edges(rel, city.schema.kinds[a], city.schema.kinds[b])
    )
    return nodes, edges, city.store.waiting()


def to_review(city: City) -> dict[str, Any]:
    """What waits for a person, as it is shown."""
    return ReviewQueue.of(city.projection(), city.schema).document(city.sources, None, 100)


@settings(
    max_examples=SEQUENCES, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(STEPS, st.booleans())
def test_in_place_equals_rebuilt_and_the_same_batches_give_the_same_hash(steps, partly):
    folder = Path(tempfile.mkdtemp(prefix="lianpu-test-"))
    try:
        city = open_city(folder)
        if partly:  # however small the ledger, only what a step touches is read
            city.updates.small_part, city.updates.wide_part = 0, 1
        live: list[int] = []
        seen = {frozenset(live): city.hash()}
        for step in steps:
            if not isinstance(step, int):
                rows = [r.seq for r in city.ledger.records()]
                live.append(city.append(step[0], withdrawn={rows[n] for n in step[1] if n < len(rows)}).batch or 0)
            elif live:
                city.undo(live.pop(step % len(live)))
            city.summary()  # kept from now on, it follows what the next steps change
            assert city.in_step()
            assert seen.setdefault(frozenset(live), city.hash()) == city.hash()
        in_place, fingerprint, questions = everything(city), city.hash(), to_review(city)
        assert city.summary() == Summary(city.target_state(), *city.store.counts(), fingerprint, in_place[2])
        city.rebuild()
        assert everything(city) == in_place
        assert city.hash() == fingerprint
        assert to_review(city) == questions
        while live:
            city.undo(live.pop())
            assert seen.setdefault(frozenset(live), city.hash()) == city.hash()
        city.close()
    finally:
        shutil.rmtree(folder)
