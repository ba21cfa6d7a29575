"""What is missing from an edited map: proposed to be taken away, and only that which the file once held."""

from __future__ import annotations

from collections.abc import Iterator

from graph.outline import WHOLE, MapScope, label_mark
from ingest.mindmap.edits import MapEdit, Rewrite
from ingest.mindmap.grammar import UNITS
from ingest.mindmap.match import MapMatch
from ingest.mindmap.topics import KnownTopic


def removals(match: MapMatch) -> Iterator[MapEdit]:
    """Boxes that the file held and holds no more, those below one with it. A file without our ids tells nothing of it."""
    scope = match.root.mark.scope if match.root.mark else None
    if scope is None or not match.marked:
        return
    held = list(_held(match.known.root, scope, 0, scope.branch == WHOLE))
    missing = {id(box) for box in held if not match.has(box) and box.batch <= scope.batch}
    for box in held:
        within = box.above is not None and id(box.above) in missing and bool(box.above.name)
        if id(box) in missing and (box.kind == "环节" or not within):
            yield from _removed(box, match, missing)


def _held(box: KnownTopic, scope: MapScope, depth: int, inside: bool) -> Iterator[KnownTopic]:
    """The boxes that a file of this scope holds, below the root."""
    inside = inside or scope.branch in (label_mark(box.name), label_mark(box.label))
    if depth and inside:
        yield box
    if not scope.depth or depth < scope.depth:
        for child in box.children:
            yield from _held(child, scope, depth + 1, inside)


def _removed(box: KnownTopic, match: MapMatch, missing: set[int]) -> Iterator[MapEdit]:
    if not box.name or box.kind == "阶段":
        return  # a group goes with what is in it
    here = box.place()
    below = sum(id(b) in missing for b in box.walk()) - 1
    text = f"删去{here.title}下的{box.kind}“{box.name}”" + (f"（图上连同下面 {below} 项）" if below else "")
    if not (box.link or box.kind == "环节"):
        yield MapEdit("未改", box.kind, box.name, f"{text}：它的位置由数据得出，没有删")
        return
    elsewhere = any(id(b) not in missing for b in match.by_ref[box.ref])
    gone = not elsewhere and box.kind not in UNITS and set(box.own) <= _of_this_chain(box, match)
    if gone:
        mentions = [r for r in match.known.mentions.get(box.ref, ()) if r not in box.own]
        rewrites = tuple(Rewrite(r, box.kind, box.name) for r in mentions)
        yield MapEdit("删去", box.kind, box.name, f"{text}：撤下它的行", (), rewrites, box.own, sure=False)
        return
    yield MapEdit("删去", box.kind, box.name, f"{text}：不再归在这里，其他内容保留", (), let_go(box), sure=False)


def _of_this_chain(box: KnownTopic, match: MapMatch) -> set[int]:
    """The rows of a thing that name no other chain."""
    return set(box.own) - set(match.known.elsewhere)


def let_go(box: KnownTopic) -> tuple[Rewrite, ...]:
    """The rows that put a box where it stands, without that."""
    if box.link is None:
        return ()
    here, (relation, source, _) = box.place(), box.link
    kind, name = (here.kind, here.name) if source == box.ref else (box.kind, box.name)
    return tuple(Rewrite(row, kind, name, None, relation) for row in box.records)
