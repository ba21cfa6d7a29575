"""The document of `lianpu check`."""

from __future__ import annotations

from typing import Annotated

from typing_extensions import TypedDict

from graph.answers.documents.parts import Means


class DamageDocument(TypedDict):
    """一处损坏"""

    part: Annotated[str, Means("ledger 台账、graph 图库、config 配置、papers 文书设置、scenarios 方案、mappings 映射")]
    where: Annotated[str, Means("位置：文件和行，或文件的路径")]
    message: Annotated[str, Means("什么损坏了")]
    safe: Annotated[str, Means("什么没有受影响")]
    hint: Annotated[str, Means("怎么办")]


class CheckDocument(TypedDict):
    """数据目录的检查"""

    whole: Annotated[bool, Means("没有发现损坏")]
    rows: Annotated[int, Means("核对过的台账行数")]
    hash: Annotated[str | None, Means("图库的内容哈希；读不了为 null")]
    rebuilt: Annotated[str | None, Means("由台账重建应得的内容哈希；台账有损坏时为 null")]
    in_step: Annotated[bool, Means("图库与台账同步")]
    copy: Annotated[str | None, Means("最近一份完好的台账备份")]
    damages: Annotated[list[DamageDocument], Means("发现的损坏")]
    seconds: Annotated[float, Means("用时，秒")]
