"""The one way in which candidate code is run: confined, limited, and ended without a trace."""

from tasks.test.sandbox.backend import Sandbox
from tasks.test.sandbox.choice import Availability, choose, probe
from tasks.test.sandbox.discard import discard
from tasks.test.sandbox.job import Job, Limits, Mount
from tasks.test.sandbox.metered import Meter, Metered, Used
from tasks.test.sandbox.outcome import Killed, Outcome
from tasks.test.sandbox.output import read_output

__all__ = [
    "Availability",
    "Job",
    "Killed",
    "Limits",
    "Meter",
    "Metered",
    "Mount",
    "Outcome",
    "Sandbox",
    "Used",
    "choose",
    "discard",
    "probe",
    "read_output",
]
