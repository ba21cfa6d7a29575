"""The one place that reads the environment."""

from __future__ import annotations

import getpass
import os
import sys
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things are kept. URLs are None for the default files inside the home."""

    home: Path
    graph_url: str | None = field(default=None, repr=False)  # may hold a password, as may the next
    ledger_url: str | None = field(default=None, repr=False)
    user: str | None = None  # who loads and undoes, as batches tell


def load_settings(home: str | None = None) -> Settings:
    """Settings from the environment; `home` (from --home) wins over LIANPU_HOME."""
    chosen = home or os.environ.get("LIANPU_HOME") or str(default_home())
    return Settings(
        Path(chosen).expanduser().absolute(),
        os.environ.get("LIANPU_GRAPH_URL") or None,
        os.environ.get("LIANPU_LEDGER_URL") or None,
        _user(),
    )


def _user() -> str | None:
    try:
        return getpass.getuser()
    except (KeyError, ImportError, OSError):  # a container may run as a number that has no name
        return None


def home_is_set(home: str | None) -> bool:
    """Whether the user chose a home."""
    return bool(home or os.environ.get("LIANPU_HOME"))


def default_home() -> Path:
    """The per-user data folder of the platform."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home()) / "Lianpu"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "Lianpu"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "lianpu"
