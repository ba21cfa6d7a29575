"""The report 《产业链技术分析报告》 of one chain: every number followed by its rows."""

from __future__ import annotations

import logging
from pathlib import Path

from graph.answers.papers.report import ReportFacts
from graph.naming.chain import chain_title
from viz.paper.document import Paper
from viz.paper.files import paper_format, save
from viz.paper.settings import PaperSettings
from viz.report.chapters.annexes import annexes
from viz.report.chapters.appendix import appendix
from viz.report.chapters.chain import write_chain
from viz.report.chapters.cover import cover
from viz.report.chapters.summary import summary
from viz.report.context import Context, paper_of
from viz.report.lint import faults

log = logging.getLogger("lianpu")


def write_report(facts: ReportFacts, path: Path, settings: PaperSettings | None = None) -> int:
    """Write the report as .docx, .pdf or .html; the number of bytes. Same facts and settings, same bytes.

    Raises UnknownFormat and NotWritable.
    """
    paper_format(path)
    return save(report_paper(facts, settings or PaperSettings()), path)


def report_paper(facts: ReportFacts, settings: PaperSettings) -> Paper:
    """The report as a paper."""
    title = f"{chain_title(facts.view.county, facts.view.chain)}技术分析报告"
    report = Context(facts, paper_of(facts, title, settings.styles))
    known = sum(s["known"] for s in report.counted)
    cover(
        report.paper, settings.of(facts.view.county), f"{report.title}\n",
        segments=len(report.counted), known=known, as_of=facts.view.as_of,
    )  # fmt: skip
    report.paper.contents()
    report.paper.new_page()
    summary(report)
    report.paper.new_page()
    write_chain(report)
    annexes(report)
    appendix(report.paper, report.cite, report.blanks, facts.config, facts.content)
    for fault in faults(report.paper):
        log.warning("《%s》：%s", title, fault)
    return report.paper
