"""六图六清单 of a chain: a folder or .zip with every drawing, the same as one .pdf, and the lists as one .xlsx."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from graph.answers.atlas.facts import AtlasFacts
from graph.files import reason_of
from graph.naming.chain import chain_title
from viz.atlas.lists import write_lists
from viz.charts.chain_tree import chain_tree
from viz.charts.development_path import development_path
from viz.charts.panorama import panorama
from viz.charts.recruiting_routes import recruiting_routes
from viz.charts.sheet import ChartSheet
from viz.charts.technology_routes import technology_routes
from viz.charts.trend import trend_chart
from viz.drawing.alone import zipped
from viz.drawing.pdf import drawings_pdf
from viz.drawing.png import svg_to_png
from viz.errors import NotWritable, UnknownFormat

DRAWINGS, LISTS = "六图", "六清单"
FORMATS = (".pdf", ".xlsx", ".zip")


def six_drawings(facts: AtlasFacts) -> dict[str, list[ChartSheet]]:
    """The six drawings in their order, each on as many sheets as it needs."""
    view, plan = facts.view, facts.plan
    return {
        "产业链树": chain_tree(view),
        "全景图": panorama(view),
        "按年趋势": trend_chart(view, facts.trend),
        "发展路径": development_path(view, plan, facts.targets, facts.tasks, facts.at),
        "技术路线": technology_routes(view),
        "招引路线": recruiting_routes(view, plan),
    }


def write_atlas(facts: AtlasFacts, path: Path) -> int:
    """Write the atlas as a folder (no suffix), .zip, .pdf (drawings) or .xlsx (lists); the number of bytes.

    Raises UnknownFormat and NotWritable.
    """
    suffix = path.suffix.lower()
    if suffix and suffix not in FORMATS:
        raise UnknownFormat(path.suffix, ("（文件夹）", *FORMATS))
    try:
        if suffix == ".xlsx":
            write_lists(facts.view, facts.plan, path)
            return path.stat().st_size
        if suffix == ".pdf":
            return path.write_bytes(_pdf(facts, six_drawings(facts)))
        if suffix == ".zip":
            return _zipped(facts, path)
        return sum(file.stat().st_size for file in _folder(facts, path))
    except OSError as error:
        raise NotWritable(path, reason_of(error)) from error


def _pdf(facts: AtlasFacts, drawings: dict[str, list[ChartSheet]]) -> bytes:
    title = f"{chain_title(facts.view.county, facts.view.chain)}{DRAWINGS}"
    pages = [sheet for one in drawings.values() for sheet in one]
    return drawings_pdf(title, [(s.svg, s.size.width, s.size.height) for s in pages])


def _folder(facts: AtlasFacts, folder: Path) -> Sequence[Path]:
    """Every drawing as .svg and .png, all of them as one .pdf, and the lists."""
    folder.mkdir(parents=True, exist_ok=True)
    drawings, files = six_drawings(facts), []
    for number, (name, sheets) in enumerate(drawings.items(), 1):
        for part, sheet in enumerate(sheets, 1):
            stem = f"{number}{name}" + (f"-{part}" if len(sheets) > 1 else "")
            files += [folder / f"{stem}.svg", folder / f"{stem}.png"]
            files[-2].write_text(sheet.svg, "utf-8")
            files[-1].write_bytes(svg_to_png(sheet.svg))
    files += [folder / f"{DRAWINGS}.pdf", folder / f"{LISTS}.xlsx"]
    files[-2].write_bytes(_pdf(facts, drawings))
    write_lists(facts.view, facts.plan, files[-1])
    return files


def _zipped(facts: AtlasFacts, path: Path) -> int:
    with tempfile.TemporaryDirectory(prefix="lianpu-") as scratch:
        files = _folder(facts, Path(scratch) / "atlas")
        return path.write_bytes(zipped((file.name, file.read_bytes()) for file in files))
