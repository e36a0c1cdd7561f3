"""The probes, in the order in which they are run: determinism first, as all others rest on it."""

from __future__ import annotations

from tasks.diagnose.probes.determinism import DETERMINISM
from tasks.diagnose.probes.duplicates import DUPLICATES
from tasks.diagnose.probes.noise import NOISE
from tasks.diagnose.probes.order import ORDER
from tasks.diagnose.probes.probe import Probe
from tasks.diagnose.probes.renaming import RENAMING
from tasks.diagnose.probes.time_shift import TIME_SHIFT
from tasks.diagnose.probes.wording import CASE, PUNCTUATION

PROBES: tuple[Probe, ...] = (
    DETERMINISM, ORDER, CASE, PUNCTUATION, TIME_SHIFT, RENAMING, NOISE, DUPLICATES,
)  # fmt: skip
