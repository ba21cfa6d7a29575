"""Which files a load reads, and the name that each has within it."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from ingest.finding import Finding
from ingest.readers import SUFFIXES, TRIED

MAX_DEPTH = 8
_AS_EXCEL = f"支持：{' '.join(SUFFIXES)}；请在 Excel 中另存为 .xlsx"


class FoundFile(NamedTuple):
    """A file, and the name that it has within the load."""

    path: Path
    name: str


def find_files(paths: Sequence[Path]) -> tuple[list[FoundFile], list[Finding]]:
    """Readable files in order of name, and what there is to say about those left out.

    Folders are read downwards; links within them are not followed.
    """
    files: dict[str, FoundFile] = {}
    findings: list[Finding] = []
    for path in paths:
        if not path.exists():
            message = f"没有这个文件或文件夹：{shown(str(path))}"
            findings.append(Finding("error", shown(str(path)), "", None, None, message, "检查路径"))
        for entry in _walk(path, path) if path.is_dir() else [path] if path.exists() else []:
            if isinstance(entry, Finding):
                findings.append(entry)
                continue
            name = entry.relative_to(path).as_posix() if entry != path else entry.name
            files.setdefault(os.path.normcase(entry.absolute()), FoundFile(entry, shown(name)))
    readable = []
    for file in sorted(_apart(list(files.values())), key=lambda f: f.name):
        if left_out := _left_out(file, named=file.path in paths):
            findings.append(left_out)
        else:
            readable.append(file)
    return readable, findings


def _left_out(file: FoundFile, *, named: bool) -> Finding | None:
    """Why a file is not read. What lies in a folder may be anything; a file that was named is meant."""
    level = "error" if named else "note"
    if not file.path.is_file():
        message, hint = "不是普通文件，没有读取", "把内容另存为普通文件后再导入"
        return Finding(level, file.name, "", None, None, message, hint)
    if file.path.suffix.lower() not in (TRIED if named else SUFFIXES):
        message = f"不支持的文件类型 {shown(file.path.suffix) or '（无后缀）'}"
        return Finding(level, file.name, "", None, None, message, _AS_EXCEL)
    return None


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


def _apart(files: list[FoundFile]) -> list[FoundFile]:
    """Files of one name get the folders above them into it, as many as it takes."""
    for _ in range(MAX_DEPTH):
        count = Counter(f.name for f in files)
        if max(count.values(), default=1) == 1:
            break
        files = [f if count[f.name] == 1 else FoundFile(f.path, _longer(f)) for f in files]
    return files


def _longer(file: FoundFile) -> str:
    parts = file.path.absolute().parts
    return "/".join(shown(p) for p in parts[-(file.name.count("/") + 2) :])


def _walk(folder: Path, root: Path, depth: int = 0) -> Iterator[Path | Finding]:
    """The files in a folder and below; where it is too deep, that."""
    if depth > MAX_DEPTH:
        message = f"文件夹超过 {MAX_DEPTH} 层，里面的文件没有读取"
        name = shown(folder.relative_to(root).as_posix())
        yield Finding("note", name, "", None, None, message, "把文件移到上层文件夹，或直接导入这个文件夹")
        return
    for path in sorted(folder.iterdir()):
        if path.is_symlink() or path.name.startswith(("~$", ".")):
            continue
        if path.is_dir():
            yield from _walk(path, root, depth + 1)
        else:
            yield path
