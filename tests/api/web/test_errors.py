"""Every error code has one meaning and one HTTP status."""

from __future__ import annotations

import pkgutil
from collections import defaultdict
from collections.abc import Iterator
from importlib import import_module

import api
import graph
import ingest
import viz
from api.web.errors import CODES, STATUS
from graph.errors import LianpuError

SHARED = {
    "over_limit": {"TooLarge", "TooLong"},  # of files and of forms: one meaning
    "bad_row": {"BadRow", "BadForm"},
    "unknown_name": {"Unknown", "NoBranch"},  # of the data and of a mind map
}


def errors() -> Iterator[type[LianpuError]]:
    """Every class of error in the program."""
    for package in (graph, ingest, viz, api):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if ".migrations" not in module.name:
                import_module(module.name)
    waiting: list[type[LianpuError]] = [LianpuError]
    while waiting:
        found = waiting.pop()
        yield found
        waiting += found.__subclasses__()


def test_every_code_has_its_status():
    codes = {e.code for e in errors()}
    assert codes == set(STATUS), "a code without a status, or a status without a code"
    assert sum(len(codes.split()) for codes in CODES.values()) == len(STATUS)


def test_no_two_errors_share_a_code_with_different_meanings():
    by_code = defaultdict(set)
    for error in errors():
        if "code" in vars(error):
            by_code[error.code].add(error.__name__)
    assert {code: names for code, names in by_code.items() if len(names) > 1} == SHARED
