"""Writes a generated benchmark: python -m memory_systems.lifelog --out FOLDER."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from memory_systems.errors import BenchmarkError
from memory_systems.lifelog.export import write


def main(arguments: list[str] | None = None) -> int:
    """The exit status: 0, or 1 with the cause and its cure on stderr."""
    parser = argparse.ArgumentParser(prog="python -m memory_systems.lifelog", description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="folder to write into")
    parser.add_argument("--seed", type=int, default=0, help="another seed changes everything")
    parser.add_argument("--conversations", type=int, default=12)
    parser.add_argument("--sessions", type=int, default=8, help="sessions per conversation")
    parser.add_argument("--turns-per-session", type=int, default=14)
    parser.add_argument("--questions", type=int, default=24, help="questions per conversation")
    given = vars(parser.parse_args(arguments))
    try:
        path = write(given.pop("out"), **given)
    except BenchmarkError as error:
        print(error, file=sys.stderr)
        return 1
    print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
