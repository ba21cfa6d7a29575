"""实施方案（初稿）.docx of a county: what the data knows is written, what only the office knows is 待填."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from graph.answers.plan.draft import ChainBrief, DraftFacts
from viz.errors import UnknownFormat
from viz.plan.draft_text import DraftText
from viz.report.official import OfficialPaper, numeral
from viz.theme import demo_notice


def write_draft(path: Path, facts: DraftFacts) -> int:
    """Write the draft; the number of bytes. The same facts give the same bytes. Raises UnknownFormat and NotWritable."""
    if path.suffix.lower() != ".docx":
        raise UnknownFormat(path.suffix, (".docx",))
    text = DraftText(facts)
    notice = demo_notice([facts.county]) if facts.demo else ""
    official = OfficialPaper(text.title, date.fromisoformat(facts.at), notice)
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
    official.chapter("实施步骤")
    official.say(text.steps)
    if text.steps_table[1]:
        official.paper.table("任务时间安排", *text.steps_table)
    _safeguards(official, text)
    official.signature()
    official.paper.heading("附录　待补清单", new_page=True)
    official.say("以下内容数据中没有，由编制单位补充：")
    official.say(*(f"{place}. {what}。" for place, what in enumerate(text.blanks, 1)))
    return official.paper.save(path)


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


def _safeguards(official: OfficialPaper, text: DraftText) -> None:
    official.chapter("保障措施")
    for place, (title, saying, table) in enumerate(text.safeguards(), 1):
        official.paper.heading(f"（{numeral(place)}）{title}", 2)
        official.say(saying)
        if table:
            official.paper.table(*table)
