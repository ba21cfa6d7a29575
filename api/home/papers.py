"""What the home says of its papers: `papers.yaml`, and the office's own Word template beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

from graph.errors import BadConfig
from graph.files import reason_of
from viz.errors import BadTemplate, NotWritable
from viz.paper.settings import PaperSettings, parse_settings, settings_text
from viz.paper.template import template_styles

FILE, TEMPLATE = "papers.yaml", "papers.docx"
MOST = 20_000_000  # bytes of a template


class HomePapers:
    """The settings of papers of one home."""

    def __init__(self, home: Path) -> None:
        self.path, self.template = home / FILE, home / TEMPLATE

    def settings(self) -> PaperSettings:
        """What is set, with the styles of the office's template; the defaults where nothing is. Raises BadConfig and
        BadTemplate."""
        try:
            text = self.path.read_text("utf-8") if self.path.exists() else ""
        except UnicodeDecodeError as error:
            raise BadConfig(["不是 UTF-8 文本"], str(self.path)) from error
        except OSError as error:
            raise BadConfig([f"打不开文件：{reason_of(error)}"], str(self.path)) from error
        settings = parse_settings(text, str(self.path))
        return replace(settings, styles=template_styles(self.template)) if self.template.exists() else settings

    def keep_template(self, content: BinaryIO) -> None:
        """Use a Word file as the template from now on. Raises BadTemplate and NotWritable."""
        fresh = self.template.with_suffix(".new")
        try:
            written = content.read(MOST + 1)
            if len(written) > MOST:
                raise BadTemplate(f"超过 {MOST // 1_000_000} MB")
            fresh.write_bytes(written)
            template_styles(fresh)
            fresh.replace(self.template)
        except OSError as error:
            raise NotWritable(self.template, reason_of(error)) from error
        finally:
            fresh.unlink(missing_ok=True)

    def drop_template(self) -> None:
        """Use our own styles again."""
        self.template.unlink(missing_ok=True)

    def save(self, county: str, values: Mapping[str, Any]) -> None:
        """Set some values: those of all papers, or what differs in one county. Raises BadConfig and NotWritable."""
        kept = self.settings()
        if county:
            own = {name: value for name, value in values.items() if value}
            kept = replace(kept, counties={**kept.counties, county: own})
        else:
            kept = replace(kept, **values)
        fresh = self.path.with_suffix(".new")
        try:
            fresh.write_text(settings_text(kept), "utf-8")
            fresh.replace(self.path)
        except OSError as error:
            raise NotWritable(self.path, reason_of(error)) from error
