"""The requests about counties on a map and side by side."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from api.commands.requests import (
    FILE,
    LONG_NAME,
    NAME,
    PATH,
    POSITIONAL,
    TO,
    Day,
    Request,
    named,
)

MOST = 50  # names; what is beyond six is left out
Named = Annotated[str, Field(max_length=LONG_NAME)]
Group = Literal["全部", "同市", "所选"]


class RegionsRequest(Request):
    """`lianpu regions`. Raises BadDate."""

    by: Annotated[
        str | None, named("上色", "看哪个数：摸底覆盖率、薄弱环节、产值等，或指标；不写为摸底覆盖率", max_length=NAME)
    ] = None
    as_of: Day = None


class RegionsFileRequest(RegionsRequest):
    """`lianpu regions`, which also writes the map or its table. Raises BadDate."""

    output: Annotated[str | None, named("输出", "地图.svg、.png 或 .xlsx", max_length=PATH), FILE, TO] = None


class CompareRequest(Request):
    """`lianpu compare`. Raises BadDate."""

    subject: Annotated[
        tuple[Named, ...],
        named("对象", "县（市、区）或产业链（县/链），2 到 6 个；不写为摸底最多的三个县", max_length=MOST),
        POSITIONAL,
    ] = ()
    of: Annotated[str | None, named("县市区", "哪个县（市、区）与同组比较；不写为第一个", max_length=NAME)] = None
    group: Annotated[Group, named("同组", "与谁比较：全部、同市、所选")] = "全部"
    as_of: Day = None


class CompareFileRequest(CompareRequest):
    """`lianpu compare`, which also writes the table or the chart. Raises BadDate."""

    output: Annotated[str | None, named("输出", "对比.xlsx；.svg、.png 只写位置图", max_length=PATH), FILE, TO] = None
