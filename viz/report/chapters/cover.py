"""The cover of a report, of a chain as of a region."""

from __future__ import annotations

from viz.paper.document import Paper
from viz.paper.settings import PaperSettings
from viz.wording import day_text

HALF = 0.5


def cover(paper: Paper, settings: PaperSettings, subject: str, *, segments: int, known: int, as_of: str) -> None:
    """Title, who issues it, dates, and that it is a draft where less than half of the segments is surveyed."""
    if settings.headline:
        paper.centred(settings.headline)
    paper.cover(f"{subject}技术分析报告")
    if known < HALF * segments or not segments:
        surveyed = f"已摸底环节{known}个，共{segments}个" if segments else "环节尚未填报"
        paper.centred(f"（{settings.draft}：{surveyed}）")
    paper.centred(settings.unit or "（待填：发文单位）")
    if as_of:
        paper.centred(f"数据截至{day_text(as_of)}")
    paper.centred(day_text(paper.day.isoformat()))
    if paper.notice:
        paper.centred(paper.notice)
    paper.new_page()
