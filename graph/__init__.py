"""The domain: kinds as data, ledger, projection, stores, analysis.

`graph.open_city(home)` gives what the commands use, for a notebook.
"""

from __future__ import annotations

from typing import Any

__all__ = ["NotebookCity", "open_city"]


def __getattr__(name: str) -> Any:
    # The notebook door brings pandas and networkx; a command that needs neither should not wait for them.
    if name in __all__:
        from graph.answers import notebook

        return getattr(notebook, name)
    raise AttributeError(name)
