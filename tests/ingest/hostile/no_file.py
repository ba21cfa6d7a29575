"""What is no file, and names that are none."""

from __future__ import annotations

import os

from builders import write_book
from corpus.case import FIRMS

from hostile.build import (
    HEADER,
)
from hostile.kind import Kinds

KINDS = Kinds()
kind = KINDS.add

kind("a fifo", "企业.csv", lambda p: os.mkfifo(p), "不是普通文件")
kind("a link to another file", "企业.csv", lambda p: p.symlink_to("/etc/passwd"))
kind("a folder called xlsx", "企业.xlsx", lambda p: p.mkdir())
kind(
    "a name in GBK bytes",
    os.fsdecode("企业.csv".encode("gbk")),
    HEADER.encode() + "示例甲公司,1,2024\n".encode(),
    rows=1,
)
kind(
    "a name with a line break and quotes", "企业\n'\"<b>.csv", HEADER.encode() + "示例甲公司,1,2024\n".encode(), rows=1
)
kind(
    "an Excel file called pdf",
    "企业.pdf",
    lambda p: write_book(p.with_suffix(".xlsx"), {"企业": FIRMS}).rename(p),
    rows=2,
)
