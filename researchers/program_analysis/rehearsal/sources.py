"""Modules of Python that are rehearsed from their own source, as the target's are.

What a listed module does is then metered and refused like all else. They are read where Python
keeps them, by these names alone.
"""

from __future__ import annotations

import ast
import sysconfig
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from researchers.program_analysis.rehearsal.methods import words
from researchers.program_analysis.rehearsal.standins import TEXTS

FOLDER = "<python>"
"""What the paths of these modules begin with."""
_LISTED = words(
    """argparse calendar collections colorsys configparser contextlib csv difflib fnmatch graphlib
    heapq html html.parser ipaddress keyword mimetypes pprint queue reprlib sched
    shlex string textwrap timeit token urllib.parse uuid xml.sax.handler xml.sax.saxutils
    xml.sax.xmlreader xml.sax._exceptions"""
)


def path_of(name: str) -> str | None:
    """The path by which a listed module goes."""
    known = name in _LISTED or name in TEXTS
    return f"{FOLDER}/{name.replace('.', '/')}.py" if known else None


@cache
def statements(path: str) -> Sequence[ast.stmt]:
    """The statements of a listed module; none where this Python keeps no source of it."""
    bare = path.removeprefix(f"{FOLDER}/")
    text = TEXTS.get(bare.removesuffix(".py"))
    if text is not None:
        return ast.parse(text).body
    stem = Path(sysconfig.get_path("stdlib")) / bare
    for file in (stem, stem.with_suffix("") / "__init__.py"):
        if file.is_file():
            return ast.parse(file.read_bytes()).body
    return ()


def absolute(name: str, here: str) -> str:
    """The name of a module that a listed one imports, whose own names are relative."""
    level = len(name) - len(name.lstrip("."))
    if not level or not here.startswith(FOLDER):
        return name
    above = here.removeprefix(f"{FOLDER}/").removesuffix(".py").split("/")[:-level]
    return ".".join([*above, *name.lstrip(".").split(".")]).rstrip(".")
