"""Text files."""

from __future__ import annotations

import os

from hostile.build import (
    HEADER,
    MB,
)
from hostile.kind import Kinds

KINDS = Kinds()
kind = KINDS.add

kind("an empty file", "企业.csv", b"", "空的")
kind("a byte order mark and nothing else", "企业.csv", b"\xef\xbb\xbf")
kind("NUL bytes", "企业.csv", bytes(5000), "读不了文件")
kind("NUL bytes within text", "企业.csv", HEADER.encode() + "示例甲\0公司,1,2024\n".encode(), "读不了文件")
kind("a program called csv", "企业.csv", b"\x7fELF\x02\x01\x01" + os.urandom(100_000), "读不了文件")
kind("a picture called xlsx", "企业.xlsx", b"\x89PNG\r\n\x1a\n" + os.urandom(5000), "损坏")
kind("a million columns", "企业.csv", b"a," * 1_000_000 + b"\n", "列数")
kind("one line of 60 MB", "企业.csv", lambda p: p.write_bytes(HEADER.encode() + b"x" * 60 * MB), "文件大小")
kind("one line of 40 MB", "企业.csv", lambda p: p.write_bytes(HEADER.encode() + b"x" * 40 * MB), "上限 5000")
kind(
    "a quotation mark that is never closed",
    "企业.csv",
    HEADER.encode() + '"示例甲公司,1,2024\n'.encode() + "示例乙公司,2,2024\n".encode() * 20_000,
    "引号",
    20_000,
)
kind(
    "20,000 quotation marks that are never closed",
    "企业.csv",
    HEADER.encode() + '"示例甲公司,1,2024\n'.encode() * 20_001,
    "引号",
)
kind("nothing but quotation marks", "企业.csv", HEADER.encode() + b'"' * 1_000_001, "企业")
kind("nothing but commas", "企业.csv", HEADER.encode() + b",,,\n" * 500_000 + "示例甲公司,1,2024\n".encode(), rows=1)
kind(
    "more rows than a spreadsheet has",
    "企业.csv",
    lambda p: p.write_bytes(HEADER.encode() + b"\n" * 1_048_600 + b"a,1,2024\n"),
    "行数",
)
kind(
    "lone surrogates in UTF-16",
    "企业.csv",
    b"\xff\xfe" + (HEADER + "示例甲公司,1,2024\n").encode("utf-16-le") + b"\x00\xd8" + ",1,2024\n".encode("utf-16-le"),
    "乱码",
    1,
)
kind(
    "UTF-16 of an odd length",
    "企业.csv",
    b"\xff\xfe" + (HEADER + "示例甲公司,1,2024\n").encode("utf-16-le") + b"\x00",
    "乱码",
    1,
)
kind("marks that turn text round", "企业.csv", HEADER.encode() + "\u202e示例甲公司\u202d,1,2024\n".encode(), rows=1)
kind("control characters", "企业.csv", HEADER.encode() + "示例\x07甲\x1b[31m公司\x08,1,2024\n".encode(), rows=1)
kind(
    "formulas",
    "企业.csv",
    HEADER.encode() + b"=cmd|'/c calc'!A0,1,2024\n@SUM(1),1,2024\n+1,1,2024\n",
    "名称里只有数字",
    rows=2,
)
kind("markup", "企业.csv", HEADER.encode() + b"<script>alert(1)</script>,1,2024\n", rows=1)
kind("JSON called csv", "企业.csv", b'{"a": [1, 2, {"b": 3}]}', "企业")
kind("separators of every kind by turns", "企业.csv", (b"a;b,c|d\te\n" * 50_000), "企业")
kind(
    "numbers of 4,000 digits",
    "企业.csv",
    HEADER.encode() + b"a," + b"9" * 4000 + b",2024\nb,1," + b"9" * 4000 + b"\n",
    "企业",
)
