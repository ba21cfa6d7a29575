"""Read byte-mutated files: none may crash the reader, take more than 10 s or more than 512 MB.

    python bench/fuzz.py [COUNT] [--seed N]

One valid file of each form is mutated: bytes flipped, cut out, doubled, the end cut off; in zips also within
the parts, so that the damage reaches the XML. Each result is read as a load reads it, without the ledger.
The last line is JSON.
"""

from __future__ import annotations

import argparse
import io
import json
import random
import re
import resource
import shutil
import sys
import tempfile
import time
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests" / "ingest")]

from builders import BASICS, FIRMS, write_book, write_csv  # noqa: E402
from corpus.files import docx, word_table, xls  # noqa: E402
from pdf_builder import table, text, write_pdf  # noqa: E402

from graph.errors import LianpuError  # noqa: E402
from graph.schema.parse import load_schema  # noqa: E402
from ingest.load.tables import TableReader  # noqa: E402
from ingest.mapping.choose import MappingChoice  # noqa: E402
from ingest.readers.parser import Parser  # noqa: E402

RECORDED = ROOT / "tests" / "ingest" / "recorded"
SAVED = ("样式.xlsx", "样式.xls", "样式.ods", "登记表.xlsx", "登记表.ods", "登记表.docx", "登记表.pdf")


@dataclass
class Tally:
    """What became of the mutated files."""

    outcomes: Counter[str] = field(default_factory=Counter)
    crashes: list[str] = field(default_factory=list)
    slowest: float = 0.0


def originals(folder: Path) -> list[Path]:
    """A valid file of each form: ours, those that LibreOffice saved, a workbook of another program, a web archive."""
    archive = folder / "企业.mht"
    archive.write_bytes(b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\n")
    return [
        *(Path(shutil.copy(RECORDED / name, folder)) for name in SAVED),
        _otherwise(folder / "样式.xlsx", folder / "别的程序.xlsx"),
        archive,
        write_book(folder / "示例.xlsx", BASICS),
        xls(dict(BASICS))(folder),
        docx(lambda d: [(d.add_heading(name), word_table(d, rows)) for name, rows in BASICS.items()])(folder),
        write_csv(folder / "企业.csv", FIRMS),
        write_csv(folder / "企业.txt", FIRMS, "gb18030"),
        write_pdf(folder / "示例.pdf", [text(40, 20, "企业") + table(FIRMS, 60, width=73)] * 2),
    ]


def _otherwise(path: Path, other: Path) -> Path:
    """The same workbook as other programs write it: parts in capital letters, UTF-16, single quotes, targets from the root."""
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(other, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            text = old.read(part)
            if part.endswith("styles.xml"):
                text = text.replace(b"UTF-8", b"UTF-16").decode().encode("utf-16")
            elif part.endswith(".rels"):
                text = text.replace(b'Target="', b'Target="./')
            elif part.endswith(".xml"):
                text = re.sub(rb'="([^"]*)"', rb"='\1'", text)
            new.writestr(part.upper(), text)
    return other


def mutated(data: bytes, chance: random.Random) -> bytes:
    """The same bytes with a few faults."""
    out = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 5, 20, 100))):
        at = chance.randrange(max(1, len(out)))
        match chance.randrange(6):
            case 0 | 1 if out:
                out[at] ^= 1 << chance.randrange(8)
            case 2:
                out[at : at + 1] = bytes([chance.randrange(256)])
            case 3:
                del out[at : at + chance.randrange(1, 200)]
            case 4:
                out[at:at] = out[at : at + chance.randrange(1, 400)]
            case 5:
                out[at : at + 4] = chance.choice((b"\xff\xff\xff\xff", b"\0\0\0\0", b"\x7f\xff\xff\xff", b"9999"))
    return bytes(out[: chance.randrange(len(out))] if out and chance.random() < 0.1 else out)


def mutated_within(data: bytes, chance: random.Random) -> bytes:
    """A zip with faults in one of its parts, its checksums right again."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {n: archive.read(n) for n in archive.namelist()}
    wanted = [n for n in parts if n.lower().endswith((".xml", ".rels"))]
    part = chance.choice(wanted)
    parts[part] = mutated(parts[part], chance)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def read(parser: Parser, path: Path, name: str) -> str:
    """Read a file as a load does; what became of it. Anything but a refusal in words is a crash."""
    schema = load_schema()
    reader = TableReader(schema, MappingChoice(schema))
    try:
        reader.read_sheets(name, parser.sheets(path, name))
    except LianpuError as fault:
        return _refusal(fault.message)
    intake = reader.intake
    if intake.rows.accepted:
        return "read"
    lost = [f.message for f in intake.findings if f.level == "error"]
    return _refusal(lost[0]) if lost else "nothing known in it"


def _refusal(message: str) -> str:
    return "child ended by the file" if "中断" in message else "refused"


def fuzz(count: int, seed: int, folder: Path) -> Tally:
    """Mutate and read so many files."""
    chance, tally = random.Random(seed), Tally()
    files = [(p, p.read_bytes()) for p in originals(folder)]
    with Parser() as parser:
        for number in range(count):
            path, data = files[number % len(files)]
            inside = path.suffix in (".xlsx", ".docx", ".ods") and chance.random() < 0.6
            path.write_bytes((mutated_within if inside else mutated)(data, chance))
            began = time.perf_counter()
            try:
                tally.outcomes[read(parser, path, path.name)] += 1
            except Exception as error:
                tally.crashes.append(f"{number} {path.name}: {error!r}")
            tally.slowest = max(tally.slowest, time.perf_counter() - began)
    return tally


def main() -> None:
    """Fuzz and print what happened."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=2000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        tally = fuzz(asked.count, asked.seed, Path(folder))
    for crash in tally.crashes:
        print(crash)
    figures = {
        "files": asked.count, "crashes": len(tally.crashes), **dict(tally.outcomes),
        "slowest_s": round(tally.slowest, 2), "seconds": round(time.perf_counter() - began, 1),
        "peak_mb_of_child": round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024),
        "peak_mb_of_parent": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }  # fmt: skip
    print(json.dumps({"ratios": {}, "figures": figures}, ensure_ascii=False))


if __name__ == "__main__":
    main()
