"""Every status has a look, and the pages' stylesheet is what the table says."""

from pathlib import Path

from graph.analysis.grading.statuses import PALE_FLAGS, STATUSES
from viz.dark import DARK
from viz.theme import LIGHT_STYLES, PALE, STATUS_STYLES, TOKENS, dark, look_of, stylesheet, tokens

ROOT = Path(__file__).parents[2]


def test_every_status_has_a_look_of_its_own_and_no_other_has():
    assert list(STATUS_STYLES) == list(STATUSES)
    assert len({s.icon for s in STATUS_STYLES.values()}) == len(STATUSES)


def test_the_committed_stylesheet_is_what_the_table_says():
    text = (ROOT / "api" / "web" / "static" / "theme.css").read_text("utf-8")
    assert text == stylesheet() + dark(), "python -m viz.theme > api/web/static/theme.css"


def test_what_is_to_be_checked_is_pale_whatever_its_status():
    assert all(look_of(code, [flag]) is PALE for code in STATUSES for flag in PALE_FLAGS)


def _luminance(color: str) -> float:
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_every_text_can_be_read_on_its_ground_by_day_and_by_night():
    looks = [*STATUS_STYLES.values(), *LIGHT_STYLES.values(), PALE]
    pairs = [(look.color, ground) for look in looks for ground in ("#ffffff", look.fill)]
    grounds = ("paper", "ground", "soft")
    pairs += [(TOKENS[t], TOKENS[g]) for t in ("ink", "muted", "hint", "brand", "picked") for g in grounds]
    pairs += [(TOKENS[t], TOKENS[g]) for t, g in (("warn-ink", "warn"), ("flag-ink", "flag"), ("brand", "brand-soft"))]
    assert [p for p in pairs if _contrast(*p) < 4.5] == []
    assert [p for p in pairs if _contrast(DARK[p[0]], DARK[p[1]]) < 4.5] == []


def test_every_colour_of_a_page_has_one_for_the_night():
    assert [name for name, color in tokens().items() if color not in DARK] == []
