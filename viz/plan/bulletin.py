"""督查通报.docx: where a plan stands on a day, county by county, to be signed by the office."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from graph.answers.plan.papers import BulletinFacts
from viz.paper.files import paper_format, save
from viz.paper.official import OfficialPaper
from viz.paper.settings import PaperSettings
from viz.plan.bulletin_text import BulletinText
from viz.theme import demo_notice
from viz.wording import day_text

PITCH = 26  # so that the bulletin of a city of ten counties is signed on its second page


def write_bulletin(path: Path, facts: BulletinFacts, settings: PaperSettings | None = None) -> int:
    """Write the bulletin; the number of bytes. The same facts and settings give the same bytes.

    Raises UnknownFormat and NotWritable.
    """
    paper_format(path)
    own = settings or PaperSettings()
    text = BulletinText(facts)
    notice = demo_notice(c["county"] for c in facts.progress["counties"]) if facts.demo else ""
    official = OfficialPaper(text.title, date.fromisoformat(facts.progress["at"]), notice, own, PITCH)
    official.head()
    official.say(text.opening)
    official.chapter("总体进展")
    official.paper.table(
        f"各县（市、区）指标进度（截至{day_text(facts.progress['at'])}，单位：项次）", *text.lights_table, size=9
    )
    official.say(f"{text.spread}{text.tasks}")
    official.chapter("存在的问题")
    official.say(text.grave, f"{''.join(text.due)}{''.join(text.filing)}")
    official.chapter("下一步工作")
    official.say(text.next_steps)
    official.paper.hold_last()
    official.attachments_named(text.attachments)
    official.signature()
    official.attach(text.attachments)
    official.note(f"注：{facts.rule}")
    return save(official.paper, path)
