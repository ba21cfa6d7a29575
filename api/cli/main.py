"""`lianpu`: the entry point."""

from __future__ import annotations

import gc


def main(arguments: list[str] | None = None) -> None:
    """Run what was typed. What loads for it stays: walking it in search of garbage takes a tenth of a small command."""
    gc.disable()  # until a home is open: see graph.bulk.settled
    try:
        from api.cli.invoke import invoke

        invoke(arguments)
    finally:
        gc.enable()
