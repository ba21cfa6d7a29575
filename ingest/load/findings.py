"""Findings about a batch that only the projection can make: waiting names, contradictions, outliers, sums."""

from __future__ import annotations

from collections import defaultdict

from graph.city.outcome import Outcome
from graph.model import Record
from graph.projection.result import Projection
from graph.review.plausibility import find_implausible
from graph.schema.kinds import Schema
from ingest.finding import Finding

SHARE_LIMIT = 1.01


def findings_of(outcome: Outcome, schema: Schema) -> list[Finding]:
    """Warnings about the rows of the batch that was just written (or previewed)."""
    fresh = outcome.fresh
    hint = "补充该名称所在的表，或改正写法"
    findings = [
        Finding("warning", w["file"], w["where"], w["field"], w["name"], w["message"], hint)
        for w in outcome.waiting
        if w["record"] in fresh
    ]
    implausible = find_implausible(outcome.projection, outcome.rows, fresh, schema, outcome.amounts)
    for remark in [*outcome.projection.remarks, *implausible]:
        if record := fresh.get(remark.record):
            value = str(record.values.get(remark.field) or "")
            where = record.where(remark.field)
            findings.append(Finding("warning", record.file, where, remark.field, value, remark.message, remark.hint))
    return findings + _share_sums(outcome.projection, fresh)


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
