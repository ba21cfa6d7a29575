"""三、环节强弱分析: one table of all links, what is known of each gap, and what the strong links rest on."""

from __future__ import annotations

from collections.abc import Iterable

from graph.analysis.grading.statuses import BY_GRAVITY, STATUSES
from graph.answers.papers.report import SegmentOutput
from viz.report.context import Context, Row
from viz.report.wording import plain
from viz.wording import some, value_text

UNKNOWN = "—"
GAPS = tuple(code for code in BY_GRAVITY if STATUSES[code].is_gap)
STANDING = ("强链", "稳链")
STAGES = ("上游", "中游", "下游", "配套", "应用")


def strengths(report: Context) -> None:
    """Write the chapter."""
    report.chapter(3, "环节强弱分析", new_page=True)
    if not report.segments:
        report.mention("环节", "本链各环节的名称、阶段和上下游关系")
        return
    rows = [_line(report, s) for s in sorted(report.segments, key=_stage)]
    headers = ("阶段", "环节", "状态", "在产企业", "产值", "最大一家占比", "外购占比", "依据")
    report.paper.table("环节状态一览", headers, rows, size=9)
    report.say(f"表中“{UNKNOWN}”表示未摸底或数据不足以计算；产值为已知在产企业最近年份的产值，括号内为家数和年份。")
    _cards(report)
    if standing := report.of_status(*STANDING):
        report.section(f"优势和稳定环节（{len(standing)}个）")
        for s in standing:
            grow = f"{_sentence(plain(s['flip']['text']))}" if s["flip"] else ""
            lead = f"{s['segment']}（{s['caption']}）：{_sentence(plain(s['reason']))}"
            report.say(f"{lead}{f'进一步提升需要：{grow}' if grow else ''}{report.cite.of(s['evidence'])}")
    if unknown := report.of_status("未知"):
        report.section(f"未摸底环节（{len(unknown)}个）")
        names = [s["segment"] for s in unknown]
        report.say(f"{some(names, '个')}没有企业记录和统计家数，不评定强弱，列为摸底任务，名单见附录“待补清单”。")
        for name in names:
            report.note(f"环节“{name}”的摸底", "本地在产企业及产值，不产的从哪里购入、占用量多少")


def _stage(segment: Row) -> int:
    return STAGES.index(segment["stage"]) if segment["stage"] in STAGES else len(STAGES)


def _line(report: Context, s: Row) -> tuple[object, ...]:
    return (
        s["stage"] or "未分",
        s["segment"],
        s["caption"],
        s["count"],
        output_text(report.facts.outputs.get(s["segment_id"])),
        f"{s['makers'][0]['share']:.0%}" if s["makers"] and "份额按家数" not in s["flags"] and s["known"] else UNKNOWN,
        _bought(s),
        report.cite.of(s["evidence"]),
    )


def _bought(s: Row) -> str:
    if s["external_share"] is not None:
        return f"{s['external_share']:.0%}"
    return UNKNOWN if not s["known"] or not s["supply_known"] else "无登记"


def output_text(output: SegmentOutput | None) -> str:
    """What a segment is known to produce, with how many firms and which years.

    >>> output_text(SegmentOutput(18000.0, 2, (2024, 2025))), output_text(None)
    ('1.8亿元（2家，2024—2025年）', '—')
    """
    if output is None:
        return UNKNOWN
    first, last = output.years or (None, None)
    years = "" if first is None else f"，{first}年" if first == last else f"，{first}—{last}年"
    return f"{value_text(output.value, '万元')}（{output.firms}家{years}）"


def _cards(report: Context) -> None:
    gaps = report.of_status(*GAPS)
    if not gaps:
        return
    report.section(f"需补强的环节（{len(gaps)}个）")
    changes = {e["changes"]["add"][0]["segment"]: e["changes"]["add"][0]["firm"] for e in report.facts.effects}
    for s in gaps:
        report.say(f"{s['segment']}（{s['caption']}）。{''.join(_card(report, s, changes.get(s['segment'])))}")


def _card(report: Context, s: Row, firm: str | None) -> Iterable[str]:
    """What is missing, whom it stops, what one more firm would change, on what evidence."""
    yield f"{_sentence(plain(s['reason']))}"
    if buyers := report.buyers(s["segment_id"]):
        stops = "停产风险及于" if s["status"] == "断链" else "影响"
        yield f"该环节供给{some(buyers, '个')}，{stops}{'上述环节' if len(buyers) > 1 else '该用户环节'}。"
    change = next(
        (c["change"] for c in report.plan["candidates"] if firm and c["firm"] == firm and c["segment"] == s["segment"]),
        "",
    )
    if change:
        yield f"如{firm}落地，{_sentence(plain(change))}"
    elif s["flip"] and s["flip"]["to"]:
        yield f"{_sentence(plain(s['flip']['text']))}"
    sure = f"可信度{s['confidence']:.0%}" if s["confidence"] is not None else "可信度不明"
    yield f"依据{report.cite.of(s['evidence']) or '不足'}，{sure}。"


def _sentence(text: str) -> str:
    """A sentence that ends as one.

    >>> _sentence("再有1家在产企业，可升为稳定"), _sentence("")
    ('再有1家在产企业，可升为稳定。', '')
    """
    return text if not text or text.endswith("。") else f"{text}。"
