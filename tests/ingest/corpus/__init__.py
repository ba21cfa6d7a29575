"""Made files as people send them, each with exactly what must come out of it.

A case builds one file or folder; `rows` are read, accepted, rejected, unchanged, skipped. `findings` are
all errors and warnings by address, and those notes that are asked for by `notes`.
"""

from __future__ import annotations

from corpus import beside, containers, kinds, layout, no_value, numbers, parts, periods, shapes, text, units, words
from corpus.case import Case

__all__ = ["CASES", "Case"]

CASES = [
    case
    for theme in (beside, text, layout, kinds, containers, numbers, shapes, periods, parts, units, words, no_value)
    for case in theme.CASES
]
