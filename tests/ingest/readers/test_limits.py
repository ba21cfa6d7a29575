"""What docs/导入.md says of limits and suffixes is what holds."""

from __future__ import annotations

import re
from pathlib import Path

from ingest.readers import SUFFIXES
from ingest.readers.base import Limits

PAGE = (Path(__file__).parents[3] / "docs" / "导入.md").read_text("utf-8")


def test_the_page_states_every_limit():
    held = Limits()
    stated = [int(n.replace(",", "")) for n in re.findall(r"^\|.*\| ([\d,]+) \|$", PAGE, re.MULTILINE)]
    assert stated == [
        held.file_mb, held.inflated_mb, held.ratio, held.parts, held.sheets, held.columns, held.rows,
        held.characters, held.nesting, held.topics, held.pages, held.seconds, held.memory_mb,
    ]  # fmt: skip
    assert f"超过 {held.ratio_from_mb} MB 时" in PAGE
    assert f"每 MB 加 {held.seconds_per_mb:.0f}" in PAGE
    assert f"每 MB 加 {held.memory_per_mb}" in PAGE


def test_the_page_names_every_suffix():
    assert [s for s in SUFFIXES if f"`{s}`" not in PAGE] == []
