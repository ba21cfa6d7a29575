"""摘要 and 产业链比较 of a region: one page of prose, and the chains and counties side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from graph.analysis.grading.statuses import STATUSES
from graph.answers.papers.region import RegionFacts
from graph.measures.needs import ASKED
from graph.plan.light import LATE, LIGHTS
from viz.paper.document import Paper
from viz.regions.tally import (
    GRADED,
    KINDS,
    UNKNOWN,
    ChainTally,
    alike,
    by_county,
    shared_gaps,
    things,
    total,
)
from viz.report.candidates import place_text
from viz.report.chapters.deadlines import lights_text
from viz.report.chapters.scope import meanings
from viz.wording import some, value_text

FIRST, NONE = 3, "—"  # gaps named in a sentence; what stands where nobody filed anything
HEADS = ("项目", "平台", "成果", "人才")  # of the columns of KINDS


def summary(paper: Paper, facts: RegionFacts, chains: Sequence[ChainTally]) -> None:
    """Write 摘要: scale, the first gaps, what supports them, how the targets stand."""
    paper.heading("摘要")
    if not chains:
        paper.say(f"{facts.name}的产业链暂无数据。")
        return
    for text in (_scale(facts, chains), _first(facts, chains), _support(chains), _targets(facts)):
        if text:
            paper.say(text)


def _scale(facts: RegionFacts, chains: Sequence[ChainTally]) -> str:
    segments, known = total(chains, "segments"), total(chains, "known")
    counties = f"分布在{len(by_county(chains))}个县（市、区），" if facts.county is None else ""
    share = f"，覆盖率{known / segments:.0%}" if segments else ""
    shown = [f"{STATUSES[c].caption}{total(chains, c)}个" for c in GRADED if total(chains, c)]
    statuses = f"已摸底环节中，{'、'.join(shown)}。" if shown else "目前没有已摸底的环节，不作强弱判断。"
    output = "企业产值暂无数据，列入附录“待补清单”。"
    if facts.output:
        year = f"{facts.output.year}年" if facts.output.year else ""
        stating = "年报填有产值" if facts.output.reported else "填有产值"
        output = f"{year}{stating}的企业{facts.output.firms}家，产值合计{value_text(facts.output.value, '万元')}。"
    unknown = f"，未摸底{segments - known}个；未摸底不等于缺失，应先调查" if segments > known else ""
    return (
        f"{facts.name}现有特色产业链{len(chains)}条，{counties}计入评定的环节{segments}个，已摸底{known}个{share}{unknown}。"
        f"{statuses}{output}"
    )


def _first(facts: RegionFacts, chains: Sequence[ChainTally]) -> str:
    """The first gap of each chain, those of the greatest weight first; then what several chains lack."""
    firsts = sorted(((one, one.gaps[0]) for one in chains if one.gaps), key=lambda p: -(p[1]["priority"] or 0))
    named = some([f"{one.title}的{one.named(gap)}（{gap['caption']}）" for one, gap in firsts], "个", FIRST)
    text = f"各链先抓的环节，以{named}最为突出。" if firsts else "各链已摸底环节中没有排出先后的断点、缺失和薄弱环节。"
    if same := alike(chains):
        listed = some([f"{name}（{len(own)}条链）" for name, own in same.items()], "个", FIRST)
        text += f"{listed}为多条产业链共同的短板，宜统筹补强。"
    if shared := list(shared_gaps(chains)):
        gaps = {(s.tally.title, s.gap["segment"]) for s in shared}
        text += f"其中{len(gaps)}个环节市内有企业可以对接配套，先协同、后招引。"
    if thin := [one for one in chains if one.thin]:
        count = sum(len(one.thin) for one in thin)
        text += f"另有{some([one.title for one in thin], '条链')}的{count}个环节资料不足，不排名，先补企业名单。"
    return text


def _support(chains: Sequence[ChainTally]) -> str:
    common, key = sum(one.needs.common for one in chains), sum(one.needs.key for one in chains)
    short = [one for one in chains if one.needs.missing]
    verdict = f"，达到{ASKED}项的产业链{len(chains) - len(short)}条、未达到的{len(short)}条"
    counted = {kind: things(chains, kind) for kind in KINDS}
    there = "、".join(f"{kind}{n}{KINDS[kind]}" for kind, n in counted.items() if n)
    none = "、".join(kind for kind, n in counted.items() if not n)
    return (
        f"已录技术需求{common + key}项（共性{common}、关键{key}）{verdict}。"
        + (f"支撑要素已录{there}。" if there else "")
        + (f"{none}暂无数据。" if none else "")
    )


def _targets(facts: RegionFacts) -> str:
    lights = Counter({light.word: sum(c["lights"][light.word] for c in facts.lights) for light in LIGHTS})
    if not lights.total() and not facts.targets:
        return "目标和完成情况暂无数据。"
    shown = "、".join(f"{light.word}{lights[light.word]}项" for light in LIGHTS if lights[light.word])
    text = f"对县（市、区）、产业链和企业的目标共{lights.total()}项次：{shown}。" if lights.total() else ""
    worst = [c for c in facts.lights if c["lights"][LATE.word]] if facts.county is None else []
    if worst:
        named = [f"{c['county']}（{c['lights'][LATE.word]}项）" for c in worst]
        text += f"逾期较多的是{some(named, '个县（市、区）')}。"
    if facts.targets:
        text += f"对全市，{lights_text(facts.targets)}"
    return text


def comparison(paper: Paper, facts: RegionFacts, chains: Sequence[ChainTally]) -> None:
    """Write 一、产业链比较, on pages that lie on their side."""
    if not chains:
        return
    paper.turn(landscape=True)
    paper.heading("一、产业链比较")
    if facts.county is None:
        paper.table("各县（市、区）比较", *_counties(facts, chains), size=9)
        paper.say(_coverage(chains))
        paper.new_page()
    paper.table("各产业链比较", *_chains(facts, chains), size=9)
    if shared := list(shared_gaps(chains)):
        rows = [
            (s.tally.title, s.tally.named(s.gap), s.gap["caption"], place_text(s.gap), s.where, some(s.firms, "家"))
            for s in shared
        ]
        headers = ("产业链", "环节", "状态", "先抓次序", "可在何处对接", "企业")
        paper.table("市内可以协同补强的环节", headers, rows, size=9)
    paper.say("“—”表示没有填报，不作为零；没有列出的状态和结论，各链、各县均无；各数的依据见各产业链章节所引的数据行。")
    paper.turn(landscape=False)
    meanings(paper, facts.config, [one.view for one in facts.chains])


def _counties(facts: RegionFacts, chains: Sequence[ChainTally]) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
    """A row for each county: its chains, their statuses, what they have, and how its targets stand."""
    lights = {c["county"]: c["lights"] for c in facts.lights}
    shown = [light for light in LIGHTS if any(one[light.word] for one in lights.values())]
    graded = _graded(chains)
    headers = (
        "县市区", "产业链", "环节", "已摸底", *(STATUSES[c].caption for c in graded), "需求", *HEADS,
        *(light.word for light in shown),
    )  # fmt: skip
    rows: list[tuple[object, ...]] = []
    own = by_county(chains)
    for county in [*own, *(c for c in lights if c not in own)]:
        there = own.get(county, [])
        own_lights = lights.get(county)
        rows.append((
            county, len(there), *(total(there, k) for k in ("segments", "known")), *_statuses(there, graded),
            _number(sum(one.needs.counted for one in there)), *(_number(things(there, kind)) for kind in KINDS),
            *(own_lights[light.word] if own_lights else NONE for light in shown),
        ))  # fmt: skip
    return headers, rows


def _chains(facts: RegionFacts, chains: Sequence[ChainTally]) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
    """A row for each chain: statuses, needs, what supports it, and where to begin."""
    graded = _graded(chains)
    headers = (
        "产业链", "环节", "已摸底", *(STATUSES[c].caption for c in graded), "未摸底", "需求", *HEADS, "先抓环节",
    )  # fmt: skip
    rows = [
        (
            one.title, one.row["segments"], one.row["known"], *_statuses([one], graded), one.row[UNKNOWN], _number(one.needs.counted),
            *(_number(one.things[kind]) for kind in KINDS), _begin(one),
        )
        for one in chains
    ]  # fmt: skip
    return headers, rows


def _coverage(chains: Sequence[ChainTally]) -> str:
    """Where most and where least is surveyed, and where nothing stands in the order for want of data."""
    shares = {
        county: total(own, "known") / segments
        for county, own in by_county(chains).items()
        if (segments := total(own, "segments"))
    }
    if not shares:
        return "各县（市、区）的环节尚未填报。"
    most, least = max(shares.values()), min(shares.values())
    ends = [[c for c, share in shares.items() if share == end] for end in (most, least)]
    if most == least:
        return f"各县（市、区）的摸底覆盖率均为{most:.0%}。"
    high, low = (some(names, "个县（市、区）") for names in ends)
    half = sum(share < 0.5 for share in shares.values())
    under = f"，覆盖率不到50%的有{half}个县（市、区），其结论为初步判断" if half else ""
    return f"摸底覆盖率最高的是{high}（{most:.0%}），最低的是{low}（{least:.0%}）{under}。"


def _graded(chains: Sequence[ChainTally]) -> list[str]:
    """The verdicts that any segment has."""
    return [code for code in GRADED if total(chains, code)]


def _statuses(chains: Sequence[ChainTally], graded: Sequence[str]) -> Iterator[object]:
    """The counts of the verdicts; of chains in which nothing is surveyed there are none."""
    known = total(chains, "known")
    return (total(chains, code) if known else NONE for code in graded)


def _number(value: int | None) -> object:
    return value or NONE  # what nobody filed is not zero


def _begin(one: ChainTally) -> str:
    """The first gaps; else what to complete or survey first."""
    if one.gaps:
        first = [one.named(g) for g in one.gaps if g["rank"] == one.gaps[0]["rank"]]
        return f"{some(first, '个')}（{one.gaps[0]['caption']}）"
    if one.thin:
        return f"先补{some(one.thin, '个')}的企业名单"
    return "先摸底" if one.row[UNKNOWN] else "没有要补的环节"
