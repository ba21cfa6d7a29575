"""Findings about a batch that only the projection can make: waiting names, contradictions, outliers, sums."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from graph.city.outcome import Outcome
from graph.model import Record
from graph.projection.result import Projection
from graph.review.plausibility import find_implausible
from graph.schema.kinds import Schema
from ingest.finding import Finding

SHARE_LIMIT = 1.01
EACH = 20  # cells of one column that wait; more are one finding
SHOWN = 12  # names in it
_DEFINE = "补充该名称所在的表，或改正写法"


def findings_of(outcome: Outcome, schema: Schema) -> list[Finding]:
    """Warnings about the rows of the batch that was just written (or previewed)."""
    fresh = outcome.fresh
    findings = list(_waiting(w for w in outcome.waiting if w["record"] in fresh))
    implausible = find_implausible(outcome.projection, outcome.rows, fresh, schema, outcome.amounts)
    for remark in [*outcome.projection.remarks, *implausible]:
        if record := fresh.get(remark.record):
            value = str(record.values.get(remark.field) or "")
            where = record.where(remark.field)
            findings.append(Finding("warning", record.file, where, remark.field, value, remark.message, remark.hint))
    return findings + _share_sums(outcome.projection, fresh)


def _waiting(waits: Iterable[Mapping[str, Any]]) -> Iterator[Finding]:
    """What waits, cell by cell; where a whole column waits, once, with a count and what to do about all of it."""
    columns: dict[tuple[str, ...], list[Mapping[str, Any]]] = defaultdict(list)
    for w in waits:
        columns[w["file"], w["where"].partition("!")[0], w["field"], w["reason"]].append(w)
    for cells in columns.values():
        if len(cells) <= EACH:
            for w in cells:
                yield Finding("warning", w["file"], w["where"], w["field"], w["name"], w["message"], _DEFINE)
        else:
            yield _column_waits(cells)


def _column_waits(cells: list[Mapping[str, Any]]) -> Finding:
    """One finding about the cells of a column that wait for the same reason, at the first of them."""
    first = cells[0]
    field, kinds = first["field"], "或".join(first["kinds"]) or "对象"
    counts = Counter(w["name"] for w in cells)
    alike = {w["name"]: w["near"] for w in cells if w["near"]}
    listed = "、".join(
        f"{name}（{n} 处{'，相近：' + '、'.join(alike[name]) if name in alike else ''}）"
        for name, n in counts.most_common(SHOWN)
    ) + ("等" if len(counts) > SHOWN else "")
    many = f"“{field}”列有 {len(cells)} 处、{len(counts)} 个名称"
    if first["reason"] == "undefined":
        message = f"{many}还没有对应的{kinds}，先等待，导入后自动关联：{listed}"
        hint = f"一次补齐：在“{first['kinds'][0]}”表里登记这 {len(counts)} 个名称再导入，{len(cells)} 处自动关联；只是写法不同的请改正"
    else:
        what = "对应多个" if first["reason"] == "ambiguous" else "形成循环"
        message, hint = f"{many}{what}，先等待：{listed}", "照“等待名称”里的写法写明是哪一个；全部名单：lianpu status"
    return Finding("warning", first["file"], first["where"], field, None, message, hint)


def _share_sums(projection: Projection, fresh: dict[int, Record]) -> list[Finding]:
    """External shares of a segment that add up to more than the whole."""
    sums: dict[str, float] = defaultdict(float)
    rows: dict[str, list[int]] = defaultdict(list)
    for edge in projection.edges.get("BOUGHT_FROM", {}).values():
        sums[edge.source] += float(edge.values.get("share") or 0)
        rows[edge.source] += edge.records
    findings = []
    for segment, total in sums.items():
        if total > SHARE_LIMIT and (mine := [fresh[r] for r in sorted(rows[segment]) if r in fresh]):
            name = projection.nodes["环节"][segment].name
            message = f"环节“{name}”的外部占比合计 {total:.0%}，超过 100%"
            at = mine[0].where("占比")
            findings.append(Finding("warning", mine[0].file, at, "占比", None, message, "核对各来源的占比"))
    return findings
