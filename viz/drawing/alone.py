"""What files that stand alone have in common: pages that load nothing, and zips that are the same whenever they are made."""

from __future__ import annotations

import base64
import hashlib
import zipfile
from collections.abc import Iterable, Sequence
from io import BytesIO

EPOCH = (1980, 1, 1, 0, 0, 0)


def policy(style: str, scripts: Sequence[str] = ()) -> str:
    """The content security policy of a page that needs nothing else: its own scripts and style by hash, nothing besides.

    >>> policy("p {}").split("; ")[0]
    "default-src 'none'"
    """
    run = f"script-src {' '.join(map(_source, scripts))}; " if scripts else ""
    alone = "img-src data:; base-uri 'none'; form-action 'none'"
    return f"default-src 'none'; {run}style-src {_source(style)}; {alone}"


def _source(content: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"


def zipped(parts: Iterable[tuple[str, bytes]]) -> bytes:
    """A zip that is the same whenever it is made.

    >>> zipped([("a.txt", b"1")]) == zipped([("a.txt", b"1")])
    True
    """
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            info = zipfile.ZipInfo(name, EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return buffer.getvalue()
