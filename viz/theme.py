"""How statuses look: one place for colour, icon and caption of screen, SVG, Word and Excel."""

from __future__ import annotations

from dataclasses import dataclass

FONT_STACK = '"Microsoft YaHei","Noto Sans CJK SC","Noto Sans SC",sans-serif'
DEMO_NOTICE = "示例数据·来自公开报道·不作考核依据"


@dataclass(frozen=True, slots=True)
class StatusStyle:
    """Colour never stands alone: an icon and the caption go with it."""

    code: str
    caption: str
    icon: str
    color: str  # line and text on white, contrast >= 4.5
    fill: str  # card background


STATUS_STYLES: dict[str, StatusStyle] = {
    s.code: s
    for s in (
        StatusStyle("强链", "优势", "▲", "#237804", "#f0f9eb"),
        StatusStyle("稳链", "稳定", "●", "#0b5cad", "#eef6ff"),
        StatusStyle("弱链", "薄弱", "▼", "#ad5700", "#fff8e6"),
        StatusStyle("缺链", "缺失", "×", "#c41d1d", "#fff1f0"),
        StatusStyle("断链", "断点", "≠", "#a8071a", "#ffe9e8"),
        StatusStyle("卡脖子", "卡脖子", "◆", "#722ed1", "#f6f0ff"),
        StatusStyle("空白", "空白", "○", "#595959", "#fafafa"),
        StatusStyle("未知", "未摸底", "?", "#6b6b6b", "#f5f5f5"),
        StatusStyle("不适用", "应用", "◇", "#08757a", "#e8fafa"),
    )
}

STAGES = ("上游", "中游", "下游", "配套", "应用")
PALE_FLAGS = ("与在产矛盾", "待核实", "上级未细分")  # to be checked: drawn pale, never red
