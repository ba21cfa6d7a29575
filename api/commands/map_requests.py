"""The requests about the mind map."""

from __future__ import annotations

from typing import Annotated

from api.commands.requests import LONG_NAME, ChainWord, County, OfOneChainRequest, Output, Request, named


class MapPartRequest(Request):
    """Which part of a mind map is wanted."""

    depth: Annotated[int | None, named("层数", "展开几层，如 2 到环节；不写为全部", ge=1, le=20)] = None
    branch: Annotated[str | None, named("分支", "只要一个分支：阶段、环节、技术或需求的名称", max_length=LONG_NAME)] = (
        None
    )


class MindmapOfRequest(MapPartRequest, OfOneChainRequest):
    """The mind map of a chain, or a part of it."""


class MindmapRequest(MapPartRequest):
    """`lianpu mindmap`."""

    chain: ChainWord
    output: Output
    county: County = None
