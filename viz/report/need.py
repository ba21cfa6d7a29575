"""One need as the needs list tells it: the columns of the official form, and what it is answered by."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from graph.answers.documents.matching import MatchDocument, MatchedDocument
from graph.model import ChainView, ViewNode
from graph.naming.chain import chain_title
from graph.text import digits
from viz.wording import due_text, some

NOTHING_FITS = "暂无合适成果"
SOLVED = "已解决"
OFFERED = 2  # results told of a need that no row names yet


@dataclass(frozen=True, slots=True)
class NeedLine:
    """A need of a chain, and what may answer it where that is known."""

    view: ChainView
    node: ViewNode
    match: MatchDocument | None = None

    def own(self, *captions: str) -> list[str]:
        """What the row says under some captions, each once."""
        own = (self.node.values.get(c) for c in captions)
        return list(dict.fromkeys(_plain(v) for v in own if v not in (None, "")))

    def ends(self, relation: str) -> list[str]:
        """What it points to, by name."""
        return list(dict.fromkeys(n.name for n in self.view.targets(self.node.id, relation)))

    def answers(self) -> str:
        """Projects set up for it and results that meet it, as the rows name them."""
        groups: dict[str, list[str]] = {}
        for relation in ("SOLVES", "MEETS"):
            for one in self.view.origins(self.node.id, relation):
                groups.setdefault(one.kind, []).append(one.name)
        texts = [f"{kind}：{'、'.join(dict.fromkeys(names))}" for kind, names in groups.items()]
        return "；".join([*texts, *self.offers(nothing=not texts)])

    def offers(self, *, nothing: bool) -> Iterator[str]:
        """Results that may meet it, which no row names yet; or that there is none, where it has no answer at all."""
        if self.match is None:
            return
        fitting = [h for h in self.match["hits"] if h["fits"] and not h["linked"]][:OFFERED]
        if fitting:
            yield f"可对接：{'、'.join(_offer_text(h) for h in fitting)}"
        elif nothing and not self.match["fits"] and SOLVED not in self.own("进展"):
            yield NOTHING_FITS

    def period(self) -> str:
        """From when to when."""
        start, end = self.own("起始年"), self.node.values.get("期望时限")
        begin = f"{start[0]}年" if start else ""
        return f"{begin}至{due_text(str(end))}" if begin and end else due_text(str(end)) + "前" if end else begin


CELLS: dict[str, Callable[[NeedLine], Any]] = {
    "需求名称": lambda n: n.node.name,
    "产业链": lambda n: chain_title(n.view.county, n.view.chain),
    "环节": lambda n: "、".join(n.ends("ON_SEGMENT")),
    "提出单位": lambda n: "、".join(n.ends("RAISED_BY")),
    "领域": lambda n: "、".join(n.own("领域")),
    "关键字": lambda n: "、".join(n.own("关键字")),
    "主要问题和现状": lambda n: "；".join(n.own("主要问题", "需求描述", "现状")),
    "技术关键": lambda n: "；".join(dict.fromkeys([*n.own("技术关键"), *n.ends("NEEDS_TECHNOLOGY")])),
    "预期目标": lambda n: "；".join(n.own("预期目标", "技术指标")),
    "起止时间": NeedLine.period,
    "解决方式": lambda n: "、".join(n.own("解决方式", "合作方式")),
    "拟投入(万元)": lambda n: n.node.values.get("拟投入(万元)"),
    "立项和成果对接": NeedLine.answers,
    "进展": lambda n: "、".join(n.own("进展", "状态")),
    "责任人": lambda n: "、".join(n.own("责任人")),
}
NOT_ASKED = ("需求名称", "产业链", "环节", "立项和成果对接", "进展")  # blank, these are no fault of who fills it in
BLANKS = tuple(c for c in CELLS if c not in NOT_ASKED)


def _offer_text(hit: MatchedDocument) -> str:
    holders, state = some(hit["holders"], "家"), hit["state"]
    about = "，".join(t for t in (holders, f"已到{state}" if state else "") if t)
    return f"{hit['title']}（{about}）" if about else hit["title"]


def _plain(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, Iterable):
        return "、".join(map(str, value))
    return digits(value) if isinstance(value, float) else str(value)
