"""The menu: the pages of the bar, and the menus of their own that some of them have."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """A page of the bar; those that share a menu of their own stand below it."""

    address: str
    caption: str
    of_chain: bool = False  # the menu opens it at the chain shown
    below: tuple[MenuEntry, ...] = ()
    within: tuple[str, ...] = ()  # beginnings of addresses that belong to it and stand in no menu

    def holds(self, path: str) -> bool:
        """Whether a page is this one, or stands below it.

        >>> MenuEntry("/file", "填报", within=("/file/",)).holds("/file/lead"), MenuEntry("/", "总览").holds("/gaps")
        (True, False)
        """
        return path == self.address or path.startswith(self.within) or any(e.holds(path) for e in self.below)


PLAN = (
    MenuEntry("/progress", "目标进度"),
    MenuEntry("/county", "各县"),
    MenuEntry("/zero", "清零清单"),
    MenuEntry("/ladder", "企业梯队"),
    MenuEntry("/tasks", "任务"),
    MenuEntry("/leads", "招商看板", within=("/brief",)),
    MenuEntry("/file", "填报", within=("/file/",)),
    MenuEntry("/plan/read", "读计划文稿", within=("/plan/",)),
)
MATCHING = (
    MenuEntry("/match", "需求与候选", of_chain=True),
    MenuEntry("/match/pairs", "对接进展", of_chain=True, within=("/match/pair",)),
    MenuEntry("/match/events", "对接会", of_chain=True),
    MenuEntry("/match/library", "成果库与专员", of_chain=True),
)
ANALYSIS = (
    MenuEntry("/changes", "变化", of_chain=True),
    MenuEntry("/regions", "地图"),
    MenuEntry("/compare", "对比"),
    MenuEntry("/query", "查询"),
)
MENU = (
    MenuEntry("/", "总览"),
    MenuEntry("/progress", "目标进度", below=PLAN),
    MenuEntry("/chain", "链图", of_chain=True),
    MenuEntry("/graph", "图谱", of_chain=True),
    MenuEntry("/gaps", "薄弱环节", of_chain=True),
    MenuEntry("/recruiting", "招商靶向", of_chain=True),
    MenuEntry("/match", "供需对接", of_chain=True, below=MATCHING),
    MenuEntry("/mindmap", "思维导图", of_chain=True),
    MenuEntry("/changes", "分析", of_chain=True, below=ANALYSIS),
    MenuEntry("/data", "数据", within=("/edit",)),
)
