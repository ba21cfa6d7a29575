"""What waits for a person is shown in the order of the rows, whatever was loaded and undone between."""

from __future__ import annotations

from anew import SCHEMA, updated_as_anew

from graph.ledger.batch import LedgerSheet
from graph.projection.project import project
from graph.review.queue import ReviewQueue

FIRM = "浙江示例锯床有限公司"
ROWS = [
    ("县市区", {"名称": "示例县"}),
    ("产业链", {"县市区": "示例县", "名称": "示例链"}),
    ("环节", {"县市区": "示例县", "产业链": "示例链", "名称": "锯条"}),
    ("供应关系", {"供方": "浙江示例锯床", "需方": FIRM}),
    ("企业", {"名称": FIRM, "县市区": "示例县", "主要产品": "锯条"}),
    ("企业", {"名称": FIRM, "县市区": "示例县", "主要产品": "圆锯、带锯"}),
    ("供应关系", {"供方": FIRM, "需方": "浙江示例锯床"}),
]


def test_rows_that_come_back_are_shown_where_they_stand():
    sheets = [LedgerSheet(1, kind, "一.xlsx", kind, {}, False) for kind, _ in ROWS]
    rows = {n: sheets[n].record(n, n + 2, values, None, "B") for n, (_, values) in enumerate(ROWS)}
    without = {n: r for n, r in rows.items() if n not in (3, 4)}
    whole = project(without.values(), SCHEMA)
    updated = updated_as_anew(whole, without, rows).whole(whole)
    queues = [ReviewQueue.of(p, SCHEMA) for p in (updated, project(rows.values(), SCHEMA))]
    shown = [q.document(lambda seqs: {s: {"record": s} for s in seqs}, None, 100) for q in queues]
    assert shown[0] == shown[1]
    assert shown[0]["placing"][0]["text"].startswith("锯条、圆锯、带锯")
