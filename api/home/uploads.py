"""Files that people hand to a page: kept aside in the home until they are committed, or a day has gone."""

from __future__ import annotations

import re
import secrets
import shutil
import time
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from graph.errors import LianpuError
from graph.files import portable
from ingest.readers.base import MB, Limits, TooLarge

FOLDER = "uploads"
KEPT = 24 * 3600  # seconds
MOST_FILES, MOST_MB = 200, 500
CHUNK = 1 << 20
NAME_BYTES, SUFFIX = 200, 20  # more is no file type
_ID = re.compile(r"[A-Za-z0-9_-]{16}")


class NoUpload(LianpuError):
    """Files that are not there any more, or none at all."""

    code = "no_upload"

    def __init__(self, message: str = "上传的文件已不在") -> None:
        super().__init__(message, "在“数据”页重新选择文件上传")


def safe_name(name: str) -> str:
    """The last part of a name that a browser sent, as a file name that every system takes; nothing leaves the folder.

    >>> safe_name("C:\\\\表格\\\\企业.xlsx"), safe_name("../../etc/企业.csv"), safe_name("..")
    ('企业.xlsx', '企业.csv', '')
    """
    last = re.split(r"[/\\]", name)[-1].encode("utf-8", "replace").decode()
    bare = portable(last).strip().lstrip(".")
    suffix = Path(bare).suffix
    suffix = suffix if len(suffix) < SUFFIX else ""
    stem = bare.removesuffix(suffix)
    while len((stem + suffix).encode()) > NAME_BYTES:
        stem = stem[:-1]
    return stem + suffix


class Uploads:
    """The uploads of a home. Each is a folder that `load` reads as one."""

    def __init__(self, home: Path, limits: Limits | None = None) -> None:
        self._root, self._limits = home / FOLDER, limits or Limits()

    def keep(self, files: Iterable[tuple[str, BinaryIO]]) -> str:
        """Store files under an id of their own. Raises TooLarge and NoUpload."""
        self._forget_old()
        ident = secrets.token_urlsafe(12)
        folder = self._root / ident
        folder.mkdir(parents=True, mode=0o700)
        try:
            left = MOST_MB * MB
            for number, (name, file) in enumerate(files):
                if number >= MOST_FILES:
                    raise TooLarge(name, "文件数", number + 1, MOST_FILES, "分几次上传，或用命令行 lianpu load 文件夹")
                left -= self._store(folder, name, file, left)
            if not any(folder.iterdir()):
                raise NoUpload("没有选择文件")
        except LianpuError:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        return ident

    def _store(self, folder: Path, name: str, file: BinaryIO, left: int) -> int:
        bare = safe_name(name)
        if not bare:
            return 0
        target_path = folder / bare
        for again in range(2, MOST_FILES + 2):
            if not target_path.exists() and not target_path.parent.is_file():  # a file may itself be called 2
                break
            target_path = folder / str(again) / bare  # two folders of the user may each have an 企业.xlsx
        target_path.parent.mkdir(exist_ok=True)
        size, most = 0, self._limits.file_mb * MB
        with target_path.open("wb") as target:
            while chunk := file.read(CHUNK):
                size += len(chunk)
                if size > most:
                    raise TooLarge(bare, "文件大小（MB）", f"{self._limits.file_mb} 以上", self._limits.file_mb)
                if size > left:
                    raise TooLarge(bare, "一次上传的总大小（MB）", f"{MOST_MB} 以上", MOST_MB, "分几次上传")
                target.write(chunk)
        return size

    def folder(self, ident: str) -> Path:
        """Where an upload lies. Raises NoUpload."""
        folder = self._root / ident
        if not _ID.fullmatch(ident) or not folder.is_dir():
            raise NoUpload
        return folder

    def marked(self, ident: str) -> Path:
        """The workbook of an upload with the rejected cells marked, if there is one."""
        return self._root / f"{self.folder(ident).name}.xlsx"

    def mapping(self, ident: str) -> Path:
        """What was chosen for the columns of an upload, if anything was."""
        return self._root / f"{self.folder(ident).name}.yaml"

    def _forget_old(self) -> None:
        if not self._root.is_dir():
            return
        for path in self._root.iterdir():
            if time.time() - path.stat().st_mtime > KEPT:
                shutil.rmtree(path) if path.is_dir() else path.unlink()
