"""The documents of the commands that write files."""

from __future__ import annotations

from typing import Annotated, NotRequired

from typing_extensions import TypedDict

from graph.answers.documents.parts import Counts, Means


class WrittenDocument(TypedDict):
    """写出的一个文件"""

    file: Annotated[str, Means("文件")]
    bytes: Annotated[int, Means("字节数")]
    seconds: Annotated[float, Means("用时，秒")]


class MindmapDocument(WrittenDocument):
    """创新思维导图"""

    files: NotRequired[Annotated[list[str], Means("一张放不下的 png：各张的文件")]]


class NeedsDocument(TypedDict):
    """技术需求清单"""

    file: Annotated[str, Means("文件")]
    common: Annotated[int, Means("共性需求数")]
    key: Annotated[int, Means("关键需求数")]
    missing: Annotated[int, Means("距方案要求的 10 项需求（共性与关键合计）差几项，多条链时相加")]


class DeliverDocument(TypedDict):
    """一条或多条链的全部文件"""

    files: Annotated[list[str], Means("文件")]
    missing: Annotated[list[str], Means("缺什么，一句一项")]


class PublishedDocument(WrittenDocument):
    """快照"""

    chains: Annotated[list[str], Means("收入的产业链，县/链")]
    left_out: Annotated[list[str], Means("文件大小所限没有收入的，一句一项")]


class TemplateDocument(TypedDict):
    """填报模板"""

    files: Annotated[list[str], Means("文件")]


class ExportDocument(TypedDict):
    """导出；按模板格式有 rows，给其他图软件有 nodes 和 edges"""

    files: Annotated[list[str], Means("文件")]
    rows: NotRequired[Annotated[Counts, Means("各表的行数")]]
    nodes: NotRequired[Annotated[Counts, Means("各类对象数")]]
    edges: NotRequired[Annotated[Counts, Means("各种关系数")]]
    command: NotRequired[Annotated[str, Means("neo4j-admin：导入这些文件的命令行")]]
