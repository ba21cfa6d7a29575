"""Every dot of the two-axis chart stands inside its axes, however many there are."""

import re

import pytest

from viz.chainmap.gapchart import BOTTOM, HEIGHT, LEFT, RADIUS, RIGHT, STRIP, TOP, WIDTH, gap_chart

CIRCLE = re.compile(r'<circle cx="([\d.-]+)" cy="([\d.-]+)"')


def scored(number: int, gap: float | None, criticality: float) -> dict[str, object]:
    scores = {
        "gap": {"value": gap},
        "criticality": {"value": criticality},
        "feasibility": {"value": None},
        "rank": number,
    }
    return {
        "segment_id": f"s{number}",
        "segment": f"示例环节{number}",
        "caption": "薄弱",
        "status": "弱链",
        "scores": scores,
    }


@pytest.mark.parametrize(("gap", "criticality"), [(0, 0), (100, 100), (100, 0), (50, 50), (None, 100), (None, 0)])
def test_dots_of_one_place_stand_beside_each_other_inside_the_axes(gap, criticality):
    chart = gap_chart([scored(n, gap, criticality) for n in range(1, 301)])
    places = [(float(x), float(y)) for x, y in CIRCLE.findall(chart)]
    low, high = STRIP if gap is None else (LEFT, WIDTH - RIGHT)
    assert len(places) == 300
    assert all(low + RADIUS < x < high - RADIUS for x, _ in places)
    assert all(TOP + RADIUS < y < HEIGHT - BOTTOM - RADIUS for _, y in places)
    assert len(set(places)) > 40
