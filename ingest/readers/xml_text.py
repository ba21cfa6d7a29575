"""The XML of a part in one writing: UTF-8, attributes in double quotes close to their names, nothing after its end."""

from __future__ import annotations

import codecs
import re

_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.-]+)["']""")
_DIMENSION = re.compile(rb"<(?:\w+:)?dimension\b[^>]*?(?:/>|>\s*</(?:\w+:)?dimension>)")
_GOOD_RANGE = re.compile(rb"\bref=\"[A-Z]{1,3}[1-9]\d{0,6}(?::[A-Z]{1,3}[1-9]\d{0,6})?\"")
# Quotes and blanks that other programs write; in texts they are harmless, and only tags are rewritten.
_ODD = (b"='", b" =", b"= ", b"\t=", b"=\t", b"\n=", b"=\n", b"\r=", b"=\r", b" >", b"\n>")
# Comments and raw texts first: what looks like a tag in them is none.
_PIECE = re.compile(rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')+>", re.DOTALL)
_ATTRIBUTE = re.compile(rb"\s*=\s*(?:\"([^\"<]*)\"|'([^'<]*)')")
_END = re.compile(rb"\s+>$")
_AFTER = re.compile(rb"(?:\s|\0|<!--(?:[^-]|-(?!->))*-->)+$")
_HEAD = 4096  # bytes in which a sheet states its used range
_TAIL = 4096  # bytes after which nothing but blanks and comments may follow the end


def plain_xml(data: bytes) -> bytes:
    """The same XML in that writing; the same bytes where it is in it already."""
    data = _in_utf8(data)
    if (range_ := _DIMENSION.search(data, 0, _HEAD)) and not _GOOD_RANGE.search(_tag(range_)):
        data = data[: range_.start()] + data[range_.end() :]
    if any(odd in data for odd in _ODD):
        data = _PIECE.sub(_tag, data)
    if not data.endswith(b">") or data.endswith(b"-->"):
        tail = data[-_TAIL:]
        data = data[:-_TAIL] + _AFTER.sub(b"", tail) if len(data) > _TAIL else _AFTER.sub(b"", tail)
    return data


def _in_utf8(data: bytes) -> bytes:
    """Text of any encoding that it states, or that its first bytes show."""
    encoding = "utf-16" if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else ""
    if not encoding and data[:4] in (b"<\0?\0", b"\0<\0?"):
        encoding = "utf-16-le" if data[0] else "utf-16-be"
    if not encoding and (declared := _DECLARED.match(data[:200])):
        encoding = declared[1].decode().lower()
    if encoding in ("", "utf-8", "utf8", "us-ascii", "ascii"):
        return data
    # Chinese programs state the older name of what is GB18030.
    text = data.decode("gb18030" if encoding.startswith("gb") else encoding)
    return re.sub(r"""(^\ufeff?\s*<\?xml[^>]*?)\s+encoding\s*=\s*["'][\w.-]+["']""", r"\1", text, count=1).encode()


def _tag(piece: re.Match[bytes]) -> bytes:
    """A tag with its attributes in double quotes; what is no tag stays."""
    text = piece[0]
    if text.startswith((b"<!", b"<?")):
        return text
    return _END.sub(b">", _ATTRIBUTE.sub(_quoted, text))


def _quoted(attribute: re.Match[bytes]) -> bytes:
    value = attribute[1] if attribute[1] is not None else attribute[2].replace(b'"', b"&quot;")
    return b'="' + value + b'"'
