"""Every status has a look, and the pages' stylesheet is what the table says."""

from pathlib import Path

from graph.analysis.grading.statuses import PALE_FLAGS, STATUSES
from viz.theme import PALE, STATUS_STYLES, look_of, stylesheet

ROOT = Path(__file__).parents[2]


def test_every_status_has_a_look_of_its_own_and_no_other_has():
    assert list(STATUS_STYLES) == list(STATUSES)
    assert len({s.icon for s in STATUS_STYLES.values()}) == len(STATUSES)


def test_the_committed_stylesheet_is_what_the_table_says():
    text = (ROOT / "api" / "web" / "static" / "theme.css").read_text("utf-8")
    assert text == stylesheet(), "python -m viz.theme > api/web/static/theme.css"


def test_what_is_to_be_checked_is_pale_whatever_its_status():
    assert all(look_of(code, [flag]) is PALE for code in STATUSES for flag in PALE_FLAGS)


def _luminance(color: str) -> float:
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_every_status_can_be_read_on_white_and_on_its_own_ground():
    for style in STATUS_STYLES.values():
        for ground in ("#ffffff", style.fill):
            assert (_luminance(ground) + 0.05) / (_luminance(style.color) + 0.05) >= 4.5, style.code
