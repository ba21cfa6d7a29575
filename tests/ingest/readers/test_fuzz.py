"""Files with random faults are refused in words or read; the long run is `bench/fuzz.py`."""

from __future__ import annotations

import pytest

from bench.fuzz import fuzz


@pytest.mark.parametrize("seed", range(2))
def test_no_byte_that_is_wrong_ends_the_program_or_the_child_that_reads(seed, tmp_path):
    tally = fuzz(48, seed, tmp_path)
    assert tally.crashes == []
    assert tally.outcomes["child ended by the file"] == 0
    assert tally.outcomes.total() == 48
    assert tally.outcomes["read"] > 0
    assert tally.outcomes["refused"] > 0
