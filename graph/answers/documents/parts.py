"""Parts that many documents share: where a row stands, how a segment is named, how changes are counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, NotRequired

from typing_extensions import TypedDict

Cell = str | int | float | bool | None
Counts = dict[str, int]


@dataclass(frozen=True, slots=True)
class Means:
    """What a field holds, in Chinese, with its unit; OpenAPI and docs/json.md say it.

    >>> Means("份额，0 到 1").text
    '份额，0 到 1'
    """

    text: str

    def __get_pydantic_json_schema__(self, core: Any, handler: Any) -> dict[str, Any]:
        """The description beside the schema; pydantic calls this, and nothing of pydantic is needed for it here."""
        return {**handler(core), "description": self.text}


class RowPlaceDocument(TypedDict):
    """一行的位置"""

    file: Annotated[str, Means("文件")]
    sheet: Annotated[str, Means("工作表")]
    row: Annotated[int, Means("行号，从 1 起")]
    record: Annotated[int, Means("台账中的编号")]


class SourceDocument(RowPlaceDocument):
    """一个值的来源行"""

    as_of: Annotated[str | None, Means("数据日期：日、月或年")]
    grade: Annotated[str, Means("来源等级：A、B、C、D")]
    batch: Annotated[int, Means("批次号")]
    url: Annotated[str | None, Means("网址")]
    publisher: Annotated[str | None, Means("来源：谁说的")]
    origin: Annotated[str | None, Means("导出的行最初写在哪里")]


class SegmentNameDocument(TypedDict):
    """环节的名称"""

    county: Annotated[str, Means("县（市、区）")]
    chain: Annotated[str, Means("产业链")]
    segment: Annotated[str, Means("环节")]
    segment_id: Annotated[str, Means("环节的标识")]


class SegmentStateDocument(SegmentNameDocument):
    """环节和它的状态"""

    status: Annotated[str, Means("状态代码")]
    caption: Annotated[str, Means("显示的状态")]


class ChainNameDocument(TypedDict):
    """产业链的名称"""

    county: Annotated[str, Means("县（市、区）")]
    chain: Annotated[str, Means("产业链")]
    chain_id: Annotated[str, Means("产业链的标识")]


class TallyDocument(TypedDict):
    """一类对象的变化数"""

    added: Annotated[int, Means("新增数")]
    changed: Annotated[int, Means("改变数")]
    unchanged: Annotated[int, Means("未变数")]
    removed: NotRequired[Annotated[int, Means("移除数，没有移除时不写")]]


Tallies = dict[str, TallyDocument]


class FindingDocument(TypedDict):
    """导入时发现的一个问题"""

    level: Annotated[str, Means("error 错误（行未导入）、warning 警告、note 提示")]
    file: Annotated[str, Means("文件")]
    where: Annotated[str, Means("位置：企业!B17；整张表为 企业!；整个文件为空")]
    field: Annotated[str | None, Means("列名")]
    value: Annotated[str | None, Means("单元格里的内容")]
    message: Annotated[str, Means("哪里不对")]
    hint: Annotated[str, Means("怎么办")]


class FaultWordsDocument(TypedDict):
    """哪里不对，怎么办"""

    code: Annotated[str, Means("代码，不变")]
    message: Annotated[str, Means("哪里不对")]
    hint: Annotated[str, Means("怎么办")]
    where: NotRequired[Annotated[str, Means("文件里的位置")]]


class FaultDocument(TypedDict):
    """没有做成"""

    error: Annotated[FaultWordsDocument, Means("哪里不对，怎么办")]
