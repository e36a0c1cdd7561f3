"""Metamorphic probes: inputs changed so that the predictions must stay, or change along."""

from tasks.diagnose.probes.battery import PROBES
from tasks.diagnose.probes.compare import compared
from tasks.diagnose.probes.growing import RELATION as GROWING
from tasks.diagnose.probes.growing import contained, larger, limit_knob
from tasks.diagnose.probes.guest import REVERSED, guest_folder
from tasks.diagnose.probes.probe import Case, Given, Probe

__all__ = [
    "GROWING",
    "PROBES",
    "REVERSED",
    "Case",
    "Given",
    "Probe",
    "compared",
    "contained",
    "guest_folder",
    "larger",
    "limit_knob",
]
