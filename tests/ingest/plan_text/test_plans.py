"""Plans of made-up places in the styles of governments, against the targets that a person reads in them."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from ingest.plan_text.document import line_of
from ingest.plan_text.reading import read_plan

ROOT = Path(__file__).parents[3]
PLANS = sorted((Path(__file__).parent / "plans").glob("*.txt"))
spec = importlib.util.spec_from_file_location("bench_plan_text", ROOT / "bench" / "plan_text.py")
bench = importlib.util.module_from_spec(spec)
spec.loader.exec_module(bench)


def reading(path: Path):
    lines = path.read_text("utf-8").splitlines()
    return read_plan([line_of(line, f"第{i}段") for i, line in enumerate(lines, 1)])


@pytest.mark.parametrize("plan", PLANS, ids=lambda p: p.stem)
def test_nine_of_ten_targets_are_read_and_nine_of_ten_that_are_read_are_right(plan):
    golds, targets = bench.gold_of(plan.with_suffix(".csv")), reading(plan).targets
    pairs = list(bench.matched(golds, targets))
    missed = [g["indicator"] for g in golds if not any(g is m for m, _ in pairs)]
    too_much = [bench.line(t) for t in targets if not any(t is m for _, m in pairs)]
    assert len(pairs) >= 0.9 * len(golds), missed
    assert len(pairs) >= 0.9 * len(targets), too_much
    assert [g["indicator"] for g, t in pairs if g["subject"] not in ("", t.subject)] == []


def test_every_target_leads_to_its_sentence_and_its_place_in_the_text():
    for plan in PLANS:
        whole = reading(plan)
        for target in whole.targets:
            text = whole.passages[target.span.passage]
            assert 0 <= target.span.start < target.span.end <= len(text)
            assert target.sentence[:10] in text or target.sentence in text
            assert 0.3 <= target.confidence <= 0.95
            assert target.where


def test_what_is_told_of_the_past_promised_as_money_or_scored_is_no_target():
    names = {p.stem: " ".join(t.indicator for t in reading(p).targets) for p in PLANS}
    for plan, words in (
        ("医药三年行动", "奖励 补助 利润"),
        ("茶产业意见", "补助 奖励 茶农增收"),
        ("招商攻坚", "签约占 到资占 工作经费"),
    ):
        assert not any(word in names[plan] for word in words.split()), names[plan]


def test_tasks_are_the_numbered_headings_with_their_owners_and_the_rows_of_task_tables():
    tasks = reading(next(p for p in PLANS if p.stem == "绿色低碳")).tasks
    assert [(t.code, t.name, t.owners) for t in tasks] == [
        ("一", "推进能源结构优化", ["市发展改革委", "市生态环境局"]),
        ("二", "实施节能降碳改造", ["市工业和信息化局"]),
        ("三", "健全标准体系", ["市市场监管局", "市工业和信息化局"]),
    ]
    rows = reading(next(p for p in PLANS if p.stem == "数字经济方案")).tasks
    assert ("编制数据目录", ["区数据局", "各街道"], "2025-03") in [(t.name, t.owners, t.deadline) for t in rows]
