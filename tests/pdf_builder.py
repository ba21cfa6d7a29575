"""PDF files written by hand: text of a Chinese standard font at a place, ruled tables, raw objects."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

HEIGHT, WIDTH = 842, 595
FONT = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts ["
    b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 "
    b"/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /FontDescriptor "
    b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [0 -120 1000 880] /ItalicAngle 0 "
    b"/Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 >> >>] >>"
)


def text(x: float, top: float, said: str, size: float = 9) -> str:
    """Drawing commands for a line of text; `top` counts from the top of the page."""
    return f"BT /F1 {size} Tf {x} {HEIGHT - top - size} Td <{said.encode('utf-16-be').hex()}> Tj ET\n"


def line(x0: float, y0: float, x1: float, y1: float) -> str:
    """A ruling line; y counts from the top of the page."""
    return f"{x0} {HEIGHT - y0} m {x1} {HEIGHT - y1} l S\n"


def table(
    rows: Sequence[Sequence[Any]], top: float, left: float = 40, width: float = 80, height: float = 20,
    spans: dict[tuple[int, int], tuple[int, int]] | None = None,
) -> str:  # fmt: skip
    """A table with all its borders; `spans` gives rows and columns that the cell at (row, column) covers."""
    spans = spans or {}
    covered = {
        (r + i, c + j) for (r, c), (rs, cs) in spans.items() for i in range(rs) for j in range(cs) if i or j
    }  # fmt: skip
    drawn = []
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if (r, c) in covered:
                continue
            rs, cs = spans.get((r, c), (1, 1))
            x0, x1, y0, y1 = left + c * width, left + (c + cs) * width, top + r * height, top + (r + rs) * height
            drawn += [line(x0, y0, x1, y0), line(x0, y1, x1, y1), line(x0, y0, x0, y1), line(x1, y0, x1, y1)]
            for n, said in enumerate(str("" if value is None else value).split("\n")):
                if said:
                    drawn.append(text(x0 + 3, y0 + 4 + 11 * n, said))
    return "".join(drawn)


def page(content: str) -> bytes:
    """A page's stream object."""
    packed = zlib.compress(content.encode())
    return b"<< /Length %d /Filter /FlateDecode >> stream\n%s\nendstream" % (len(packed), packed)


def write_pdf(path: Path, contents: Sequence[str], extra: Sequence[bytes] = ()) -> Path:
    """A PDF with a page for each content."""
    count = len(contents)
    kids = b" ".join(b"%d 0 R" % (4 + 2 * i) for i in range(count))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>" % (count, kids),
        FONT,
    ]
    for i, content in enumerate(contents):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Resources << /Font << /F1 3 0 R >> >> "
            b"/Contents %d 0 R >>" % (WIDTH, HEIGHT, 5 + 2 * i)
        )
        objects.append(page(content))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(assemble([*objects, *extra]))
    return path


def assemble(objects: Sequence[bytes], trailer: bytes = b"/Root 1 0 R") -> bytes:
    """Objects, numbered from 1, as a PDF with its table of places."""
    out, places = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start)
    return bytes(out)
