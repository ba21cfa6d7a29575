"""One request per command: its parameters with captions, limits and defaults, for CLI, HTTP and Python alike.

A field is an option of its name on the command line (`dry_run` is --dry-run) unless a mark says otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from api.commands.errors import BadDate
from graph.errors import UnknownBatch

NAME, LONG_NAME, TEXT, PATH = 200, 300, 1000, 4096  # characters
CHANGES, PATHS = 50, 10_000  # items of a list


def named(title: str, description: str, **limits: Any) -> Any:
    """A field with its short name, what it is, and its limits."""
    return Field(title=title, description=description, **limits)


class Request(BaseModel):
    """The parameters of a command."""

    model_config = ConfigDict(frozen=True, defer_build=True)  # a command line builds the one that it asks


@dataclass(frozen=True, slots=True)
class Positional:
    """The field is a word after the command, not an option."""


@dataclass(frozen=True, slots=True)
class Flags:
    """The option is written so instead of by the field's name."""

    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class File:
    """The field is a path: made absolute where it is typed, since a server stands elsewhere."""


POSITIONAL, FILE, TO = Positional(), File(), Flags(("-o", "--output"))


def day_of(text: Any) -> Any:
    """The day of a request, as it was typed. Raises BadDate."""
    try:
        return date.fromisoformat(text) if isinstance(text, str) and text else text or None
    except ValueError as error:
        raise BadDate(text) from error


def _batch(number: Any) -> Any:
    if not str(number).isdecimal() or len(str(number)) > 15:
        raise UnknownBatch(number)
    return number


Item = Annotated[str, StringConstraints(max_length=NAME)]
PathText = Annotated[str, StringConstraints(min_length=1, max_length=PATH)]
County = Annotated[str | None, named("县市区", "县（市、区）", max_length=NAME)]
Chain = Annotated[str | None, named("产业链", "产业链，可写 县/链", max_length=NAME)]
OneChain = Annotated[str, named("产业链", "产业链，可写 县/链", max_length=NAME)]
ChainWord = Annotated[str, named("产业链", "产业链", max_length=NAME), POSITIONAL]
Counties = Annotated[tuple[Item, ...], named("县市区", "可重复；不写为全部", max_length=CHANGES), Flags(("--county",))]
Chains = Annotated[tuple[Item, ...], named("产业链", "可重复；不写为全部", max_length=CHANGES), Flags(("--chain",))]
Day = Annotated[date | None, BeforeValidator(day_of), named("日期", "按某日结束时的台账，如 2025-05-16")]
Output = Annotated[str, named("输出", "输出文件或文件夹", min_length=1, max_length=PATH), FILE, TO]
Paths = Annotated[tuple[PathText, ...], Field(title="文件", min_length=1, max_length=PATHS), FILE, POSITIONAL]


class OfChainRequest(Request):
    """A chain, where one is named, and its county."""

    chain: Chain = None
    county: County = None


class OfOneChainRequest(Request):
    """One chain."""

    chain: OneChain
    county: County = None


class LoadRequest(Request):
    """`lianpu load`."""

    paths: Annotated[Paths, Field(description="工作簿、CSV、Word、PDF 或文件夹")]
    dry_run: Annotated[bool, named("只检查", "只检查，不写入")] = False
    format: Annotated[Literal["template", "chainkg"], named("格式", "template 或 chainkg")] = "template"
    marked: Annotated[str | None, named("待改正", "标出问题单元格的工作簿写到哪里", max_length=PATH), FILE] = None
    replace: Annotated[bool, named("替换", "更正：同名文件先前导入、这次没有的行撤下（可撤销）")] = False
    yes: Annotated[bool, named("确认", "撤下的行超过 20% 或涉及其他县市区时，确认替换")] = False
    mapping: Annotated[
        str | None,
        named("映射", "不是模板格式的表怎么读（lianpu map 可生成）", max_length=PATH),
        FILE,
        Flags(("--map",)),
    ] = None
    answers: Annotated[
        tuple[str, ...],
        named(
            "回答",
            "表里没有的列填同一个值（县市区=示例县），或一个词的意思（企业.状态:正常生产=在产）；可写多次",
            max_length=CHANGES,
        ),
        Flags(("--set",)),
    ] = ()


class MapRequest(Request):
    """`lianpu map`."""

    paths: Annotated[Paths, Field(description="不是模板格式的工作簿、CSV 或文件夹")]
    output: Annotated[str | None, named("输出", "映射写到哪个 .yaml，改好后用于 --map", max_length=PATH), FILE, TO] = (
        None
    )


class UndoRequest(Request):
    """`lianpu undo`. Raises UnknownBatch for what is no number."""

    batch: Annotated[int, BeforeValidator(_batch), named("批次", "批次号"), POSITIONAL]


class BatchesRequest(Request):
    """`lianpu batches`."""


class CheckRequest(Request):
    """`lianpu check`."""

    accept: Annotated[
        bool, named("认可", "认可台账现在的内容：不是原样的行、批次和撤销按现状重新封存（确认过内容正确时才用）")
    ] = False


class StatusRequest(Request):
    """`lianpu status`."""


class GapsRequest(Request):
    """`lianpu gaps`. Raises BadDate."""

    county: County = None
    chain: Chain = None
    status: Annotated[str | None, named("状态", "弱链 缺链 断链 ……", max_length=NAME)] = None
    scope: Annotated[Literal["县", "市"], named("范围", "县 或 市")] = "县"
    as_of: Day = None


class CutsRequest(OfOneChainRequest):
    """`lianpu cuts`."""

    order: Annotated[int, named("几个", "1：单个；2：再看两个一起", ge=1, le=2)] = 1


class SupposedRequest(OfChainRequest):
    """Changes that are supposed of a chain, as written."""

    add: Annotated[
        tuple[Item, ...],
        named("落地", "企业落地：企业@环节 或 企业@环节:产值（万元），可重复", max_length=CHANGES),
    ] = ()
    remove: Annotated[tuple[Item, ...], named("离开", "企业离开，可重复", max_length=CHANGES)] = ()
    stop: Annotated[tuple[Item, ...], named("断供", "外购来源断供，可重复", max_length=CHANGES)] = ()
    survey: Annotated[tuple[Item, ...], named("摸底", "环节完成摸底，可重复", max_length=CHANGES)] = ()


class SupposedOfRequest(SupposedRequest):
    """The same over HTTP, where nothing is saved and the chain must be named."""

    chain: OneChain


class WhatIfRequest(SupposedRequest):
    """`lianpu whatif`: saved scenarios come first, the other changes on top; `save` keeps all."""

    scenario: Annotated[tuple[Item, ...], named("方案", "叠加已保存的方案，可重复", max_length=CHANGES)] = ()
    save: Annotated[str | None, named("保存", "把这些变化保存为方案", max_length=NAME)] = None


class ScenariosRequest(Request):
    """`lianpu scenarios`."""

    chain: Chain = None
    drop: Annotated[str | None, named("删除", "删除一个方案", max_length=NAME)] = None


class FiltersRequest(Request):
    """Which gaps, and which firms are wanted for them."""

    segment: Annotated[str | None, named("环节", "只看一个环节", max_length=NAME)] = None
    top: Annotated[int, named("几家", "每个环节最多几家", ge=1, le=100)] = 5
    province: Annotated[str | None, named("所在地", "所在地包含，如 浙江", max_length=NAME)] = None
    product: Annotated[str | None, named("产品", "产品包含", max_length=NAME)] = None
    scale: Annotated[float | None, named("规模", "产值或营收不低于（万元）", ge=0)] = None


class RecruitRequest(FiltersRequest, OfOneChainRequest):
    """Whom to invite."""


class MatchOfRequest(OfChainRequest):
    """Which needs, and how many results for each."""

    top: Annotated[int, named("几项", "每项需求最多几项成果", ge=1, le=100)] = 5


class MatchRequest(MatchOfRequest):
    """`lianpu match`: of the home, or of two files."""

    paths: Annotated[
        tuple[PathText, ...],
        named("文件", "需求.csv 和 成果.csv（也可以是 .xlsx，列 id,title,detail）；不写为台账", max_length=2),
        FILE,
        POSITIONAL,
    ] = ()


class CandidatesRequest(RecruitRequest):
    """`lianpu candidates`, which also writes a list."""

    output: Annotated[str | None, named("输出", "招商对接清单.xlsx", max_length=PATH), FILE, TO] = None


class ReviewRequest(Request):
    """`lianpu review`."""

    kind: Annotated[str | None, named("类别", "企业 高校院所 平台 关键技术 环节", max_length=20)] = None
    top: Annotated[int, named("几条", "每类最多列几条", ge=1, le=10_000)] = 100


class DecideRequest(Request):
    """`lianpu decide`."""

    verdict: Annotated[
        str, named("决定", "合并 不合并 归入环节 不归入环节", min_length=1, max_length=LONG_NAME), POSITIONAL
    ]
    name: Annotated[
        str,
        named("名称", "名称（合并后用这个名称）；环节写 县/链/环节", min_length=1, max_length=LONG_NAME),
        POSITIONAL,
    ]
    other: Annotated[
        str, named("对象", "另一个名称，或要归入的 县/链/环节", min_length=1, max_length=LONG_NAME), POSITIONAL
    ]
    kind: Annotated[str, named("类别", "名称的类别", min_length=1, max_length=LONG_NAME)] = "企业"
    reason: Annotated[str | None, named("理由", "理由", max_length=TEXT)] = None
    by: Annotated[str | None, named("决定人", "决定人，不写为当前用户", max_length=100)] = None


class ShowRequest(Request):
    """`lianpu show`."""

    kind: Annotated[str, named("类别", "类别，如 企业、环节", max_length=NAME), POSITIONAL]
    name: Annotated[str, named("名称", "名称，可写 县/链/环节", max_length=LONG_NAME), POSITIONAL]


class SearchRequest(Request):
    """`lianpu search`."""

    text: Annotated[
        str,
        named("文字", "名称、曾用名、代码或产品的一部分，可以几个词，可以是拼音或首字母", max_length=NAME),
        POSITIONAL,
    ]
    kind: Annotated[str | None, named("类别", "只找一个类别，如 企业", max_length=NAME)] = None


class ExportRequest(Request):
    """`lianpu export`."""

    path: Annotated[str, named("输出", "文件.xlsx 或 文件夹（CSV）", min_length=1, max_length=PATH), FILE, POSITIONAL]
    format: Annotated[
        Literal["template", "neo4j-admin", "graphml"],
        named("格式", "template、neo4j-admin 或 graphml（后两种写入文件夹）"),
    ] = "template"


class TemplateRequest(Request):
    """`lianpu template`."""

    folder: Annotated[str, named("文件夹", "写到哪个文件夹", max_length=PATH), FILE, POSITIONAL] = "."
    chain: Chain = None
    county: County = None
    survey: Annotated[bool, named("调查表", "企业调查表：一行一家企业，导入时拆成多张表")] = False


class NeedsRequest(Request):
    """`lianpu needs`."""

    output: Output
    chain: Chain = None
    county: County = None


class ReportRequest(Request):
    """`lianpu report`: of a chain, of a county, or of the whole city. Raises BadDate."""

    chain: Annotated[Chain, POSITIONAL] = None
    output: Output
    county: County = None
    as_of: Day = None


class AtlasRequest(Request):
    """`lianpu atlas`. Raises BadDate."""

    chain: ChainWord
    output: Output
    county: County = None
    as_of: Day = None


class DeliverRequest(Request):
    """`lianpu deliver`: no chain named is all of them."""

    output: Output
    chains: Chains = ()
    county: County = None


class PublishRequest(Request):
    """`lianpu publish`."""

    counties: Counties = ()
    chains: Chains = ()
    path: Annotated[str, named("输出", "快照.html", min_length=1, max_length=PATH), FILE, POSITIONAL]


class RebuildRequest(Request):
    """`lianpu rebuild`."""

    graph: Annotated[
        str | None, named("图库", "重建到另一个图库，如 neo4j://用户:密码@主机:端口/库", max_length=PATH)
    ] = None
