"""The document of `lianpu query`."""

from __future__ import annotations

from typing import Annotated, Any, NotRequired

from typing_extensions import TypedDict

from graph.answers.documents.parts import Cell, Means


class QueryParameterDocument(TypedDict):
    """命名查询的一个参数"""

    name: Annotated[str, Means("参数名，命令行写 名=值")]
    caption: Annotated[str, Means("中文名")]
    type: Annotated[str, Means("text 文字、number 数、year 年份、choice 选项、kind 类别下的名称")]
    required: Annotated[bool, Means("必须填")]
    default: Annotated[Cell, Means("不填时的值")]
    choices: Annotated[list[str], Means("可选的值；空为不限")]
    of: Annotated[str | None, Means("名称属于哪个类别")]
    help: Annotated[str, Means("怎么填")]


class QueryColumnDocument(TypedDict):
    """结果的一列"""

    caption: Annotated[str, Means("列名")]
    unit: Annotated[str | None, Means("单位")]
    about: Annotated[str, Means("说明；空为没有")]


class NamedQueryDocument(TypedDict):
    """一个命名查询"""

    query: Annotated[str, Means("名称，命令行用它")]
    group: Annotated[str, Means("分组")]
    about: Annotated[str, Means("查什么，怎么看")]
    parameters: Annotated[list[QueryParameterDocument], Means("参数")]
    columns: Annotated[list[QueryColumnDocument], Means("结果的列")]
    cypher: Annotated[str, Means("查询语句")]


class QueryDocument(TypedDict):
    """查询的结果；不写查询时是可用的命名查询"""

    query: Annotated[str | None, Means("命名查询的名称；自己写的为空")]
    parameters: Annotated[dict[str, Any], Means("参数的值")]
    columns: Annotated[list[QueryColumnDocument], Means("列")]
    rows: Annotated[
        list[list[Any]],
        Means("行；每格按列的顺序，是值、列表或对象（kind、id、name）；关系有 relation，路径有 nodes、relations"),
    ]
    n: Annotated[int, Means("行数")]
    more: Annotated[bool, Means("还有更多行没有列出")]
    hints: Annotated[list[str], Means("图中没有的类别、关系等提示")]
    seconds: Annotated[float, Means("用时（秒）")]
    queries: Annotated[list[NamedQueryDocument], Means("可用的命名查询；执行查询时为空")]
    file: NotRequired[Annotated[str, Means("写出的文件")]]
