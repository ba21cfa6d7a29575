"""PDF documents."""

from __future__ import annotations

import os
import zlib

from pdf_builder import write_pdf

from hostile.build import (
    MB,
    PDF_FIRMS,
    pdf_of,
    pdf_page,
)
from hostile.kind import Kinds

KINDS = Kinds()
kind = KINDS.add

_BOMB = zlib.compress(b" " * (200 * MB), 9)
_FIXED = b"<< /Type /Catalog /Pages 2 0 R >>"
kind(
    "PDF: pages that run in a circle",
    "企业.pdf",
    pdf_of([_FIXED, b"<< /Type /Pages /Count 2 /Kids [2 0 R 2 0 R] >>"]),
    "企业.pdf",
)
kind(
    "PDF: a billion pages",
    "企业.pdf",
    pdf_of([_FIXED, b"<< /Type /Pages /Count 1000000000 /Kids [3 0 R] >>", b"<< /Type /Page /Parent 2 0 R >>"]),
    "企业.pdf",
)
kind("PDF: 301 pages", "企业.pdf", lambda p: write_pdf(p, [PDF_FIRMS] * 301), "页数为 301")
kind(
    "PDF: a stream that inflates to 200 MB",
    "企业.pdf",
    pdf_page(b"<< /Length %d /Filter /FlateDecode >> stream\n%s\nendstream" % (len(_BOMB), _BOMB)),
    "企业.pdf",
)
kind(
    "PDF: arrays nested 100,000 deep", "企业.pdf", pdf_page(PDF_FIRMS, extra=[b"[" * 100_000 + b"]" * 100_000]), rows=2
)
kind(
    "PDF: arrays nested in the catalogue",
    "企业.pdf",
    pdf_of(
        [
            b"<< /Type /Catalog /Pages 2 0 R /X " + b"[" * 100_000 + b"]" * 100_000 + b" >>",
            b"<< /Type /Pages /Count 0 /Kids [] >>",
        ]
    ),
    "企业.pdf",
)
kind(
    "PDF: a form that draws itself",
    "企业.pdf",
    pdf_page(
        PDF_FIRMS + "/X Do\n",
        b"/Font << /F1 3 0 R >> /XObject << /X 6 0 R >>",
        [
            b"<< /Type /XObject /Subtype /Form /BBox [0 0 99 99] /Resources << /XObject << /X 6 0 R >> >> /Length 6 >> stream\n/X Do \nendstream"
        ],
    ),
    rows=2,
)
kind(
    "PDF: 300,000 lines on a page",
    "企业.pdf",
    pdf_page(PDF_FIRMS + "".join(f"{i % 500} {i % 700} m {i % 500 + 50} {i % 700} l S\n" for i in range(300_000))),
    "图形数",
)
kind(
    "PDF: a drawing of 5,000 lines over the table",
    "企业.pdf",
    pdf_page(
        PDF_FIRMS
        + "".join(
            f"{i / 10} {i / 7} m {i / 10 + 50} {i / 7} l S {i / 10} 300 m {i / 10} 800 l S\n" for i in range(5000)
        )
    ),
)
kind(
    "PDF: a JBIG2 picture",
    "企业.pdf",
    pdf_page(
        PDF_FIRMS + "q 100 0 0 100 0 0 cm /X Do Q\n",
        b"/Font << /F1 3 0 R >> /XObject << /X 6 0 R >>",
        [
            b"<< /Type /XObject /Subtype /Image /Width 100000 /Height 100000 /BitsPerComponent 1 /ColorSpace /DeviceGray /Filter /JBIG2Decode /Length 20 >> stream\n\x00\x00\x00\x00\x30\x00\x01\xff\xff\xff\xff\x00\x00\x00\x00\x00\x00\x00\x00\x00\nendstream"
        ],
    ),
    rows=2,
)
kind(
    "PDF: a scan without text",
    "企业.pdf",
    pdf_page(
        "q 500 0 0 700 0 0 cm /X Do Q\n",
        b"/XObject << /X 6 0 R >>",
        [
            b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray /Length 1 >> stream\n\x00\nendstream"
        ],
    ),
    "扫描件",
)
kind(
    "PDF: a script that runs on opening",
    "企业.pdf",
    lambda p: p.write_bytes(
        write_pdf(p, [PDF_FIRMS])
        .read_bytes()
        .replace(b"/Pages 2 0 R >>", b"/Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.alert(1)) >> >>")
    ),
    rows=2,
)
kind(
    "PDF: encrypted",
    "企业.pdf",
    pdf_of(
        [
            _FIXED,
            b"<< /Type /Pages /Count 0 /Kids [] >>",
            b"<< /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O <%s> /U <%s> >>" % (b"41" * 32, b"42" * 32),
        ],
        b"/Root 1 0 R /Encrypt 3 0 R /ID [<41><41>]",
    ),
    "密码",
)
kind("PDF: cut in half", "企业.pdf", lambda p: p.write_bytes(write_pdf(p, [PDF_FIRMS]).read_bytes()[:900]), "企业.pdf")
kind(
    "PDF: places that are wrong",
    "企业.pdf",
    lambda p: p.write_bytes(write_pdf(p, [PDF_FIRMS]).read_bytes().replace(b"startxref\n", b"startxref\n9999999")),
    rows=2,
)
kind(
    "PDF: a page without bounds",
    "企业.pdf",
    lambda p: p.write_bytes(write_pdf(p, [PDF_FIRMS]).read_bytes().replace(b"[0 0 595 842]", b"[-9e9 0 9e9 9e]")),
    rows=2,
)
kind(
    "PDF: numbers without bounds",
    "企业.pdf",
    pdf_page(PDF_FIRMS + "1e38 0 0 1e38 0 0 cm 1e38 1e38 m 1e39 1e38 l S 9999999999999999999999 0 m 5 5 l S\n"),
    rows=2,
)
kind("PDF: nothing but its first line", "企业.pdf", b"%PDF-1.7\n", "企业.pdf")
kind("PDF: noise after its first line", "企业.pdf", b"%PDF-1.7\n" + os.urandom(200_000), "企业.pdf")
