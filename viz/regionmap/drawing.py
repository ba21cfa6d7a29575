"""The map of counties as SVG: outlines coloured by a figure, arcs for what flows between them, a legend. A sketch."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.answers.documents.workbench.regions import CountyFlowDocument, RegionsDocument
from viz.drawing.png import svg_to_png
from viz.drawing.svg import tag, text
from viz.errors import UnknownFormat
from viz.fonts import FAMILY, text_width, wrap
from viz.regionmap.arc import Arc, arc_between
from viz.regionmap.ground import LEADING, MARGIN, NAME, TILE_HEAD, WIDTH, Area, Ground, ground_of, labels
from viz.regionmap.outline import NamedCounty, Point
from viz.regionmap.shade import EMPTY, Shade, shades
from viz.report.sheets import writing
from viz.theme import BRAND, INK, MUTED, PICKED, RAMP_EDGE, SOFT, WHITE

SKETCH = "示意图，不作为划界依据"
ARCS = 60  # flows drawn; beyond, the table has them all
SMALL, HEAD = 11.0, 46.0
FORMATS = (".svg", ".png")
ABSENT = Shade(EMPTY, "没有登记", SOFT)


@dataclass(frozen=True, slots=True)
class RegionMap:
    """A map as a page shows it, its classes, and which counties have no outline."""

    svg: str
    shades: Sequence[Shade]
    shade_of: Mapping[str, Shade]
    prefectures: Sequence[str]
    without: Sequence[str]


def region_map(
    document: RegionsDocument, links: Mapping[str, str] | None = None, pick: str | None = None, flows: str = ""
) -> RegionMap:
    """The map of a document for a page: `links` are the addresses of counties (by id), `pick` is the county whose flows
    stand out, `flows` the kind that is drawn ("" all, 无 none)."""
    return _Map(document, links or {}, pick, flows).whole("")


def write_region_map(path: Path, document: RegionsDocument, notice: str = "", flows: str = "") -> int:
    """Write the map as .svg or .png, with its title. Raises UnknownFormat and NotWritable."""
    suffix = path.suffix.lower()
    if suffix not in FORMATS:
        raise UnknownFormat(suffix, FORMATS)
    svg = _Map(document, {}, None, flows).whole(notice or "链谱").svg
    content = svg.encode() if suffix == ".svg" else svg_to_png(svg)
    with writing(path):
        path.write_bytes(content)
    return len(content)


class _Map:
    """One drawing."""

    def __init__(self, document: RegionsDocument, links: Mapping[str, str], pick: str | None, flows: str) -> None:
        self.document, self.links, self.pick = document, links, pick
        named = [
            NamedCounty(c["county_id"], c["county"], c["city"] or "", c["code"] or "") for c in document["counties"]
        ]
        self.ground: Ground = ground_of(named)
        self.shades, self.shade_of = shades(document["counties"], document["figure"]["unit"])
        self.texts = {c["county_id"]: c["text"] for c in document["counties"]}
        chosen = [f for f in document["flows"] if flows in ("", *(i["kind"] for i in f["items"]))]
        self.flows = chosen[:ARCS]

    def whole(self, notice: str) -> RegionMap:
        """The map; with a notice it has a title of its own, as a file that stands alone."""
        head = HEAD if notice else 0.0
        legend, tall = self._legend(self.ground.height + 10)
        height = head + self.ground.height + tall + 16
        figure = self.document["figure"]
        parts = [
            tag("title", text(f"{figure['caption']}（{SKETCH}）")),
            _hatch(),
            *(self._title(notice) if notice else ()),
            tag(
                "g",
                [*self._areas(), *self._arcs(), *self._names(), *legend],
                transform=f"translate(0 {head:g})" if head else None,
            ),
        ]
        svg = tag(
            "svg",
            parts,
            xmlns="http://www.w3.org/2000/svg",
            viewBox=f"0 0 {WIDTH:g} {height:g}",
            width=WIDTH if notice else None,
            height=height if notice else None,
            role="group",
            class_="regionmap",
            font_family=f"{FAMILY}, Microsoft YaHei, Noto Sans CJK SC, sans-serif",
            aria_label=f"县（市、区）地图，按{figure['caption']}上色，内容与旁边的表格相同",
        )
        without = [a.name for a in self.ground.areas if a.tile]
        return RegionMap(svg, self.shades, self.shade_of, self.ground.prefectures, without)

    def _title(self, notice: str) -> Iterator[str]:
        figure = self.document["figure"]
        where = "、".join(self.ground.prefectures)
        unit = f"（{figure['unit']}）" if figure["unit"] else ""
        yield tag("rect", x=0, y=0, width="100%", height="100%", fill=WHITE)
        yield _words(MARGIN, 22, f"{where} {figure['caption']}{unit}".strip(), 16, INK, weight="bold")
        yield _words(MARGIN, 40, f"截至{self.document['at']}　{figure['about']}　{notice}", SMALL, MUTED)

    def _areas(self) -> Iterator[str]:
        """Every area, that of the picked county last: its line lies over the others."""
        if self.ground.tiles_from is not None:
            x, y = self.ground.tiles_from
            yield _words(x, y + TILE_HEAD - 8, "没有轮廓的区域（方格）", SMALL, MUTED, class_="soft")
        order = sorted(
            self.ground.areas, key=lambda a: (a.county is not None, bool(a.county and a.county.id == self.pick))
        )
        yield from (self._area(area) for area in order)

    def _area(self, area: Area) -> str:
        county = area.county
        shade = self.shade_of[county.id] if county else ABSENT
        value = self.texts[county.id] if county else ABSENT.caption
        chosen = bool(county and county.id == self.pick)
        path = tag(
            "path",
            tag("title", text(f"{area.name}：{value}")),
            d="".join(f"M{'L'.join(f'{x:.1f} {y:.1f}' for x, y in ring)}Z" for ring in area.rings),
            fill="url(#none)" if shade.empty else shade.fill,
            fill_rule="evenodd",
            stroke=PICKED if chosen else RAMP_EDGE,
            stroke_width=2.5 if chosen else 1,
            stroke_linejoin="round",
            class_=f"area {shade.key}{' chosen' if chosen else ''}",
        )
        link = self.links.get(county.id) if county else None
        if not county or not link:
            return path
        return tag("a", path, href=link, class_="county", id=f"area-{county.id}", aria_label=f"{area.name}，{value}")

    def _names(self) -> Iterator[str]:
        for label in labels(self.ground, self.texts):
            x, y = label.at
            if label.off:
                mx, my = label.area.middle
                yield tag("path", d=f"M{mx:.1f} {my:.1f}L{x:.1f} {y - NAME / 3:.1f}", stroke=MUTED, class_="lead")
                yield tag("circle", cx=mx, cy=my, r=2, fill=MUTED, class_="lead")
            for number, line in enumerate(label.lines):
                color, weight = (INK, "bold") if number == 0 else (INK, None)
                below = y + number * LEADING
                yield _words(x, below, line, NAME, color, anchor="middle", weight=weight, class_="name", halo=label.off)

    def _arcs(self) -> Iterator[str]:
        most = max((len(f["items"]) for f in self.flows), default=1)
        marks: list[Point] = []
        for number, flow in enumerate(self.document["flows"], 1):
            if flow in self.flows and {flow["source_id"], flow["target_id"]} <= self.ground.ports.keys():
                start, end = (self.ground.ports[flow[side]] for side in ("source_id", "target_id"))
                arc = arc_between(start, end, 1.5 + 4.5 * len(flow["items"]) / most, marks)
                marks.append(arc.mark)
                yield self._arc(flow, number, arc)

    def _arc(self, flow: CountyFlowDocument, number: int, arc: Arc) -> str:
        count = len(flow["items"])
        aside = bool(self.pick and self.pick not in (flow["source_id"], flow["target_id"]))
        what = "、".join(dict.fromkeys(i["what"] for i in flow["items"] if i["what"]))
        x, y = arc.mark
        parts = [
            tag("title", text(f"{flow['source']}供给{flow['target']}：{count}项{f'，{what}' if what else ''}")),
            tag("path", d=arc.line, fill="none", stroke=BRAND, stroke_width=arc.width, stroke_linecap="round"),
            tag("path", d=arc.tip, fill=BRAND, class_="tip"),
            tag("circle", cx=x, cy=y, r=9, fill=WHITE, stroke=BRAND),
            _words(x, y + 4, count, SMALL, INK, anchor="middle", class_="name"),
        ]
        opacity = 0.25 if aside else 0.9
        if not self.links:
            return tag("g", parts, opacity=opacity)
        label = f"{flow['source']}供给{flow['target']}，{count}项，看表"
        return tag("a", parts, href=f"#flow-{number}", class_="flow", aria_label=label, opacity=opacity)

    def _legend(self, top: float) -> tuple[list[str], float]:
        """The classes with how many counties are in each, in as many lines as they need."""
        parts: list[str] = []
        x, y = MARGIN, top + 10
        entries = [(f"{s.sign} {s.caption}（{s.count}）".strip(), s) for s in self.shades]
        if any(not a.county for a in self.ground.areas):
            entries.append((f"{ABSENT.caption}（{sum(not a.county for a in self.ground.areas)}）", ABSENT))
        for caption, shade in entries:
            wide = 22 + text_width(caption, SMALL) + 14
            if x + wide > WIDTH - MARGIN:
                x, y = MARGIN, y + 20
            fill = "url(#none)" if shade.empty else shade.fill
            parts.append(tag("rect", x=x, y=y - 11, width=18, height=13, rx=2, fill=fill, stroke=RAMP_EDGE, class_=f"area {shade.key}"))  # fmt: skip
            parts.append(_words(x + 22, y, caption, SMALL, INK, class_="name"))
            x += wide
        notes = [SKETCH] + (["箭头：供给方指向需要方，粗细和数字是项数"] if self.flows else [])
        for line in wrap("；".join(notes) + "。", SMALL, WIDTH - 2 * MARGIN, 2):
            y += 20
            parts.append(_words(MARGIN, y, line, SMALL, MUTED, class_="soft"))
        return parts, y - top


def _hatch() -> str:
    stripe = tag("path", d="M0 7L7 0", stroke=MUTED, stroke_opacity="0.45", stroke_width=1)
    ground = tag("rect", width=7, height=7, fill=SOFT, class_="area none")
    return tag("defs", tag("pattern", [ground, stripe], id="none", width=7, height=7, patternUnits="userSpaceOnUse"))


def _words(
    x: float,
    y: float,
    content: object,
    size: float,
    color: str,
    *,
    anchor: str = "start",
    halo: bool = False,
    **more: Any,
) -> str:
    """A line of text; with a halo where it stands over borders."""
    ring = {"stroke": WHITE, "stroke_width": 3, "paint_order": "stroke"} if halo else {}
    weight = more.pop("weight", None)
    return tag(
        "text",
        text(content),
        x=x,
        y=y,
        font_size=size,
        fill=color,
        text_anchor=anchor,
        font_weight=weight,
        **ring,
        **more,
    )
