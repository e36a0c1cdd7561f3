"""Propose: what a tuner can propose without thought, namely values for the declared knobs.

Importing this package costs neither Optuna nor ruamel.yaml: they are loaded with the first use.
"""

from tasks.propose.settings_file import apply_settings, read_settings
from tasks.propose.tuner import Assignment, Sampler, Tuner

__all__ = ["Assignment", "Sampler", "Tuner", "apply_settings", "read_settings"]
