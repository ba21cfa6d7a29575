"""Workbooks as other programs write them, put into the one form that the reader of workbooks expects.

Excel, LibreOffice and openpyxl open all of these: parts under other names, in other folders, in other letters or with
back slashes, links of every writing, XML in other encodings or quotes, a used range that says nothing.
"""

from __future__ import annotations

import zipfile
from io import BytesIO
from xml.sax.saxutils import quoteattr

from ingest.readers.base import Limits, Unreadable
from ingest.readers.package import Package, PartLink, path_of

WORKBOOK, _LINKS, _ROOT = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "_rels/.rels"
_NAMESPACE = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PLACES = {"sharedStrings": "xl/sharedStrings.xml", "styles": "xl/styles.xml"}
_SHEETS = frozenset({"worksheet", "chartsheet", "dialogsheet", "xlMacrosheet"})


def mended(archive: zipfile.ZipFile, data: bytes, name: str, limits: Limits) -> bytes:
    """The bytes of a workbook in the expected form; the same bytes where it has that form. Raises Unreadable."""
    package = Package(archive, name, limits)
    main = package.main(WORKBOOK)
    if main is None:
        return data
    links = [
        link for link in package.links(main) or package.links(WORKBOOK) if link.kind in _PLACES or link.kind in _SHEETS
    ]
    links += _unnamed(links, package, main)
    present = [(link, link.part) for link in links if link.part]
    _check_whole(present, package, name)
    if _is_expected(present, package, main):
        return data
    places = {link.id: _PLACES.get(link.kind, f"xl/worksheets/sheet{n}.xml") for n, link in enumerate(links, 1)}
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as out:
        out.writestr(_ROOT, _relations([("rId1", "officeDocument", WORKBOOK)]))
        out.writestr(WORKBOOK, package.text(main))
        out.writestr(_LINKS, _relations([(link.id, link.kind, f"/{places[link.id]}") for link in links]))
        for link, part in present:
            out.writestr(places[link.id], package.text(part))
    return written.getvalue()


def _check_whole(present: list[tuple[PartLink, str]], package: Package, name: str) -> None:
    """Raise Unreadable where what the sheets are made of is not there."""
    again = "重新下载或导出；能用 Excel 打开的，另存为 .xlsx 后再导入"
    sheets = [part for link, part in present if link.kind in _SHEETS]
    if not sheets:
        raise Unreadable(name, "工作簿里找不到任何一张工作表的部件，文件不完整", again)
    if all(link.kind != "sharedStrings" for link, _ in present) and any(b't="s"' in package.text(s) for s in sheets):
        raise Unreadable(name, "工作簿里存放文字的部件（sharedStrings.xml）不见了，文件不完整", again)


def _is_expected(present: list[tuple[PartLink, str]], package: Package, main: str) -> bool:
    if main != WORKBOOK or any(package.find(part) != part for part in (_ROOT, _LINKS)):
        return False
    as_linked = all(part == _taken_for(link.target) for link, part in present)
    return as_linked and all(package.is_plain(part) for part in (main, _LINKS, _ROOT, *(part for _, part in present)))


def _taken_for(target: str) -> str:
    """The part that the reader of workbooks takes a target for."""
    return target[1:] if target.startswith("/") else f"xl/{target}"


def _unnamed(links: list[PartLink], package: Package, main: str) -> list[PartLink]:
    """The shared texts and styles that lie beside the workbook though nothing names them."""
    folder, kinds = path_of(main).rpartition("/")[0], {link.kind for link in links}
    beside = {k: package.find(f"{folder}/{p.rpartition('/')[2]}") for k, p in _PLACES.items() if k not in kinds}
    return [PartLink(f"beside-{kind}", kind, part, "?") for kind, part in beside.items() if part]


def _relations(links: list[tuple[str, str, str]]) -> str:
    items = (f'<Relationship Id={quoteattr(i)} Type="{_TYPES}/{k}" Target={quoteattr(t)}/>' for i, k, t in links)
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    return f'{head}<Relationships xmlns="{_NAMESPACE}">{"".join(items)}</Relationships>'
