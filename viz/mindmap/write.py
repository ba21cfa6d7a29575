"""The mind map into a file: a page, drawings, and the formats of other programs, all of one tree."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from graph.answers.documents.recruiting import CandidatesDocument
from graph.files import reason_of
from graph.model import ChainView
from viz.drawing.alone import zipped
from viz.drawing.pdf import drawings_pdf, drawings_png
from viz.errors import NotWritable, UnknownFormat
from viz.mindmap.drawing import MapTitle, draw_map
from viz.mindmap.files.markup import freemind_text, markdown_text, opml_text
from viz.mindmap.files.topic import MindOutline, outline_of
from viz.mindmap.files.xmind import xmind_bytes
from viz.mindmap.node import MindNode, cut
from viz.mindmap.sheets import sheets_of
from viz.mindmap.tree import mind_tree

PNG_PPI = 144.0  # two pixels for a point of the paper
OUTLINES: dict[str, Callable[[MindOutline], bytes]] = {
    ".xmind": xmind_bytes,
    ".mm": lambda outline: freemind_text(outline).encode(),
    ".opml": lambda outline: opml_text(outline).encode(),
    ".md": lambda outline: markdown_text(outline).encode(),
}
FORMATS = (".html", ".xmind", ".mm", ".opml", ".md", ".svg", ".png", ".zip", ".pdf")


def write_mindmap(
    view: ChainView,
    path: Path,
    plan: CandidatesDocument | None = None,
    *,
    depth: int | None = None,
    branch: str | None = None,
) -> int:
    """Write the map in the format that the suffix names; the number of bytes.

    A map of several sheets is as .png a file for each, `名称_2.png` beside `名称.png`; as .zip all in one.
    Raises UnknownFormat, NoBranch and NotWritable.
    """
    suffix, title = path.suffix.lower(), MapTitle.of(view)
    if suffix not in FORMATS:
        raise UnknownFormat(path.suffix, FORMATS)
    whole = mind_tree(view, plan)
    if suffix in OUTLINES:
        contents = [OUTLINES[suffix](outline_of(whole, title, depth, branch))]
    else:
        contents = _drawn(cut(whole, depth, branch), title, suffix)
    try:
        for number, content in enumerate(contents, 1):
            png_path(path, number).write_bytes(content)
    except OSError as error:
        raise NotWritable(path, reason_of(error)) from error
    return sum(map(len, contents))


def _drawn(root: MindNode, title: MapTitle, suffix: str) -> list[bytes]:
    """The file, or for .png the files."""
    if suffix == ".html":
        from viz.mindmap.html import mindmap_page  # its library loads only where a page is made

        return [mindmap_page(root, title).encode()]
    if suffix == ".svg":
        return [draw_map(root, title).svg.encode()]
    sheets = [(s.svg(), s.width, s.height) for s in sheets_of(root, title)]
    if suffix == ".pdf":
        return [drawings_pdf(title.title, sheets)]
    pictures = drawings_png(sheets, PNG_PPI)
    if suffix == ".zip":
        return [zipped([(f"{n:02}.png", picture) for n, picture in enumerate(pictures, 1)])]
    return pictures


def png_path(path: Path, number: int) -> Path:
    """Where a sheet of several stands.

    >>> png_path(Path("导图.png"), 1).name, png_path(Path("导图.png"), 3).name
    ('导图.png', '导图_3.png')
    """
    return path if number == 1 else path.with_stem(f"{path.stem}_{number}")


def sheet_count(view: ChainView, plan: CandidatesDocument | None, depth: int | None, branch: str | None) -> int:
    """How many sheets a map takes. Raises NoBranch."""
    return len(sheets_of(cut(mind_tree(view, plan), depth, branch), MapTitle.of(view)))
