"""What a person did to a picture, one step after the other, as it stands in the address: `open.ID`, `path.ID.ID` …"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from graph.projection.identity import is_id

GROUP = re.compile(r"[A-Z_]+\.(?:in|out)\.[A-Za-z]+")
DOERS = {
    "add": 1,  # a node more
    "open": 1,  # the discs of a node
    "group": 1,  # the best of one of its groups: group.ID.RELATION.out.Label
    "draw": 2,  # some of its neighbours: draw.PARENT.ID…
    "path": 2,  # the shortest path between two
    "paths": 2,  # all paths of at most four steps between two
    "common": 2,  # what both are tied to
    "hide": 1,
    "only": 1,
    "pin": 1,
    "free": 1,  # no longer pinned
    "move": 1,  # move.ID.X.Y
}
MOST_STEPS = 400
PLACE = re.compile(r"-?\d{1,5}")


@dataclass(frozen=True, slots=True)
class GroupKey:
    """Neighbours of one kind by one relation, as seen from a node."""

    relation: str
    out: bool
    label: str  # of the other kind

    def __str__(self) -> str:
        return f"{self.relation}.{'out' if self.out else 'in'}.{self.label}"

    @classmethod
    def parse(cls, text: str) -> GroupKey | None:
        """The inverse of `str`; None for other text.

        >>> GroupKey.parse("SUPPLIES.in.Enterprise")
        GroupKey(relation='SUPPLIES', out=False, label='Enterprise')
        """
        if not GROUP.fullmatch(text):
            return None
        relation, way, label = text.split(".")
        return cls(relation, way == "out", label)


@dataclass(frozen=True, slots=True)
class PictureStep:
    """One step: what is done, to which nodes."""

    doer: str
    ids: tuple[str, ...]
    group: GroupKey | None = None
    place: tuple[int, int] | None = None


def read_step(text: str) -> PictureStep | None:
    """A step as the address writes it; None for what is none.

    >>> a, b = "a" * 20, "b" * 20
    >>> read_step(f"path.{a}.{b}").ids == (a, b), read_step(f"move.{a}.-5.12").place
    (True, (-5, 12))
    >>> read_step("open.somebody"), read_step(f"dance.{a}"), read_step(f"path.{a}")
    (None, None, None)
    """
    doer, *rest = text.split(".")
    group = place = None
    if doer == "group":
        group, rest = GroupKey.parse(".".join(rest[1:])), rest[:1]
        if group is None:
            return None
    if doer == "move":
        if len(rest) != 3 or not all(map(PLACE.fullmatch, rest[1:])):
            return None
        place, rest = (int(rest[1]), int(rest[2])), rest[:1]
    if len(rest) < DOERS.get(doer, len(rest) + 1) or not all(map(is_id, rest)):
        return None
    return PictureStep(doer, tuple(rest), group, place)


def read_steps(texts: Iterable[str]) -> tuple[list[PictureStep], int]:
    """The steps that are some, and how many are none or beyond what a picture takes."""
    written = list(texts)
    steps = [step for text in written[:MOST_STEPS] if (step := read_step(text))]
    return steps, len(written) - len(steps)
