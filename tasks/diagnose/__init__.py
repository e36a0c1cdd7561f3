"""Diagnose: what the code looks like, what flowed through it, and where the score is lost."""

from tasks.diagnose.code_map import map_code
from tasks.diagnose.failures import slice_failures
from tasks.diagnose.sampling import samples
from tasks.diagnose.tracing import (
    read_trace,
    tracer_environment,
    tracer_folder,
    untraced_modules,
)

__all__ = [
    "map_code",
    "read_trace",
    "samples",
    "slice_failures",
    "tracer_environment",
    "tracer_folder",
    "untraced_modules",
]
