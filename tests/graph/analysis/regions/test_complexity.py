"""Economic complexity against reference values, and what comparing regions says in the product."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from graph.analysis.config import GapConfig
from graph.analysis.facts import ChainFact, Facts, RegionFact, SegmentFact
from graph.analysis.grading.grade import graded
from graph.analysis.regions.compare import compare_regions
from graph.analysis.regions.complexity import (
    complexity,
    density,
    has,
    location_quotient,
    outlook_gain,
    outlook_index,
    proximity,
    rca,
)
from graph.analysis.supply.availability import Supply

# Which of 30 product groups ten countries exported with advantage in 1995, and reference indices of that matrix.
OWNED = {
    "aut": "000100011000110111001101101010", "blx": "111111100110001101011110000000",
    "che": "110101011011010010000111101010", "deu": "000001110110110110010001011110",
    "dnk": "101110000001101000000011000101", "esp": "100110100110110100111011110000",
    "gbr": "111101111011100011101001011110", "ita": "000000001000001110100000110101",
    "pol": "100010000000001001101000000001", "svn": "000001001110011000101110111001",
}  # fmt: skip
ECI = {
    "aut": 1.073207218, "blx": -0.315976463, "che": 1.067737213, "deu": 1.200861158, "dnk": -0.977704635,
    "esp": 0.018039044, "gbr": 0.535920614, "ita": -0.421184002, "pol": -2.170709343, "svn": -0.010190804,
}  # fmt: skip
PCI = {0: -1.470491886, 7: 2.794806327, 29: -3.434600369}
M = np.array([[int(c) for c in row] for row in OWNED.values()], dtype=float)


def test_the_indices_are_those_of_the_reference_to_nine_digits():
    found = complexity(M)
    assert dict(zip(OWNED, found.eci, strict=True)) == pytest.approx(ECI, abs=1e-9)
    assert {i: found.pci[i] for i in PCI} == pytest.approx(PCI, abs=1e-9)
    assert density(M, proximity(M))[6, 11] == pytest.approx(0.815465729, abs=1e-9)


def test_the_index_of_a_region_is_the_mean_of_its_products():
    found = complexity(M)
    assert (M @ found.pci / M.sum(axis=1)) == pytest.approx(found.eci, abs=1e-12)


def test_an_advantage_is_a_share_of_shares_and_nothing_has_none():
    values = np.array([[3.0, 1.0, 0.0], [1.0, 3.0, 0.0], [0.0, 0.0, 0.0]])
    assert rca(values)[0, 0] == pytest.approx((3 / 4) / (4 / 8))
    assert rca(values)[2].tolist() == [0, 0, 0]
    assert has(values).tolist() == [[1, 0, 0], [0, 1, 0], [0, 0, 0]]


def test_the_outlook_is_about_what_a_region_lacks_and_follows_its_definition():
    found, phi = complexity(M), proximity(M)
    near = density(M, phi)
    gain = outlook_gain(M, phi, found)
    assert np.all(gain[M == 1] == 0)
    row, column = 0, 0
    by_hand = sum(
        phi[j, column] / phi[:, j].sum() * found.pci_raw[j] for j in range(M.shape[1]) if not M[row, j]
    )  # fmt: skip
    assert gain[row, column] == pytest.approx(by_hand / found.sd)
    lacking = [near[row, j] * found.pci_raw[j] for j in range(M.shape[1]) if not M[row, j]]
    assert outlook_index(M, near, found)[row] == pytest.approx(sum(lacking))


def test_regions_that_are_all_alike_or_empty_cannot_be_compared():
    for m in (np.ones((3, 3)), [[1, 0], [1, 0]], np.zeros((0, 0))):
        with pytest.raises(ValueError, match="region"):
            complexity(m)


def test_a_location_quotient_of_few_makers_says_nothing():
    low, middle, high = location_quotient(0, 0.5, 2.0)
    assert low < 1 < high
    assert middle == pytest.approx(2 / 2.5)
    assert location_quotient(1, 30, 2.0)[2] < 1


def counties(number: int) -> Facts:
    """Counties with a chain each: all make saws, half of them blades too, of which the first has far too few."""
    regions = [RegionFact("市", "示例市"), *(RegionFact(f"r{i}", f"示例{i}县", "市") for i in range(number))]
    chains = [ChainFact(f"c{i}", f"示例链{i}", f"r{i}") for i in range(number)]
    made = {"锯床": lambda i: 4, "锯带": lambda i: (1 if i == 0 else 40) if i % 2 == 0 else 0, "阀门": lambda i: i % 3}
    made |= {"铸件": lambda i: 30 if i == 0 else i % 5}
    segments = [
        SegmentFact(f"s{i}{name}", name, f"c{i}", surveyed="是", stated=count(i))
        for i in range(number) for name, count in made.items()
    ]  # fmt: skip
    return Facts(tuple(regions), tuple(chains), tuple(segments))


def rows_of(facts: Facts):
    config, supply = GapConfig(), Supply(facts)
    found = graded(supply, config=config, today=date(2026, 6, 1), regional=compare_regions(supply, config))
    return {r.segment_id: r for r in found}


def test_with_too_few_regions_nothing_is_said_and_the_score_says_so():
    assert compare_regions(Supply(counties(19)), GapConfig()) == {}
    row = rows_of(counties(19))["s0锯带"]
    assert row.scores.feasibility.value is None
    assert row.scores.feasibility.text == "区域样本不足，不计算"
    assert row.scores.target == row.scores.priority
    assert "相对薄弱" not in row.flags


def test_with_enough_regions_feasibility_target_and_relative_weakness_speak():
    rows = rows_of(counties(20))
    weak, strong = rows["s0锯带"], rows["s2锯带"]
    assert "相对薄弱" in weak.flags
    assert "相对薄弱" not in strong.flags
    regional = compare_regions(Supply(counties(20)), GapConfig())["s1锯带"]
    scores = rows["s1锯带"].scores
    assert scores.feasibility.value == pytest.approx(100 * regional.density)
    expected = scores.priority**0.5 * scores.feasibility.value**0.3 * (100 * regional.complexity) ** 0.2
    assert scores.target == pytest.approx(expected, abs=1e-5)
    assert all(
        0 <= r.complexity <= 1 and 0 <= r.density <= 1
        for r in compare_regions(Supply(counties(20)), GapConfig()).values()
    )


@pytest.mark.parametrize(("own", "compared"), [(3, True), (None, False)])
def test_a_parent_is_compared_where_it_has_makers_of_its_own(own, compared):
    facts = counties(20)
    parents = [SegmentFact(f"s{i}机床", "机床", f"c{i}", surveyed="是", stated=own) for i in range(20)]
    below = [replace(s, parent=s.id.replace("锯床", "机床")) if s.name == "锯床" else s for s in facts.segments]
    found = compare_regions(Supply(replace(facts, segments=(*parents, *below))), GapConfig())
    assert ("s0机床" in found, "s0锯床" in found) == (compared, True)


def test_a_gap_can_be_compared_but_is_not_called_relatively_weak():
    rows = rows_of(counties(20))
    assert rows["s1锯带"].total == 0
    assert rows["s1锯带"].scores.feasibility.value is not None
    assert "相对薄弱" not in rows["s1锯带"].flags
