"""招引路线: each gap in its order, who could close it, from where, and what would change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from graph.answers.documents.recruiting import CandidateDocument, CandidatesDocument, GapDocument
from graph.model import ChainView
from graph.naming.chain import chain_title
from graph.naming.places import place_of
from viz.charts.chain_tree import subject_of
from viz.charts.sheet import ChartSheet, shortened, status_signs
from viz.charts.tiles import Tile, TileColumns, tile_sheets
from viz.theme import BRAND, LINK, PALE, STATUS_STYLES, WHITE, Look, look_of

COLUMNS = TileColumns(("要补的环节（按先抓次序）", "候选企业（得分）", "所在地", "落地后的变化"), (1.3, 1.7, 1.1, 1.8))
NOBODY, UNPLACED = "暂无对得上的外地企业", "所在地未注明"
FIRM, PARTNER = Look(BRAND, WHITE, BRAND), Look("#237804", WHITE, "#237804")
NAMED = 6  # provinces named in the footer


def recruiting_routes(view: ChainView, plan: CandidatesDocument) -> list[ChartSheet]:
    """The routes, gap by gap in their one order."""
    trees = [_gap(view, plan, gap) for gap in plan["gaps"]] or [Tile("没有要补的环节", 0, PALE)]
    sources = [s for c in plan["candidates"] for s in c["sources"]]
    note = "".join(_notes(plan))
    legend = status_signs(g["status"] for g in plan["gaps"])
    return tile_sheets(subject_of(view, "招引路线图", sources, legend=legend, note=note), COLUMNS, trees)


def _gap(view: ChainView, plan: CandidatesDocument, gap: GapDocument) -> Tile:
    own = (gap["county"], gap["chain"]) == (view.county, view.chain)
    name = gap["segment"] if own else f"{gap['segment']}（{chain_title(gap['county'], gap['chain'])}）"
    place = "先补名单" if gap["rank"] is None else f"{'并列' if gap['tied'] else ''}第{gap['rank']}"
    note = f"{STATUS_STYLES[gap['status']].icon} {gap['caption']}　{place}"
    firms = [c for c in plan["candidates"] if c["segment_id"] == gap["segment_id"]]
    children = [*(_partner(p["segment"], p["firms"]) for p in gap["partners"]), *(_firm(c) for c in firms)]
    return Tile(name, 0, look_of(gap["status"], gap["flags"]), note, children=tuple(children or [_nobody()]))


def _firm(candidate: CandidateDocument) -> Tile:
    change = candidate["change"].replace(" → ", "，可升为")
    then = Tile(change, 3, Look(PALE.ink, WHITE, LINK)) if change else None
    where = Tile(candidate["location"] or UNPLACED, 2, Look(PALE.ink, WHITE, LINK), children=(then,) if then else ())
    note = f"{candidate['score']:.0f}分" + (f"，{candidate['product']}" if candidate["product"] else "")
    return Tile(candidate["firm"], 1, FIRM, note, children=(where,))


def _partner(segment: str, firms: list[str]) -> Tile:
    """Whom of the city to work with, instead of recruiting."""
    return Tile(shortened(firms, 10, 300), 1, PARTNER, f"市内协同（{segment}），先对接配套，不重复招引")


def _nobody() -> Tile:
    return Tile(NOBODY, 1, PALE)


def _notes(plan: CandidatesDocument) -> Iterator[str]:
    firms = {c["firm_id"]: c for c in plan["candidates"]}
    where = Counter(_province(c["location"]) for c in firms.values()).most_common()
    if where:
        named = "、".join(f"{province}{n}家" for province, n in where[:NAMED])
        yield f"候选企业{len(firms)}家，来自{named}{'等' if len(where) > NAMED else ''}。"
    if unknown := plan["to_survey"]:
        yield f"未摸底的环节{len(unknown)}个，先摸底后招引，未列入本图。"


def _province(location: str | None) -> str:
    place = place_of(location) if location else None
    return place.province if place and place.province else location or UNPLACED
