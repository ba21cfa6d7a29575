"""Words that needs and results share because they are needs and results: they tell little of what one is about."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import yaml


@cache
def genre() -> frozenset[str]:
    """The words of `genre.yaml`."""
    return frozenset(yaml.safe_load((files("graph.analysis.matching") / "genre.yaml").read_text("utf-8")))
