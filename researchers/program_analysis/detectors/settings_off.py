"""Settings that switch something off: false flags, zero weights, modes called none."""

from __future__ import annotations

from collections.abc import Iterator

from researchers.program_analysis.context import Context
from researchers.program_analysis.names import words
from tasks.records.base import digest_of
from tasks.records.change import Finding
from tasks.records.evidence import Location

_OFF = {"off", "none", "disabled", "no", "never"}
_HARMLESS = {
    "debug",
    "verbose",
    "quiet",
    "seed",
    "offset",
    "port",
    "log",
    "dry",
    "profile",
    "trace",
    "version",
}


def find(context: Context) -> Iterator[Finding]:
    """Scalars that are off, and flags that are on (weak), unless the tuner owns them."""
    program = context.program
    for setting in program.settings:
        owned = f"{setting.path}:{setting.key}" in program.hyperparameters
        if owned or not program.may_edit(setting.path) or words(setting.leaf) & _HARMLESS:
            continue
        value = setting.value
        off = value is False or (isinstance(value, str) and value.lower() in _OFF)
        zero = isinstance(value, int | float) and not isinstance(value, bool) and value == 0
        if not (off or zero or value is True):
            continue
        strength = 0.65 if off else (0.5 if zero else 0.2)
        text = f"{setting.path} sets {setting.key} to {value!r}" + (
            ", which switches it off" if off or zero else ""
        )
        yield Finding(
            id=digest_of(["setting_off", setting.path, setting.key])[:12], kind="setting_off",
            location=Location(path=setting.path), strength=strength, evidence=text,
            detail={"key": setting.key, "value": repr(value)},
        )  # fmt: skip
