"""`str.format` for rehearsed code: fields reach no further than dots in the code would."""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from researchers.program_analysis.rehearsal.limits import paid
from researchers.program_analysis.rehearsal.operators import formatted
from researchers.program_analysis.rehearsal.weights import weighed

_PART = re.compile(r"^[^.\[]+|\.[^.\[]+|\[[^\]]+\]")


class _Formatter(string.Formatter):
    def __init__(self, read: Callable[[Any, str], Any]) -> None:
        self._read = read

    def get_field(
        self, field_name: str, args: Sequence[Any], kwargs: Mapping[str, Any]
    ) -> tuple[Any, Any]:
        first, *rest = _PART.findall(field_name)
        key: int | str = int(first) if first.isdigit() else first
        found = self.get_value(key, args, kwargs)
        for part in rest:
            name = part.strip(".[]")
            if part.startswith("."):
                found = self._read(found, name)
            else:
                found = found[int(name) if name.isdigit() else name]
        return found, key

    def convert_field(self, value: Any, conversion: Any) -> Any:
        return super().convert_field(weighed(value), conversion)

    def format_field(self, value: Any, format_spec: str) -> Any:
        return formatted(value, format_spec)


def formatter(text: str, read: Callable[[Any, str], Any]) -> Callable[..., str]:
    """The method `format` of a text; `read` gives attributes."""

    def run(*given: Any, **named: Any) -> str:
        made: str = paid(_Formatter(read).vformat(text, given, named))
        return made

    return run
