"""实施方案（初稿）.docx of a county: what the data knows is written, what only the office knows is 待填."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from graph.answers.plan.draft import ChainBrief, DraftFacts
from viz.paper.files import paper_format, save
from viz.paper.official import OfficialPaper, numeral
from viz.paper.settings import PaperSettings
from viz.plan.draft_text import DraftText
from viz.plan.timeline import timeline
from viz.theme import demo_notice
from viz.wording import day_text

PICTURED, UNITS = 11, 860.0  # tasks of one picture, and its width in units: text of 8 points or more on paper


def write_draft(path: Path, facts: DraftFacts, settings: PaperSettings | None = None) -> int:
    """Write the draft; the number of bytes. The same facts and settings give the same bytes.

    Raises UnknownFormat and NotWritable.
    """
    paper_format(path)
    own = settings or PaperSettings()
    text = DraftText(facts)
    notice = demo_notice([facts.county]) if facts.demo else ""
    official = OfficialPaper(text.title, date.fromisoformat(facts.at), notice, own.of(facts.county))
    official.head(addressed=False)
    official.say(text.opening)
    official.chapter("产业链选择和现状")
    official.say(text.choice)
    for place, chain in enumerate(facts.chains, 1):
        if len(facts.chains) > 1:
            official.paper.heading(f"（{numeral(place)}）{chain.title}", 2)
        _chain(official, text, chain)
    official.chapter("工作目标")
    official.say(text.aims)
    if text.aims_table[1]:
        official.paper.table("工作目标", *text.aims_table)
    _tasks(official, text)
    _steps(official, text)
    _safeguards(official, text)
    official.signature()
    official.paper.heading("附录　待补清单", new_page=True)
    official.say("以下内容数据中没有，由编制单位补充：")
    official.say(*(f"{place}. {what}。" for place, what in enumerate(text.blanks, 1)))
    return save(official.paper, path)


def _chain(official: OfficialPaper, text: DraftText, chain: ChainBrief) -> None:
    official.say(text.scale(chain), text.links(chain), text.needs(chain))
    if chain.weak:
        official.paper.table(*text.weak_table(chain))


def _tasks(official: OfficialPaper, text: DraftText) -> None:
    official.chapter("重点任务")
    if not text.headings:
        official.say(f"{text.blank('重点任务')}。")
    for place, heading in enumerate(text.headings, 1):
        official.paper.heading(f"（{numeral(place)}）{heading.name}", 2)
        official.say(*text.of_heading(heading))


def _steps(official: OfficialPaper, text: DraftText) -> None:
    """The roadmap drawn, on pages that lie on their side, and the same as a table."""
    facts = text.facts
    groups = (text.dated[i : i + PICTURED] for i in range(0, len(text.dated), PICTURED))
    pictures = [drawing for some in groups if (drawing := timeline(some, facts.at, UNITS))]
    if pictures:
        official.paper.turn(landscape=True)
    official.chapter("实施步骤")
    official.say(text.steps)
    for number, drawing in enumerate(pictures):
        caption = f"{facts.county}实施路线图{'（续）' if number else ''}（截至{day_text(facts.at)}）"
        official.paper.picture(drawing, caption, width=247, height=112)
    if text.steps_table[1]:
        official.paper.table("任务时间安排", *text.steps_table)
    if pictures:
        official.paper.turn(landscape=False)


def _safeguards(official: OfficialPaper, text: DraftText) -> None:
    official.chapter("保障措施")
    for place, (title, saying, table) in enumerate(text.safeguards(), 1):
        official.paper.heading(f"（{numeral(place)}）{title}", 2)
        official.say(saying)
        if table:
            official.paper.table(*table)
