"""What goes wrong with the graph of this machine; the ledger is whole in every case."""

from __future__ import annotations

from pathlib import Path

from graph.errors import GraphFault


class GraphLocked(GraphFault):
    """Another program holds the file of the graph."""

    path: Path
    code = "graph_locked"
    says = "图库文件正被另一个程序占用：{path}"
    do = "关闭打开它的程序（另一个链谱、图库浏览器或笔记本）后重试；图库没有改动"


class GraphNoMemory(GraphFault):
    """This machine has not enough memory to open or read the graph."""

    path: Path
    code = "graph_no_memory"
    says = "内存不足，图库打不开或读不了：{path}"
    do = "关闭其他程序腾出内存后重试；内存充足仍打不开时，删除 graph 文件夹，下次会由台账重建"


class GraphUnreadable(GraphFault):
    """The operating system does not let us read or write the file of the graph."""

    path: Path
    reason: str = "磁盘读写出错"
    code = "graph_unreadable"
    says = "图库文件打不开或写不进（{reason}）：{path}"
    do = "检查文件夹的权限和所在磁盘的空间；台账没有受影响，能读写后图库会自动跟上"


class GraphNoRoom(GraphFault):
    """The disk has not enough room for what is to be written to the graph; nothing of it was."""

    path: Path
    free: str
    needed: str
    code = "graph_no_room"
    says = "磁盘剩余空间不足，图库写不进：{path}（剩余 {free}，约需 {needed}）"
    do = "腾出空间后重试；台账没有受影响，有空间后图库会自动跟上"


NOT_WRITTEN = (GraphUnreadable, GraphNoRoom)  # the graph that is there stays whole


class GraphPlaceTaken(GraphFault):
    """Something that is no folder stands where the graph's folder belongs."""

    path: Path
    code = "graph_place_taken"
    says = "图库的文件夹被别的文件占了位置：{path}"
    do = "把这个文件移走或删除，再运行一次；图库会由台账重建，台账没有受影响"


class GraphBroken(GraphFault):
    """What the engine makes of its file cannot be: the file is damaged."""

    path: Path
    code = "graph_broken"
    says = "图库文件已损坏：{path}"
    do = "再运行一次（网页请刷新），图库会由台账重建；台账没有受影响"


class GraphNotBuilt(GraphFault):
    """Nothing was projected yet, or the store is closed: there is nothing to read."""

    url: str
    code = "graph_not_built"
    says = "图库还没有建立，或已经关闭：{url}"
    do = "运行 lianpu rebuild，由台账重建"
