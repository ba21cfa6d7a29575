"""kill -9 in each step that writes: the home opens again with nothing of it or the whole; `bench/kill.py` does it 25 times."""

from __future__ import annotations

import sys

import pytest

from bench.kill import STEPS, rounds


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_a_step_that_is_killed_leaves_nothing_of_it_or_the_whole(tmp_path):
    counted = rounds(tmp_path, count=1, size=60, seed=5)
    assert [counted[step]["failures"] for step in STEPS] == [0] * len(STEPS)
