"""Propose: what a tuner can propose without thought, namely values for the declared knobs.

Importing this package costs neither Optuna nor ruamel.yaml: they are loaded with the first use.
"""

from tasks.propose.literal_space import LiteralSpace, lift
from tasks.propose.pruning import wilcoxon
from tasks.propose.samplers import Sampler, find_sampler
from tasks.propose.settings_file import apply_settings, by_file, read_settings
from tasks.propose.tuner import STEP, Assignment, StudyPlace, Tuner

__all__ = [
    "STEP",
    "Assignment",
    "LiteralSpace",
    "Sampler",
    "StudyPlace",
    "Tuner",
    "apply_settings",
    "by_file",
    "find_sampler",
    "lift",
    "read_settings",
    "wilcoxon",
]
