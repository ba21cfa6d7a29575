"""Files that mean harm or are broken, each with what must become of it.

`rows`: that many rows are accepted and nothing is an error. `refused`: an error of the file, or of a cell of
it, says this; `kept` rows of it are accepted all the same.
"""

from __future__ import annotations

from hostile import containers, maps, no_file, pdf, text, word, workbooks
from hostile.kind import Hostile

__all__ = ["KINDS", "Hostile"]

KINDS = [kind for theme in (containers, workbooks, text, word, pdf, maps, no_file) for kind in theme.KINDS]
