"""How a topic of a mind map file says what it is: an id that comes back from an edited file, and tells what was edited.

An id holds where the topic stood (itself and what was above it) and what it was called, each as a digest: a topic
that was renamed or moved is known again, and one that the home changed meanwhile is not taken for edited. The root's
id also says when the file was written, and which part of the map it holds.
"""

from __future__ import annotations

import hashlib
import re
from typing import NamedTuple

from graph.text import norm

_PLACE, _LABEL = 12, 8  # hexadecimal digits
_ID = re.compile(r"(?:ID_)?lp([0-9a-f]{12})([0-9a-f]{12})([0-9a-f]{8})(?:b(\d{1,12})d(\d{1,3})r([0-9a-f]{8}))?")
WHOLE = "0" * _LABEL  # the branch of a map that is not cut


class MapScope(NamedTuple):
    """What a file holds of a map: the last batch that it knows, levels (0 = all) and branch (WHOLE = all)."""

    batch: int
    depth: int = 0
    branch: str = WHOLE


class TopicMark(NamedTuple):
    """What an id says: the topic's place, that of the topic above it, what it was called; of the root the scope.

    >>> root = TopicMark.of("", "示例链", "示例链", MapScope(3))
    >>> TopicMark.read(root.text()) == root, TopicMark.read("ID_" + root.text()) == root, TopicMark.read("abc")
    (True, True, None)
    """

    place: str
    above: str
    label: str
    scope: MapScope | None = None

    @classmethod
    def of(cls, above: str, key: str, label: str, scope: MapScope | None = None) -> TopicMark:
        """The mark of a topic below the place `above`, told from its siblings by `key`."""
        return cls(_digest(f"{above}\n{key}", _PLACE), above or "0" * _PLACE, label_mark(label), scope)

    @classmethod
    def read(cls, text: str) -> TopicMark | None:
        """The mark that an id holds; None for an id of somebody else."""
        if not (match := _ID.fullmatch(text)):
            return None
        place, above, label, batch, depth, branch = match.groups()
        return cls(place, above, label, MapScope(int(batch), int(depth), branch) if batch else None)

    def text(self) -> str:
        """The id."""
        scope = "b{}d{}r{}".format(*self.scope) if self.scope else ""
        return f"lp{self.place}{self.above}{self.label}{scope}"


def label_mark(label: str) -> str:
    """What a topic is called, as a digest."""
    return _digest(norm(label), _LABEL)


def _digest(text: str, digits: int) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:digits]
