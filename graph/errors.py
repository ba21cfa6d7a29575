"""What can go wrong, said to a person: what, where, and what to do. HTTP status is decided in api."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, dataclass_transform

LEDGER_WHOLE = "台账只整批写入，已有数据还在；用 lianpu batches 看这一次是否写入"  # true of whatever happens
_PASSWORD = re.compile(r"(:/+[^\s:/@]*):\S*@")  # :/ also where a URL was taken for a path


def without_password(text: str) -> str:
    """A text in which no URL says its password, also one that was not percent-encoded.

    >>> without_password("打不开 neo4j://neo4j:p@ss/w0rd@10.0.0.8:7687/neo4j")
    '打不开 neo4j://neo4j:***@10.0.0.8:7687/neo4j'
    """
    return _PASSWORD.sub(r"\1:***@", text)


class LianpuError(Exception):
    """Base of every error a person may see. `message` and `hint` are Chinese."""

    code = "fault"

    def __init__(self, message: str, hint: str, where: str | None = None) -> None:
        self.message, self.hint, self.where = without_password(message), without_password(hint), where
        super().__init__(self.message)

    def after(self, done: str) -> LianpuError:
        """The same error, which says first what is done and stays.

        >>> UnknownRow(7).after("已写入批次 2").message
        '已写入批次 2：台账里没有编号为 7 的行'
        """
        self.message = f"{done}：{self.message}"
        self.args = (self.message,)
        return self

    def __reduce__(self) -> tuple[Any, ...]:  # an error may come from another process: its sentences come with it
        return _again, (type(self), self.args), vars(self)

    def document(self) -> dict[str, dict[str, str]]:
        """The JSON form: {"error": {"code", "message", "hint", "where"?}}."""
        error = {"code": self.code, "message": self.message, "hint": self.hint}
        if self.where:
            error["where"] = self.where
        return {"error": error}


def _again(kind: type[LianpuError], args: tuple[Any, ...]) -> LianpuError:
    return kind.__new__(kind, *args)


@dataclass_transform(eq_default=False)
class Stated(LianpuError):
    """An error that is a dataclass: its sentences `says` and `do` name its fields in braces, lists joined by 、.

    >>> UnknownRow(7).message, Ambiguous("环节", "锯条", ["甲县/锯条", "乙县/锯条"]).hint
    ('台账里没有编号为 7 的行', '请写全：甲县/锯条、乙县/锯条')
    """

    says = do = ""

    def __init_subclass__(cls) -> None:
        dataclass(eq=False, repr=False)(cls)

    def __post_init__(self) -> None:
        words = {k: "、".join(v) if isinstance(v, list | tuple) else v for k, v in vars(self).items()}
        LianpuError.__init__(self, self.says.format(**words), self.do.format(**words))


class UnknownRow(Stated):
    """No such row in the ledger."""

    record: int
    code = "unknown_row"
    says = "台账里没有编号为 {record} 的行"
    do = "从“来源行”的链接进入"


class UnknownBatch(LianpuError):
    """There is no such batch, or it is undone already."""

    code = "unknown_batch"

    def __init__(self, batch: object, undone: bool = False) -> None:
        message = f"批次 {batch} 已经撤销过" if undone else f"没有批次 {batch}"
        super().__init__(message, "用 lianpu batches 查看全部批次")


class LedgerTooNew(Stated):
    """The ledger was written by a newer version."""

    revision: str
    code = "ledger_too_new"
    says = "台账由更新的版本写入（{revision}）"
    do = "请升级链谱后再打开，台账没有改动"


class LedgerFault(Stated):
    """The ledger cannot be opened or written."""

    detail: str
    code = "ledger_fault"
    says = "台账打不开或写不进：{detail}"
    do = "检查 LIANPU_HOME 所在磁盘的空间和权限"


class LedgerDamaged(Stated):
    """The ledger's file is no database, or lacks a part of itself."""

    file: str
    code = "ledger_damaged"
    says = "台账文件已损坏，读不了：{file}"
    do = "台账和图库都没有改动；用备份恢复这个文件（先移走同名的 -wal 和 -shm 文件），再重新打开"


class LedgerMissing(Stated):
    """A graph that holds a city, and no ledger that it could come from."""

    ledger: str
    graph: str
    code = "ledger_missing"
    says = "台账不见了或是空的：{ledger}，而图库或备份里有数据：{graph}；图库没有改动"
    do = "用备份恢复台账文件；确实要从头开始，就删除数据目录里的文件夹 graph 和 copies（图库在服务器上时换一个空的数据库）"


class HomeBusy(Stated):
    """Another process holds the home."""

    home: str
    code = "home_busy"
    says = "数据目录正被另一个链谱进程使用：{home}"
    do = "等它结束，或关闭后重试"


class HomeUnwritable(Stated):
    """Nothing can be written where the home is."""

    path: str
    reason: str
    code = "home_unwritable"
    says = "数据目录不能使用：{path}（{reason}）"
    do = "检查数据目录的权限和所在磁盘；只读的目录先复制到能写的地方，再用 --home 指定；本该是文件的若是文件夹，就把它移走"


class Unknown(LianpuError):
    """A name that people asked for does not exist."""

    code = "unknown_name"

    def __init__(self, kind: str, name: str, near: Sequence[str] = ()) -> None:
        hint = f"是否指：{'、'.join(near)}" if near else "检查名称，或先导入相关表格"
        super().__init__(f"没有名为“{name}”的{kind}", hint)
        self.near = list(near)


class Ambiguous(Stated):
    """A name that several things bear."""

    kind: str
    name: str
    choices: Sequence[str]
    code = "ambiguous_name"
    says = "“{name}”对应多个{kind}"
    do = "请写全：{choices}"


class BadGraphUrl(Stated):
    """LIANPU_GRAPH_URL cannot be read, or names an engine that does not exist.

    The address itself is never shown: it may hold a password.
    """

    detail: str
    code = "bad_graph_url"
    says = "图库地址不对：{detail}"
    do = "写成 ladybug:///路径 或 neo4j://用户:密码@主机:端口/数据库；密码中的特殊字符写成 %40 这样的形式"


class BuildFailed(LianpuError):
    """A newly built graph does not hold what the ledger says."""

    code = "build_failed"

    def __init__(self, kept: bool = True) -> None:
        message = "图库重建后核对不一致" + ("，已保留原图库" if kept else "")
        super().__init__(message, "运行 lianpu rebuild 重试；若再次出现请保留现场并上报")


class GraphFault(Stated):
    """The graph server did not do what was asked; subclasses say why."""

    code = "graph_fault"


class GraphFailed(GraphFault):
    """The server reports what none of the others is."""

    detail: str
    says = "图库服务器出错：{detail}"
    do = "查看图库服务器的日志；台账没有受影响，恢复后运行 lianpu rebuild"


class GraphUnreachable(GraphFault):
    """Nothing answers at the address."""

    url: str
    code = "graph_unreachable"
    says = "连不上图库服务器：{url}"
    do = "检查服务器是否启动、地址和端口是否正确；neo4j+s:// 要求服务器启用 TLS"


class GraphLost(GraphFault):
    """The server answered before, and then no more."""

    url: str
    code = "graph_lost"
    says = "与图库服务器的连接中断：{url}"
    do = "台账没有受影响；服务器恢复后再运行一次，图库会自动跟上，也可运行 lianpu rebuild"


class GraphLogin(GraphFault):
    """Wrong name or password, or a name that may not do this."""

    url: str
    reason: str = "用户名或密码不对"
    code = "graph_login"
    says = "图库服务器拒绝登录（{reason}）：{url}"
    do = "改正图库地址中的用户和密码；连续输错会被服务器暂时拒绝，稍等几秒再试"


class GraphReadOnly(GraphFault):
    """This member of a cluster, or this database, takes no writes."""

    url: str
    code = "graph_read_only"
    says = "图库服务器只读，不能写入：{url}"
    do = "集群请用 neo4j:// 开头的地址，写入会自动转到主节点；单机请检查数据库是否被设为只读"


class GraphMemory(GraphFault):
    """The server has not enough memory for this."""

    url: str
    code = "graph_memory"
    says = "图库服务器内存不足：{url}"
    do = "调大服务器的 server.memory.heap.max_size，以及 db.memory.transaction.max、dbms.memory.transaction.total.max 后重试；台账没有受影响"


class GraphTooSlow(GraphFault):
    """The server gave up after the time that we allow."""

    url: str
    code = "graph_timeout"
    says = "图库服务器超时：{url}"
    do = "稍后重试；若经常出现，请检查服务器负载，或换更快的机器"


class GraphTooOld(GraphFault):
    """A server of a version that we do not speak with."""

    url: str
    version: str = "未知"
    code = "graph_version"
    says = "图库服务器版本不合用（{version}）：{url}"
    do = "需要 Neo4j 5 或更新版本（建议 5.26 LTS）"


class GraphMissing(GraphFault):
    """The server has no such database."""

    database: str
    url: str
    code = "graph_missing"
    says = "图库服务器上没有数据库“{database}”：{url}"
    do = "检查地址最后一段；社区版只有一个数据库 neo4j"


class GraphForeign(GraphFault):
    """The database holds what is not ours; nothing was touched."""

    nodes: int
    edges: int
    url: str
    code = "graph_foreign"
    says = "数据库里有不是链谱写入的内容（节点 {nodes}、关系 {edges}），没有动它：{url}"
    do = "换一个空的数据库；链谱不会清除别人的数据"


class Rebuilding(GraphFault):
    """The graph is being built at this moment, here or by somebody else."""

    code = "rebuilding"
    says = "图库重建中"
    do = "等它完成后重试；如果重建的那一方已经中断，运行 lianpu rebuild 接手"

    def __init__(self) -> None:
        self.__post_init__()


class BadExportFolder(Stated):
    """Nothing can be exported to there."""

    path: object
    reason: str
    code = "export_target"
    says = "不能导出到 {path}：{reason}"
    do = "换一个文件夹"


class NothingRead(LianpuError):
    """No file, or no sheet in it, could be read."""

    code = "nothing_read"
    HINT = "用 lianpu map 文件 -o 映射.yaml 生成列的对应，改好后加 --map 导入；或用 lianpu template 生成模板填写"

    def __init__(self, detail: str, hint: str | None = None) -> None:
        super().__init__(f"没有读到任何数据：{detail}", hint or self.HINT)


class BadConfig(LianpuError):
    """The configuration file has faults; all of them are listed."""

    code = "bad_config"

    def __init__(self, faults: Sequence[str], where: str | None = None) -> None:
        super().__init__("配置有误：" + "；".join(faults), "改正后重试；删除该文件即恢复默认值", where)


class BadChange(Stated):
    """A supposed change that cannot be read."""

    text: str
    code = "bad_change"
    says = "看不懂的变化“{text}”"
    do = "写成 企业@环节 或 企业@环节:产值（万元），如 某某公司@锯条:5000"
