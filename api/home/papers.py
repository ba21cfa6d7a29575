"""What the home says of its papers: `papers.yaml`, and the office's own Word template beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from graph.errors import BadConfig
from graph.files import reason_of
from viz.errors import NotWritable
from viz.paper.settings import PaperSettings, parse_settings, settings_text

FILE = "papers.yaml"


class HomePapers:
    """The settings of papers of one home."""

    def __init__(self, home: Path) -> None:
        self.path = home / FILE

    def settings(self) -> PaperSettings:
        """What is set; the defaults where nothing is. Raises BadConfig."""
        try:
            text = self.path.read_text("utf-8") if self.path.exists() else ""
        except UnicodeDecodeError as error:
            raise BadConfig(["不是 UTF-8 文本"], str(self.path)) from error
        except OSError as error:
            raise BadConfig([f"打不开文件：{reason_of(error)}"], str(self.path)) from error
        return parse_settings(text, str(self.path))

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
