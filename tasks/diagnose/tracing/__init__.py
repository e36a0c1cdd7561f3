"""Record-flow tracing of a real run: what the caller mounts and sets, and what comes back."""

from tasks.diagnose.tracing.environment import Mode, tracer_environment, tracer_folder
from tasks.diagnose.tracing.guest.whetstone_tracer.states import FAILS
from tasks.diagnose.tracing.reading import read_trace, untraced_modules

__all__ = [
    "FAILS",
    "Mode",
    "read_trace",
    "tracer_environment",
    "tracer_folder",
    "untraced_modules",
]
