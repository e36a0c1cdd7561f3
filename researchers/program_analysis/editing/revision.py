"""A revision: a module with edits, whose new text is made when it is read first."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import libcst as cst

from researchers.program_analysis.editing.edit import Edit
from researchers.program_analysis.editing.errors import UnplacedError
from researchers.program_analysis.editing.imports import Import
from researchers.program_analysis.editing.rebuild import rebuilt
from researchers.program_analysis.editing.section import Section
from researchers.program_analysis.module import Module


@dataclass(frozen=True, eq=False)
class Revision:
    """Edits and imports of one module.

    A revision of which an edit cannot be made is the module as it was, and so no change.
    """

    module: Module
    edits: tuple[Edit, ...]
    imports: tuple[Import, ...] = ()

    @cached_property
    def text(self) -> str:
        """The whole new text."""
        parts = [self._parts.get(section, section.text) for section in self.module.sections]
        text = "".join(parts)
        if self.imports and self._parts and canonical(text) is not None:
            for wanted in self.imports:
                text = wanted.added(text)
        return text

    @cached_property
    def changes(self) -> tuple[tuple[str, str], ...]:
        """New and old text of every section that edits change, in the module's order."""
        parts = sorted(self._parts.items(), key=lambda part: part[0].line)
        return tuple((text, section.text) for section, text in parts)

    def importing(self, wanted: Import) -> Revision:
        """The same with one more import."""
        return replace(self, imports=(*self.imports, wanted))

    def joined(self, other: Revision) -> Revision | None:
        """Both revisions in one; None where an edit of one lies within one of the other."""
        mine, theirs = ([e.anchor for e in r.edits] for r in (self, other))
        for one in mine:
            for two in theirs:
                around = self.module.ancestors
                if one is two or one in around(two) or two in around(one):
                    return None
        imports = tuple(dict.fromkeys((*self.imports, *other.imports)))
        return Revision(self.module, (*self.edits, *other.edits), imports)

    @cached_property
    def _parts(self) -> dict[Section, str]:
        """The sections that edits change with their new texts."""
        by_section: dict[Section, dict[cst.CSTNode, list[Edit]]] = defaultdict(dict)
        try:
            for edit in self.edits:
                section, node = edit.target()
                by_section[section].setdefault(node, []).append(edit)
            return {section: rebuilt(section, edits) for section, edits in by_section.items()}
        except UnplacedError:
            return {}


class Revisions(Mapping[str, str]):
    """The files of a draft by path; a revised module's text is made when it is asked for."""

    def __init__(self, files: Mapping[str, str | Revision]) -> None:
        self._files = dict(files)

    @staticmethod
    def of(files: Mapping[str, str]) -> Revisions:
        """The files as revisions, where they are not."""
        return files if isinstance(files, Revisions) else Revisions(files)

    def __getitem__(self, path: str) -> str:
        found = self._files[path]
        return found.text if isinstance(found, Revision) else found

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)

    def edits(self) -> Iterator[Edit]:
        """Every edit of every revised module."""
        for entry in self._files.values():
            if isinstance(entry, Revision):
                yield from entry.edits

    def entry(self, path: str) -> str | Revision:
        """A file's revision, or its text where it is new or no Python."""
        return self._files[path]

    def importing(self, path: str, wanted: Import | None) -> Revisions:
        """The same files with an import added to one of them."""
        found = self._files[path]
        if wanted is None:
            return self
        if isinstance(found, Revision):
            return Revisions({**self._files, path: found.importing(wanted)})
        return Revisions({**self._files, path: wanted.added(found)})


@lru_cache(maxsize=8192)
def canonical(text: str) -> str | None:
    """The source's syntax without format; None where it does not parse."""
    try:
        return ast.dump(ast.parse(text))
    except (SyntaxError, ValueError, RecursionError):
        return None
