"""Why a query was refused, or did not end well: in words for a person, with the place."""

from __future__ import annotations

from graph.errors import LianpuError, Stated


class CypherRefused(LianpuError):
    """A query that is not allowed, or not understood; it never reached an engine."""

    code = "cypher_refused"

    def __init__(self, reason: str, hint: str, where: str) -> None:
        super().__init__(f"查询没有执行：{reason}", hint, where)


class QueryTooSlow(Stated):
    """A query was stopped because its time was over."""

    seconds: float
    code = "query_timeout"
    says = "查询超过 {seconds:g} 秒，已停止"
    do = "加上条件、写明类别和关系，或减少变长路径的步数；只看一部分时加 LIMIT"


class QueryTooLarge(Stated):
    """A query was stopped because it wanted more memory, or gave one value larger, than is allowed."""

    limit: str
    code = "query_memory"
    says = "查询需要的内存超过限制（{limit}），已停止"
    do = "先用 WHERE 缩小范围，再汇总或排序；不要把很多行收进一个列表"


class QueryFailed(LianpuError):
    """What the engine cannot do with a query that is allowed."""

    code = "query_failed"

    def __init__(self, reason: str, hint: str = "检查属性名、数据类型和函数的参数；右侧有全部类别、关系和属性") -> None:
        super().__init__(f"查询没有结果：{reason}", hint)


class QueriesFull(Stated):
    """More queries wait than is sensible."""

    running: int
    code = "queries_full"
    says = "正在执行的查询已有 {running} 个"
    do = "等它们结束后再试；每个查询最多 10 秒"


class QueryLost(LianpuError):
    """The server of the graph went away meanwhile."""

    code = "query_lost"

    def __init__(self) -> None:
        super().__init__("图库的服务器没有应答，查询没有结果", "检查图库的服务器是否在运行，然后重试")
