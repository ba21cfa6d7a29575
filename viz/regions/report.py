"""The report of a county or the city as a paper."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

from graph.answers.papers.region import RegionFacts
from viz.paper.document import Paper
from viz.paper.files import paper_format, save
from viz.paper.official import numeral
from viz.paper.settings import PaperSettings
from viz.regions.comparison import comparison, summary
from viz.regions.tally import ChainTally, by_county, tallies, total
from viz.report.chapters.annexes import annexes
from viz.report.chapters.appendix import appendix
from viz.report.chapters.chain import write_chain
from viz.report.chapters.cover import cover
from viz.report.cite import Citations
from viz.report.context import Blank, Context
from viz.report.lint import faults
from viz.report.word import report_paper
from viz.theme import demo_notice

log = logging.getLogger("lianpu")


def write_region_report(facts: RegionFacts, path: Path, settings: PaperSettings | None = None) -> int:
    """Write the report as .docx, .pdf or .html; the number of bytes. Same facts and settings, same bytes.

    Raises UnknownFormat and NotWritable.
    """
    paper_format(path)
    return save(region_paper(facts, settings or PaperSettings()), path)


def region_paper(facts: RegionFacts, settings: PaperSettings) -> Paper:
    """The report as a paper: cover, contents, 摘要, the comparison, a section for each chain or county, 附录.

    That of a county with one chain is the report of that chain: there is nothing to compare.
    """
    if facts.county and len(facts.chains) == 1:
        return report_paper(facts.chains[0], settings)
    chains = tallies(facts)
    notice = demo_notice(dict.fromkeys(row["county"] for row in facts.rows)) if facts.demo else ""
    paper = Paper(f"{facts.name}产业链技术分析报告", facts.day, notice=notice, styles=settings.styles)
    cover(
        paper,
        settings.of(facts.county),
        f"{facts.name}\n产业链",
        segments=total(chains, "segments"),
        known=total(chains, "known"),
        as_of=max((one.facts.view.as_of for one in chains), default=""),
    )
    paper.contents()
    paper.new_page()
    summary(paper, facts, chains)
    comparison(paper, facts, chains)
    cite, blanks = Citations(), list[Blank]()
    for number, (title, own) in enumerate(_sections(facts, chains), 2):
        paper.heading(f"{numeral(number)}、{title}", new_page=True)
        for one in own:
            if facts.county is None:
                paper.heading(one.title, 2)
            chain = Context(one.facts, paper, cite, 2 if facts.county else 3, blanks)
            write_chain(chain)
            if facts.county:  # those of the whole city stand in the reports of counties and chains
                annexes(chain)
    appendix(paper, cite, blanks, facts.config, facts.content)
    for fault in faults(paper):
        log.warning("《%s》：%s", paper.name, fault)
    return paper


def _sections(facts: RegionFacts, chains: Sequence[ChainTally]) -> list[tuple[str, list[ChainTally]]]:
    """Of a county a section for each chain, of the city one for each county."""
    if facts.county:
        return [(one.title, [one]) for one in chains]
    return list(by_county(chains).items())
