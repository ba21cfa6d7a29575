"""One row per status, flag and score; one order of gravity."""

import re
from pathlib import Path

import pytest

from graph.analysis.config import GapConfig
from graph.analysis.grading.statuses import BY_GRAVITY, FLAGS, SCORES, STATUSES, filled

ROOT = Path(__file__).parents[4]
LIST = re.compile(rf"""(?:["'](?:{"|".join(STATUSES)})["'][^"']{{1,6}}){{4}}""")


def test_what_asks_for_action_comes_first_and_what_is_not_known_before_what_is_well():
    assert BY_GRAVITY == ("断链", "卡脖子", "缺链", "弱链", "空白", "未知", "稳链", "强链", "不适用")


def test_the_rules_are_tried_in_one_order():
    assert sorted(s.tried for s in STATUSES.values()) == list(range(len(STATUSES)))


def test_a_gap_is_graded_and_can_be_raised():
    assert all(s.graded and s.level is not None for s in STATUSES.values() if s.is_gap)


def test_every_text_can_be_filled_from_the_parameters():
    texts = [s.when for s in STATUSES.values()] + [f.when for f in FLAGS.values()] + [s.how for s in SCORES.values()]
    assert all("{" not in filled(text, GapConfig()) for text in texts)


def test_every_score_has_its_weight_among_the_parameters():
    assert all(hasattr(GapConfig(), s.weight) for s in SCORES.values())


@pytest.mark.parametrize("package", ["graph", "viz", "api", "ingest"])
def test_no_other_place_lists_the_statuses(package):
    files = [
        f for s in ("py", "html", "js", "css") for f in (ROOT / package).rglob(f"*.{s}") if "vendor" not in f.parts
    ]
    assert not [f for f in files if LIST.search(f.read_text("utf-8"))]
