"""What was filed and what is missing, by county and period."""

from __future__ import annotations

from typing import Annotated

from typing_extensions import TypedDict

from graph.answers.documents.parts import Means


class MissingFilingDocument(TypedDict):
    """一项应填而未填的"""

    indicator: Annotated[str, Means("指标")]
    subject: Annotated[str, Means("对象")]
    owners: Annotated[list[str], Means("责任单位")]
    period: Annotated[str, Means("期间")]
    by: Annotated[str, Means("最迟哪一天填报算及时")]
    locked: Annotated[bool, Means("期间已锁定：再填是补报")]


class CompletenessDocument(TypedDict):
    """一个县（市、区）在一个期间、或到今天为止的填报情况"""

    county: Annotated[str | None, Means("县（市、区）；全市的为 null")]
    period: Annotated[str | None, Means("期间；各期间合计为 null")]
    ends: Annotated[str | None, Means("期间的最后一天")]
    locked: Annotated[bool, Means("期间已锁定：以后的改动另成批次并注明")]
    due: Annotated[int, Means("应填几项")]
    filed: Annotated[int, Means("已填几项")]
    on_time: Annotated[int, Means("及时填报几项")]
    missing: Annotated[list[MissingFilingDocument], Means("未填的")]


class LaterChangeDocument(TypedDict):
    """期间锁定以后的改动"""

    indicator: Annotated[str, Means("指标")]
    subject: Annotated[str, Means("对象")]
    county: Annotated[str | None, Means("县（市、区）")]
    period: Annotated[str, Means("期间")]
    batches: Annotated[list[int], Means("改动的批次")]


class FilingWatchDocument(TypedDict):
    """填报情况"""

    at: Annotated[str, Means("按哪一天")]
    on_time_days: Annotated[int, Means("期间结束后几天内填报算及时")]
    counties: Annotated[list[CompletenessDocument], Means("各县（市、区）合计，缺得多的在前")]
    periods: Annotated[list[CompletenessDocument], Means("各县（市、区）逐期间，最近的在前")]
    changed: Annotated[list[LaterChangeDocument], Means("期间锁定以后改过的")]
