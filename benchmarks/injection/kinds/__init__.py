"""All kinds of defects that are injected, from published taxonomies."""

from benchmarks.injection.kinds import (
    exceptions,
    missing_conditions,
    missing_statements,
    wrong_calls,
    wrong_conditions,
    wrong_expressions,
    wrong_values,
)
from benchmarks.injection.kinds.kind import Kind

_FILES = (
    missing_conditions,
    missing_statements,
    wrong_values,
    wrong_conditions,
    wrong_calls,
    wrong_expressions,
    exceptions,
)
KINDS = {
    kind.name: kind for file in _FILES for kind in vars(file).values() if isinstance(kind, Kind)
}
"""Name to kind."""

__all__ = ["KINDS", "Kind"]
