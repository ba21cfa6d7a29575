"""Signs that documents write as letters of a symbol font: ticks, crosses, boxes and circles of forms."""

from __future__ import annotations

# By font in small letters and the code of the character in the font, hexadecimal.
_FONTS = {
    "wingdings": {
        "√": "FC",
        "×": "FB",
        "☑": "FE",
        "☒": "FD 78",
        "□": "A8 6F 71 72",
        "■": "6E",
        "●": "6C",
        "○": "A1 6D",
    },
    "wingdings 2": {"√": "50", "×": "4F", "☑": "52", "☒": "51 53 54", "□": "A3 2A", "●": "97 98", "○": "99 9A"},
    "webdings": {"√": "61", "×": "72", "□": "63", "■": "67"},
    "marlett": {"√": "61 62", "×": "72"},
    "zapfdingbats": {"√": "33 34", "×": "35 36 37 38", "■": "6E", "□": "6F 70 71 72", "●": "6C", "○": "6D"},
    "symbol": {"√": "D6", "×": "B4"},
    # These two write real letters as letters; only their private characters are signs.
    "segoe ui symbol": {"√": "E001 E081 E10B E73E E8FB", "☑": "E0A2 E005 E73A", "□": "E003 E739", "×": "E10A E711"},
    "opensymbol": {"√": "E4C4"},
}
_FONTS["itc zapf dingbats"] = _FONTS["zapf dingbats"] = _FONTS["monotype sorts"] = _FONTS["zapfdingbats"]
_FONTS["segoe mdl2 assets"] = _FONTS["segoe fluent icons"] = _FONTS["segoe ui symbol"]
_SIGNS = {font: {code: s for s, codes in of.items() for code in codes.split()} for font, of in _FONTS.items()}
NAMES = tuple(_FONTS)


def is_symbol_font(name: str) -> bool:
    """Whether letters in this font may stand for signs.

    >>> is_symbol_font("Wingdings 2"), is_symbol_font("宋体")
    (True, False)
    """
    return name.strip().lower() in _SIGNS


def signs(text: str, font: str) -> str:
    """What people see of a text in a symbol font; other characters stay, as they come from another font.

    >>> signs("R是 £否", "Wingdings 2"), signs("\\uf0fe", "Wingdings")
    ('☑是 □否', '☑')
    """
    of = _SIGNS.get(font.strip().lower())
    return text if of is None else "".join(of.get(_code(ord(c)), c) for c in text)


def sign_of(code: str, font: str) -> str:
    """The sign that a font has for a code in hexadecimal digits; nothing for one that is no sign of forms.

    >>> sign_of("F052", "Wingdings 2"), sign_of("52", "宋体")
    ('☑', '')
    """
    try:
        return _SIGNS.get(font.strip().lower(), {}).get(_code(int(code, 16)), "")
    except ValueError:
        return ""


def _code(number: int) -> str:
    """Symbol fonts stand in one block of private characters, or are written by the letters below it."""
    return f"{number & 0xFF:02X}" if number < 0x100 or number >> 8 == 0xF0 else f"{number:04X}"
