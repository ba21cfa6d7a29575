"""The chapters of one chain in their order: for its own report, or as a section of that of a county."""

from __future__ import annotations

from viz.report.chapters.advice import advice
from viz.report.chapters.deadlines import targets
from viz.report.chapters.directions import directions
from viz.report.chapters.maps import maps
from viz.report.chapters.needs import needs
from viz.report.chapters.scope import scope
from viz.report.chapters.strengths import strengths
from viz.report.chapters.support import projects, support
from viz.report.context import Context

CHAPTERS = (scope, maps, strengths, needs, projects, support, directions, targets, advice)


def write_chain(report: Context) -> None:
    """Write chapters one to nine of a chain; their headings are of the context's level."""
    for chapter in CHAPTERS:
        chapter(report)
