"""What is matched, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Matchable:
    """A need, or what may answer one. `marks` are names it is filed under: segments, technologies, keywords."""

    key: str
    title: str
    detail: str = ""
    marks: tuple[str, ...] = ()
    holders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """One term of a score."""

    term: str
    points: float


@dataclass(frozen=True, slots=True)
class Match:
    """What may answer a need, with a score in [0, 1] that its reasons add up to."""

    key: str
    score: float
    reasons: tuple[Reason, ...]

    @property
    def fits(self) -> bool:
        """Whether it answers the need, as far as words tell."""
        return self.score >= FITTING


FITTING = 0.5  # the score from which something fits
