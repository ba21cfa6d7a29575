"""What can go wrong when a file is drawn or written."""

from __future__ import annotations

from collections.abc import Sequence

from graph.errors import LianpuError


class UnknownFormat(LianpuError):
    """A suffix that stands for no format that can be written."""

    code = "unknown_format"

    def __init__(self, suffix: str, known: Sequence[str]) -> None:
        super().__init__(f"不能写成“{suffix or '无后缀'}”格式", f"文件名以 {' '.join(known)} 结尾")


class NotWritable(LianpuError):
    """A file or folder that cannot be written."""

    code = "not_writable"

    def __init__(self, path: object, reason: str | None) -> None:
        super().__init__(
            f"写不了文件 {path}：{reason or '原因不明'}", "检查路径是否存在、文件是否正被 Excel 或 Word 打开"
        )


class BadTemplate(LianpuError):
    """A Word file that cannot serve as a template of papers."""

    code = "bad_template"

    def __init__(self, why: str) -> None:
        super().__init__(
            f"这个文件不能用作文书模板：{why}", "在 Word 或 WPS 中把模板另存为 .docx，正文、标题用样式设置字体字号"
        )
