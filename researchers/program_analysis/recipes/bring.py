"""Brings a part into the target: copied beside the module that uses it, adapted, and imported."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path, PurePosixPath

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context
from researchers.program_analysis.imports import import_of, import_prefix
from researchers.program_analysis.module import Module

_PARTS = Path(__file__).parent / "parts"
_HOUSE = "researchers.program_analysis.recipes.parts."


def bring(
    context: Context,
    module: Module,
    made: Sequence[edits.Edit],
    part: str,
    name: str,
    constants: Mapping[str, object] | None = None,
) -> edits.Revisions:
    """The files of a draft: the changed module, which imports `name`, and the parts it needs.

    `constants` replace upper-case assignments of the part by the values given.
    """
    folder = PurePosixPath(module.path).parent
    files: dict[str, str | edits.Revision] = {}
    for needed in (part, *_needs(part)):
        path = (folder / f"{needed}.py").as_posix()
        known = context.program.by_path.get(path)
        text = _adapted(context, module, needed, constants or {})
        if known is None:
            files[path] = text
        elif edits.canonical(known.text) != edits.canonical(text):
            if needed != part:
                continue
            files[path] = text
    home = (folder / f"{part}.py").as_posix()
    files[module.path] = edits.Revision(module, tuple(made))
    wanted = import_of(context.program, module, home, name)
    return edits.Revisions(files).importing(module.path, wanted)


def is_here(context: Context, part: str) -> bool:
    """Whether the target holds this part already."""
    return any(PurePosixPath(m.path).name == f"{part}.py" for m in context.program.modules)


@lru_cache
def _source(part: str) -> str:
    return (_PARTS / f"{part}.py").read_text(encoding="utf-8")


def _needs(part: str) -> list[str]:
    return sorted(set(re.findall(rf"from {re.escape(_HOUSE)}(\w+) import", _source(part))))


def _adapted(context: Context, module: Module, part: str, constants: Mapping[str, object]) -> str:
    text = _source(part)
    for needed in _needs(part):
        prefix = import_prefix(context.program, module, needed)
        text = text.replace(f"from {_HOUSE}{needed} import", f"from {prefix} import")
    for name, value in constants.items():
        line = f"{name} = {value!r}".replace("\\", "\\\\")
        text = re.sub(rf"(?m)^{name} = .*$", line, text)
    return text
