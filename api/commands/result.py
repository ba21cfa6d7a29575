"""What a command gives back."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from api.home.drawing import Draw
    from api.home.session import Session

DONE, PARTLY = 0, 1
D = TypeVar("D")


@dataclass(frozen=True, slots=True)
class Result(Generic[D]):
    """A document, and the exit code that goes with it: done, or done in part (also: nothing found)."""

    document: D
    code: int = DONE


def found(document: D, *lists: object) -> Result[D]:
    """The document, done in part where none of the lists in it holds anything.

    >>> found({"hits": []}, []).code, found({"hits": ["锯条"]}, ["锯条"]).code
    (1, 0)
    """
    return Result(document, DONE if any(lists) else PARTLY)


def written(session: Session, draw: Draw[int], file: str, start: float) -> Result[Any]:
    """A file drawn, and how long that took since `start`."""
    size = session.draw(draw, Path(file))
    return Result({"file": file, "bytes": size, "seconds": round(time.perf_counter() - start, 2)})
