"""What is matched, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass

FITTING = 0.5  # the score from which something fits
TOLD = 0.15  # points of it that words of the matter must bring, beside those that any two texts may share


@dataclass(frozen=True, slots=True)
class Matchable:
    """A need, or what may answer one. `marks` are names it is filed under: segments, technologies, keywords."""

    key: str
    title: str
    detail: str = ""
    marks: tuple[str, ...] = ()
    holders: tuple[str, ...] = ()

    def texts(self) -> tuple[str, ...]:
        """Everything said of it; the title counts twice."""
        return tuple(filter(None, (self.title, self.title, self.detail, *self.marks)))


@dataclass(frozen=True, slots=True)
class Reason:
    """One term of a score."""

    term: str
    points: float


@dataclass(frozen=True, slots=True)
class Match:
    """What may answer a need, with a score in [0, 1] that its reasons add up to.

    `told` are the points of words and marks that say what need and result are about.
    """

    key: str
    score: float
    reasons: tuple[Reason, ...]
    told: float = 0.0

    @property
    def fits(self) -> bool:
        """Whether it answers the need, as far as words tell."""
        return self.score >= FITTING and self.told >= TOLD
