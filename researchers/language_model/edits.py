"""Search/replace edits: checked one by one and all together, then turned into new file texts."""

from __future__ import annotations

import ast
import difflib
from collections.abc import Sequence
from itertools import pairwise

from researchers.language_model.answers import Edit
from researchers.language_model.source import Source
from researchers.language_model.thinking import Unusable
from tasks.records.change import FileEdit

MOST_FILES = 12
MOST_TEXT = 120_000
"""Characters that one change may write."""
MOST_PROBLEMS = 8


def file_edits(edits: Sequence[Edit], source: Source) -> tuple[FileEdit, ...]:
    """The files as the edits leave them, by path. Raises Unusable with what is to be corrected."""
    paths = list(dict.fromkeys(edit.path for edit in edits))
    problems: list[str] = []
    if len(paths) > MOST_FILES:
        problems.append(f"{len(paths)} files are touched; at most {MOST_FILES} may be")
    if sum(len(edit.replace) for edit in edits) > MOST_TEXT:
        problems.append(f"the edits write more than {MOST_TEXT} characters")
    made: list[FileEdit] = []
    for path in paths if not problems else ():
        own = [edit for edit in edits if edit.path == path]
        try:
            made.append(FileEdit(path=path, content=_edited(path, own, source)))
        except Unusable as error:
            problems += error.problems
    if problems:
        raise Unusable(problems[:MOST_PROBLEMS])
    return tuple(made)


def spliced(text: str, swaps: Sequence[tuple[str, str]]) -> str:
    """The text with each first member of a pair, found exactly once, replaced by the second.

    All are found in the text as given. Raises Unusable for texts that are missing, ambiguous,
    overlapping, or replaced by themselves.
    """
    problems: list[str] = []
    spans: list[tuple[int, int, str]] = []
    for search, replace in swaps:
        found = _places(text, search)
        if not search:
            problems.append("`search` is empty: copy the text to replace, or use `create`")
        elif search == replace:
            problems.append(f"`search` and `replace` are the same: {_shown(search)}")
        elif not found:
            problems.append(f"`search` does not occur: {_shown(search)}{_nearest(text, search)}")
        elif len(found) > 1:
            lines = ", ".join(str(text.count("\n", 0, at) + 1) for at in found[:5])
            problems.append(
                f"`search` occurs {len(found)} times, at lines {lines}: {_shown(search)}; "
                "take more lines around it"
            )
        else:
            spans.append((found[0], found[0] + len(search), replace))
    spans.sort()
    if any(end > start for (_, end, _), (start, _, _) in pairwise(spans)):
        problems.append("two edits overlap: join them into one")
    if problems:
        raise Unusable(problems)
    parts, done = [], 0
    for start, end, replace in spans:
        parts += [text[done:start], replace]
        done = end
    return "".join([*parts, text[done:]])


def _edited(path: str, edits: Sequence[Edit], source: Source) -> str | None:
    """The new text of one file, None when it is deleted."""
    if not source.may_edit(path):
        raise Unusable([f"{path} may not be edited; only {source.scope} may"])
    actions = {edit.action for edit in edits}
    if len(actions) > 1 or (len(edits) > 1 and actions != {"replace"}):
        raise Unusable([f"{path}: `create` and `delete` stand alone, one a file"])
    if actions == {"create"}:
        if source.exists(path):
            raise Unusable([f"{path} exists already: use `replace`"])
        return _parsed(path, edits[0].replace)
    text = source.text(path)
    if text is None:
        raise Unusable([f"{path} is no text file of the target"])
    if not source.whole(path):
        raise Unusable([f"{path} holds held-out tests and may not be edited"])
    if actions == {"delete"}:
        return None
    windows = "\r\n" in text and "\n" not in text.replace("\r\n", "")
    plain = text.replace("\r\n", "\n") if windows else text
    try:
        new = spliced(plain, [(edit.search, edit.replace) for edit in edits])
    except Unusable as error:
        raise Unusable([f"{path}: {problem}" for problem in error.problems]) from error
    return _parsed(path, new.replace("\n", "\r\n") if windows else new)


def _parsed(path: str, text: str) -> str:
    """The text, if it is Python wherever the path says so."""
    if path.endswith(".py"):
        try:
            ast.parse(text)
        except (SyntaxError, ValueError) as error:
            line = getattr(error, "lineno", 0) or 0
            raise Unusable([f"{path} would not parse: {error} (line {line})"]) from error
    return text


def _places(text: str, search: str) -> list[int]:
    """Where the search text begins, overlapping places too."""
    found: list[int] = []
    at = text.find(search) if search else -1
    while at >= 0:
        found.append(at)
        at = text.find(search, at + 1)
    return found


def _shown(text: str) -> str:
    first = next((line.strip() for line in text.splitlines() if line.strip()), "")
    return repr(first[:80])


def _nearest(text: str, search: str) -> str:
    """Where a line like the first one of the search text stands, for a model that miscopied."""
    first = next((line for line in search.splitlines() if line.strip()), "")
    lines = text.splitlines()
    close = difflib.get_close_matches(first, lines[:5_000], n=1, cutoff=0.6)
    return f"; line {lines.index(close[0]) + 1} reads {close[0][:120]!r}" if close else ""
