"""A server that dies in the middle of a load; `bench/neo4j_kill.py` does it ten times and more."""

from __future__ import annotations

from both import SPARE

from bench.neo4j_kill import rounds


def test_killing_the_server_in_the_middle_of_a_load_leaves_the_ledger_whole_and_the_next_rebuild_completes(
    spare, tmp_path
):
    spare.stop()
    spare.configure(**SPARE)
    done = rounds(1, firms=150, seed=2, work=tmp_path, server=spare)
    assert [(d["lost"], d["ledger_whole"], d["rebuilt"]) for d in done] == [(True, True, True)]
