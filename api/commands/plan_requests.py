"""The requests of the commands about the plan."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import BeforeValidator

from api.commands.requests import (
    FILE,
    NAME,
    PATH,
    POSITIONAL,
    TO,
    County,
    Day,
    OfChainRequest,
    Output,
    Request,
    day_of,
    named,
)

At = Annotated[date | None, BeforeValidator(day_of), named("按哪一天", "按哪一天看，如 2025-12-31；不写为今天")]


class ProgressRequest(OfChainRequest):
    """`lianpu progress`. Raises BadDate."""

    plan: Annotated[str | None, named("计划", "只看一份计划", max_length=NAME)] = None
    at: At = None
    as_of: Day = None


class LeadsOfRequest(OfChainRequest):
    """Which leads."""

    owner: Annotated[str | None, named("负责人", "只看一位负责人或一个责任单位的", max_length=NAME)] = None
    stage: Annotated[str | None, named("阶段", "只看一个阶段的，如 在谈，或 流失", max_length=NAME)] = None
    stale: Annotated[bool, named("停滞", "只列停滞的")] = False


class LeadsRequest(LeadsOfRequest):
    """`lianpu leads`. Raises BadDate."""

    as_of: Day = None


class ZeroRequest(Request):
    """`lianpu zero`. Raises BadDate."""

    county: County = None
    year: Annotated[int | None, named("年份", "按哪一年的年报；不写为最近一年", ge=1900, le=2100)] = None
    as_of: Day = None


class LadderRequest(Request):
    """`lianpu ladder`. Raises BadDate."""

    county: County = None
    as_of: Day = None


class TasksRequest(Request):
    """`lianpu tasks`. Raises BadDate."""

    county: County = None
    at: At = None
    as_of: Day = None


class PlanReadRequest(Request):
    """`lianpu plan read`."""

    path: Annotated[str, named("文件", "计划的文稿：txt、docx 或 pdf", min_length=1, max_length=PATH), FILE, POSITIONAL]
    output: Annotated[
        str | None, named("输出", "待确认的工作簿.xlsx：“采用”写 是 的行才导入", max_length=PATH), FILE, TO
    ] = None


class ProgressFileRequest(ProgressRequest):
    """`lianpu progress`, which also writes 指标台账. Raises BadDate."""

    output: Annotated[str | None, named("输出", "指标台账.xlsx", max_length=PATH), FILE, TO] = None


class ZeroFileRequest(ZeroRequest):
    """`lianpu zero`, which also writes 清零清单. Raises BadDate."""

    output: Annotated[str | None, named("输出", "清零清单.xlsx", max_length=PATH), FILE, TO] = None


class BulletinOfRequest(Request):
    """What a bulletin tells of: one plan or all, on a day. Raises BadDate."""

    plan: Annotated[str | None, named("计划", "只看一份计划", max_length=NAME)] = None
    at: At = None
    as_of: Day = None


class BulletinRequest(BulletinOfRequest):
    """`lianpu bulletin`. Raises BadDate."""

    output: Output


class DraftOfRequest(Request):
    """Whose plan is drafted, as seen on a day. Raises BadDate."""

    county: Annotated[str, named("县市区", "县（市、区）", min_length=1, max_length=NAME)]
    at: At = None
    as_of: Day = None


class PlanDraftRequest(DraftOfRequest):
    """`lianpu plan draft`. Raises BadDate."""

    output: Output


class MeetingOfRequest(Request):
    """Which event."""

    event: Annotated[str, named("活动", "对接会的名称", min_length=1, max_length=NAME), POSITIONAL]


class MeetingRequest(MeetingOfRequest):
    """`lianpu meeting`, which also writes the list."""

    output: Annotated[str | None, named("输出", "对接会清单.xlsx、.docx 或 .pdf", max_length=PATH), FILE, TO] = None
