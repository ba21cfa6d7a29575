"""The parts of an Office file by the names that they mean, however they and the links between them are written."""

from __future__ import annotations

import zipfile
from posixpath import normpath
from typing import NamedTuple
from urllib.parse import unquote

from ingest.readers.base import Limits
from ingest.readers.container import elements, local
from ingest.readers.xml_text import plain_xml


class PartLink(NamedTuple):
    """A part that another names: by which id, as what, under which name it is in the file, and how it was written."""

    id: str
    kind: str
    part: str | None
    target: str


class Package:
    """An open file whose parts may stand in any letters, folders and encodings."""

    def __init__(self, archive: zipfile.ZipFile, name: str, limits: Limits) -> None:
        self._archive, self._name, self._limits = archive, name, limits
        self._parts = {path_of(n).lower(): n for n in archive.namelist()}
        self._mended: dict[str, bytes] = {}

    def find(self, part: str) -> str | None:
        """The name that a part has in the file."""
        wanted = path_of(part).lower()
        return self._parts.get(wanted) or self._parts.get(unquote(wanted))

    def text(self, part: str) -> bytes:
        """A part in plain XML."""
        if part in self._mended:
            return self._mended[part]
        given = self._archive.read(part)
        plain = plain_xml(given)
        if plain != given:
            self._mended[part] = plain
        return plain

    def is_plain(self, part: str) -> bool:
        """Whether a part is plain XML as it is."""
        return bool(self.text(part)) and part not in self._mended

    def main(self, usual: str) -> str | None:
        """The part that all others hang on: by its usual name, else by the link of the whole file."""
        linked = (link.part for link in self.links("") if link.kind == "officeDocument")
        return self.find(usual) or next(filter(None, linked), None)

    def links(self, part: str) -> list[PartLink]:
        """What a part ("" for the whole file) names."""
        folder, _, own = path_of(part).rpartition("/")
        links = self.find(f"{folder}/_rels/{own}.rels")
        inside = elements(self.text(links), self._name, self._limits) if links else ()
        return [self._link(e.attrib, folder) for e in inside if local(e) == "Relationship"]

    def _link(self, attributes: dict[str, str], folder: str) -> PartLink:
        target = attributes.get("Target", "").replace("\\", "/")
        # Some write a target from the root without saying so.
        places = [target] if target.startswith("/") else [f"{folder}/{target}", target]
        part = next((p for place in places if (p := self.find(place))), None)
        return PartLink(attributes.get("Id", ""), attributes.get("Type", "").rpartition("/")[2], part, target)


def path_of(part: str) -> str:
    """The path of a part from the root of the file.

    >>> path_of(r".\\xl\\book.xml"), path_of("/xl/a/../book.xml"), path_of("")
    ('xl/book.xml', 'xl/book.xml', '')
    """
    return normpath("/" + part.replace("\\", "/").lstrip("/")).lstrip("/")
