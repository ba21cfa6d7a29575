"""The requests about a visit to a firm."""

from __future__ import annotations

from typing import Annotated

from api.commands.requests import FILE, NAME, PATH, POSITIONAL, TO, Request, named


class VisitOfRequest(Request):
    """Whom to call on, and for which segment."""

    firm: Annotated[str, named("企业", "企业的名称", min_length=1, max_length=NAME), POSITIONAL]
    segment: Annotated[
        str | None,
        named("环节", "为哪个环节，可写 县/链/环节；不写按它的线索、所在环节，或最合适的缺口", max_length=NAME),
    ] = None


class VisitRequest(VisitOfRequest):
    """`lianpu brief`, which also writes the paper."""

    output: Annotated[str | None, named("输出", "拜访提纲.docx、.pdf 或 .html，一页", max_length=PATH), FILE, TO] = None
