"""Which files a load reads, and the name that each has within it."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from ingest.finding import Finding
from ingest.readers import SUFFIXES

MAX_DEPTH = 8
_AS_EXCEL = f"支持：{' '.join(SUFFIXES)}；请在 Excel 中另存为 .xlsx"


def find_files(paths: Sequence[Path]) -> tuple[list[tuple[Path, str]], list[Finding]]:
    """Readable files with the name each has within the load, in order of name, and what was left out.

    Folders are read downwards; links within them are not followed.
    """
    found: dict[str, tuple[Path, str]] = {}
    findings: list[Finding] = []
    for path in paths:
        if path.is_dir():
            inside = list(_walk(path, 0, findings, path))
        elif path.exists():
            inside = [path]
        else:
            said = f"没有这个文件或文件夹：{shown(str(path))}"
            findings.append(Finding("error", shown(str(path)), "", None, None, said, "检查路径"))
            continue
        for file in inside:
            name = file.relative_to(path).as_posix() if file != path else file.name
            found.setdefault(os.path.normcase(file.absolute()), (file, shown(name)))
    readable = []
    for path, name in sorted(_apart(list(found.values())), key=lambda f: f[1]):
        # What lies in a folder may be anything; a file that was named is meant.
        level = "error" if path in paths else "note"
        if not path.is_file():
            said = "不是普通文件，没有读取"
            findings.append(Finding(level, name, "", None, None, said, "把内容另存为普通文件后再导入"))
        elif path.suffix.lower() in SUFFIXES:
            readable.append((path, name))
        else:
            said = f"不支持的文件类型 {shown(path.suffix) or '（无后缀）'}"
            findings.append(Finding(level, name, "", None, None, said, _AS_EXCEL))
    return readable, findings


def shown(name: str) -> str:
    r"""A file's name as text: bytes that are no UTF-8 are read as GB18030, as old archives wrote them.

    >>> shown("企业.csv"), shown(os.fsdecode("企业.csv".encode("gbk")))
    ('企业.csv', '企业.csv')
    """
    data = name.encode("utf-8", "surrogateescape")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("gb18030", "replace")


def _apart(found: list[tuple[Path, str]]) -> list[tuple[Path, str]]:
    """Files of one name get the folders above them into it, as many as it takes."""
    for _ in range(MAX_DEPTH):
        count = Counter(name for _, name in found)
        if max(count.values(), default=1) == 1:
            break
        found = [(p, n if count[n] == 1 else _longer(p, n)) for p, n in found]
    return found


def _longer(path: Path, name: str) -> str:
    parts = path.absolute().parts
    return "/".join(shown(p) for p in parts[-(name.count("/") + 2) :])


def _walk(folder: Path, depth: int, findings: list[Finding], root: Path) -> Iterator[Path]:
    if depth > MAX_DEPTH:
        said = f"文件夹超过 {MAX_DEPTH} 层，里面的文件没有读取"
        name = shown(folder.relative_to(root).as_posix())
        findings.append(Finding("note", name, "", None, None, said, "把文件移到上层文件夹，或直接导入这个文件夹"))
        return
    for path in sorted(folder.iterdir()):
        if path.is_symlink() or path.name.startswith(("~$", ".")):
            continue
        if path.is_dir():
            yield from _walk(path, depth + 1, findings, root)
        else:
            yield path
