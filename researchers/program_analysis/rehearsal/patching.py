"""`monkeypatch`: attributes and elements of the program changed for a test."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from researchers.program_analysis.rehearsal import attributes, operators
from researchers.program_analysis.rehearsal.limits import Refused
from researchers.program_analysis.rehearsal.methods import METHODS

_ABSENT = object()


class MonkeyPatch:
    """What a test changes stays so until `undo`, which is called when the test ends."""

    def __init__(self, imported: Callable[[str], Any]) -> None:
        self._imported = imported
        self._undone: list[Callable[[], None]] = []

    def setattr(self, target: Any, name: Any, value: Any = _ABSENT, raising: bool = True) -> None:
        """Sets an attribute of a module, class or object, which may be told by a dotted name."""
        if value is _ABSENT:
            target, name, value = *self._named(target), name
        try:
            before = attributes.read(target, name)
        except AttributeError:
            if raising:
                raise
            before = _ABSENT
        if isinstance(target, type):
            # As it stands there: read, static methods would be plain functions.
            before = vars(target).get(name, _ABSENT)
        attributes.write(target, name, value)
        if before is _ABSENT:
            self._undone.append(lambda: attributes.delete(target, name))
        else:
            self._undone.append(lambda: attributes.write(target, name, before))

    def delattr(self, target: Any, name: Any = _ABSENT, raising: bool = True) -> None:
        """Deletes an attribute."""
        if name is _ABSENT:
            target, name = self._named(target)
        before = attributes.read(target, name)
        attributes.delete(target, name)
        self._undone.append(lambda: attributes.write(target, name, before))

    def setitem(self, holder: Any, key: Any, value: Any) -> None:
        """Sets an element of a mapping."""
        if key in holder:
            before = operators.item(holder, key)
            self._undone.append(lambda: operators.set_item(holder, key, before))
        else:
            self._undone.append(lambda: operators.delete_item(holder, key))
        operators.set_item(holder, key, value)

    def setenv(self, *given: Any, **named: Any) -> None:
        """Raises Refused, as all that changes the process does."""
        raise Refused("monkeypatch of the process")

    delenv = chdir = syspath_prepend = delitem = context = setenv

    def undo(self) -> None:
        """Sets what was changed as it was."""
        while self._undone:
            self._undone.pop()()

    def _named(self, dotted: Any) -> tuple[Any, str]:
        if not isinstance(dotted, str):
            raise Refused("monkeypatch")
        module, _, name = dotted.rpartition(".")
        return self._imported(module), name


METHODS[MonkeyPatch] = frozenset(name for name in vars(MonkeyPatch) if name[:1] != "_")
