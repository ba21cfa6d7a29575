"""The house: rooms of a size that a reader can hold, functions that fit a screen, no signature that fights the formatter."""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGES = ("graph", "ingest", "api", "viz", "cypher")
MODULES = sorted(p for package in PACKAGES for p in (ROOT / package).rglob("*.py"))
ROOM, FILE, FUNCTION = 15, 350, 50  # modules in a room, lines of a file, lines of a function
# Words that named modules before each got the field's own noun.
FORMER = {
    "alike",
    "sameness",
    "likeness",
    "lookalikes",
    "decided",
    "doubts",
    "asking",
    "city_docs",
    "pool",
    "fall",
    "regional",
    "words",
    "whatif",
    "waiting",
    "names",
    "paths",
    "placing",
    "foreign",
    "mapped",
    "mapped_sheet",
    "similar",
    "remarks",
    "mindmap_tree",
    "paper",
    "screen",
    "screen_advice",
    "screen_mapping",
    "screen_review",
    "deps",
    "body",
    "firmname",
    "gap_docs",
    "likenesses",
    "targets",
}


def functions() -> list[tuple[Path, ast.FunctionDef | ast.AsyncFunctionDef, list[str]]]:
    out = []
    for path in MODULES:
        text = path.read_text("utf-8")
        lines = text.splitlines()
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                out.append((path, node, lines))
    return out


def place(path: Path, line: int = 1) -> str:
    return f"{path.relative_to(ROOT)}:{line}"


def test_a_room_holds_at_most_fifteen_modules():
    rooms = Counter(p.parent for p in MODULES if p.name != "__init__.py")
    assert [place(room) for room, count in rooms.items() if count > ROOM] == []


def test_no_file_is_longer_than_a_reader_can_hold():
    assert [place(p) for p in MODULES if len(p.read_text("utf-8").splitlines()) > FILE] == []


def test_no_function_is_longer_than_a_screen():
    long = [place(p, f.lineno) for p, f, _ in functions() if (f.end_lineno or 0) - f.lineno >= FUNCTION]
    assert long == []


def test_no_signature_is_kept_from_the_formatter():
    kept = []
    for path, node, lines in functions():
        head = lines[node.lineno - 1 : node.body[0].lineno]
        signature = [*head[:1], *(line for line in head[1:] if re.match(r"\s*\)", line))]
        if any("fmt: skip" in line for line in signature):
            kept.append(place(path, node.lineno))
    assert kept == []


def test_modules_bear_the_nouns_of_the_field():
    assert [place(p) for p in MODULES if p.stem in FORMER] == []


def test_one_class_name_has_one_meaning():
    classes = Counter(
        node.name
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    )
    assert [name for name, count in classes.items() if count > 1] == []


def test_a_local_is_named_by_what_it_holds():
    vague = {"said", "told", "found", "made", "near"}
    named = {
        place(path, node.lineno)
        for path, function, _ in functions()
        for node in ast.walk(function)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node.id in vague
    }
    assert sorted(named) == []
