"""发展路径: where the chain stands and what it lacks, then year by year what the plan asks and who does what."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from graph.analysis.grading.statuses import BY_GRAVITY, STATUSES
from graph.answers.documents.plan import TargetDocument, TaskDocument
from graph.answers.documents.recruiting import CandidatesDocument
from graph.model import ChainView
from graph.naming.chain import chain_title
from viz.charts.chain_tree import subject_of
from viz.charts.sheet import ChartSheet, LegendSign, shortened, sign_of, status_signs
from viz.charts.tiles import Tile, stack_sheets
from viz.theme import GROUP, INK, LIGHT_STYLES, LINK, MUTED, PALE, SOFT, STATUS_STYLES, WHITE, Look, is_hatched, look_of
from viz.wording import day_text, money_text

COLUMNS = 4  # of years; earlier ones share the first
UNDATED, CHAIN = "没有期限", "产业链"
DAY = Look(MUTED, WHITE, WHITE)
STAND, TASK = Look(GROUP, SOFT, GROUP, INK), Look(GROUP, WHITE, LINK, INK)
WORDS = {"未报": "未报进展"}


def development_path(
    view: ChainView,
    plan: CandidatesDocument,
    targets: Sequence[TargetDocument],
    tasks: Sequence[TaskDocument],
    at: str,
) -> list[ChartSheet]:
    """The path on as many sheets as it needs."""
    dated = sorted(
        [*((t["deadline"], _target(t, view.county)) for t in targets), *((t["deadline"], _task(t)) for t in tasks)],
        key=lambda one: one[0] or "9999",
    )
    columns = _columns(sorted({deadline[:4] for deadline, _ in dated if deadline}))
    by_year: dict[str, list[Tile]] = defaultdict(list)
    caption = ""
    last: str | None = ""
    for deadline, tile in dated:
        caption = columns[deadline[:4]] if deadline else caption or UNDATED  # what has no day follows what has one
        if deadline != last and caption != UNDATED:
            by_year[caption].append(Tile(f"{day_text(deadline)}前" if deadline else UNDATED, 0, DAY))
        by_year[caption].append(tile)
        last = deadline
    captions = list(by_year)
    sources = [*(e for t in targets for e in t["evidence"]), *(e for t in tasks for e in t["evidence"])]
    lights = [s for word, s in LIGHT_STYLES.items() if any(t["light"] == word for t in targets)]
    legend = (
        *status_signs(g["status"] for g in plan["gaps"]),
        *(LegendSign(f"指标{s.word}", s, sign_of(s)) for s in lights),
        LegendSign("任务", TASK),
    )
    note = f"指标和任务的进度按{at}计；缺口的补齐期限计划没有写明，待明确。" + (
        "" if captions else "暂无指标和任务数据，列入待补清单。"
    )
    subject = subject_of(view, "发展路径图", sources, legend=legend, note=note)
    return stack_sheets(subject, [("现状和缺口", _standing(view, plan)), *((c, by_year[c]) for c in captions)])


def _columns(years: Sequence[str]) -> Mapping[str, str]:
    """Each year with the caption of its column: the last ones have one each, those before share one.

    >>> list(_columns(["2021", "2022", "2023", "2024", "2025"]).values())
    ['2022年及以前', '2022年及以前', '2023年', '2024年', '2025年']
    """
    early = years[: len(years) - COLUMNS + 1] if len(years) > COLUMNS else ()
    return {y: f"{early[-1]}年及以前" if y in early else f"{y}年" for y in years}


def _standing(view: ChainView, plan: CandidatesDocument) -> list[Tile]:
    """Counts of the statuses, then the gaps in their order."""
    counts = Counter(s["status"] for s in view.segments if s["counted"])
    shown = "、".join(f"{STATUSES[c].caption}{counts[c]}个" for c in BY_GRAVITY if counts[c])
    tiles = [Tile(f"环节{counts.total()}个：{shown}" if shown else "环节尚未登记", 0, STAND)]
    for gap in plan["gaps"]:
        own = (gap["county"], gap["chain"]) == (view.county, view.chain)
        name = gap["segment"] if own else f"{gap['segment']}（{chain_title(gap['county'], gap['chain'])}）"
        place = "先补名单" if gap["rank"] is None else f"{'并列' if gap['tied'] else ''}第{gap['rank']}"
        note = f"{STATUS_STYLES[gap['status']].icon} {gap['caption']}　{place}"
        tiles.append(Tile(name, 0, look_of(gap["status"], gap["flags"]), note))
    return tiles if len(tiles) > 1 else [*tiles, Tile("没有要补的环节", 0, PALE)]


def _target(target: TargetDocument, county: str) -> Tile:
    style = LIGHT_STYLES[target["light"]]
    whose = (
        ""
        if target["subject_kind"] == CHAIN
        else "（全县）"
        if target["subject"] == county
        else f"（{target['subject']}）"
    )
    note = "　".join(p for p in (f"{sign_of(style)} {style.word}", money_text(target["asked"])) if p)
    return Tile(f"{target['indicator']}{whose}", 0, style, note, is_hatched(target["light"], target["flags"]))


def _task(task: TaskDocument) -> Tile:
    state = "已过期限" if task["late"] else WORDS.get(task["progress"], task["progress"])
    owners = shortened(task["owners"], 9, 120, "个单位")
    note = "　".join(p for p in (state, owners) if p)
    return Tile(" ".join(p for p in (task["code"], task["name"]) if p), 0, TASK, note)
