"""What every writer of files shares: names that any system takes, workbooks free of formulas, and where a row stands."""

from __future__ import annotations

import errno
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

NAME_LENGTH = 80
# For xlsxwriter: no text is ever taken for a formula, a link or a number.
FORMULA_SAFE: Final = MappingProxyType(
    {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
)
MADE: Final = datetime(2000, 1, 1)  # when every workbook says that it was made: the same rows give the same bytes
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f\\/:*?"<>|]')
Source = Mapping[str, Any]  # the JSON form of graph.model.Source


# What hinders a file, in words; the system's own are English.
_REASONS = {
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘只读",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已满",
    errno.EFBIG: "文件太大",
    errno.EISDIR: "是文件夹",
    errno.ENOTDIR: "上级不是文件夹",
    errno.EEXIST: "已有同名文件",
    errno.ENOENT: "没有这个文件",
    errno.EIO: "磁盘读写出错",
    errno.EMFILE: "打开的文件太多",
    errno.ENAMETOOLONG: "名称太长",
}


def reason_of(error: OSError) -> str:
    """Why a file could not be read or written.

    >>> reason_of(PermissionError(errno.EACCES, "Permission denied")), reason_of(OSError("?"))
    ('没有权限', '读写出错')
    """
    return _REASONS.get(error.errno or 0, "读写出错")


def portable(text: str) -> str:
    """The text with every character that some system refuses in a file name as _.

    >>> portable("a/b:c.xlsx")
    'a_b_c.xlsx'
    """
    return _NOT_IN_NAMES.sub("_", text)


def file_name(text: str) -> str:
    """A name as part of a file name on any system.

    >>> file_name("../a:b"), file_name("...")
    ('_a_b', '未命名')
    """
    return portable(text).strip(". ")[:NAME_LENGTH] or "未命名"


def row_place(source: Source) -> str:
    """Where a row stands.

    >>> row_place({"file": "企业.xlsx", "sheet": "企业", "row": 2})
    '企业.xlsx 企业 第2行'
    """
    return f"{source['file']} {source['sheet']} 第{source['row']}行"


def source_line(source: Source) -> str:
    """Where a row stands, of which day, and how credible it is; the same words on a page, in a terminal and in a file.

    >>> source_line({"file": "企业.xlsx", "sheet": "企业", "row": 2, "as_of": "2025-05-16", "grade": "B"})
    '企业.xlsx 企业 第2行，2025-05-16，B级'
    """
    return "，".join(filter(None, (row_place(source), source.get("as_of"), f"{source['grade']}级")))


def row_places(sources: Iterable[Source]) -> str:
    """Where several rows stand, those of one sheet together.

    >>> row_places([{"file": "a.xlsx", "sheet": "企业", "row": 5}, {"file": "a.xlsx", "sheet": "企业", "row": 2}])
    'a.xlsx 企业 第2、5行'
    """
    rows: dict[tuple[str, str], set[int]] = {}
    for source in sources:
        rows.setdefault((source["file"], source["sheet"]), set()).add(source["row"])
    return "；".join(
        f"{file} {sheet} 第{'、'.join(map(str, sorted(numbers)))}行" for (file, sheet), numbers in rows.items()
    )
