"""Validate: is it better, for sure enough, and is it so on data that nobody has tuned on.

Importing this package costs numpy only; SciPy is loaded with the first quantile.
"""

from tasks.validate.acceptance import Acceptance, Control, Outcome, contradicts, outcome_of
from tasks.validate.bands import FEWEST_SEEDS, band
from tasks.validate.census import census, count
from tasks.validate.division import divide
from tasks.validate.intervals import estimate, summarize
from tasks.validate.moderation import ErrorPrior, error_prior, moderated
from tasks.validate.paired import compare
from tasks.validate.pairs import Compare
from tasks.validate.permutation import permutation_p
from tasks.validate.racing import FEWEST_ITEMS, FUTILE_ITEMS, StopDecision, looks, should_stop
from tasks.validate.seal import Opening, Seal
from tasks.validate.shrinkage import overfit
from tasks.validate.splits import deal
from tasks.validate.strata import deal_apart
from tasks.validate.superiority import superiority
from tasks.validate.trade import traded
from tasks.validate.widening import widened

__all__ = [
    "FEWEST_ITEMS",
    "FEWEST_SEEDS",
    "FUTILE_ITEMS",
    "Acceptance",
    "Compare",
    "Control",
    "ErrorPrior",
    "Opening",
    "Outcome",
    "Seal",
    "StopDecision",
    "band",
    "census",
    "compare",
    "contradicts",
    "count",
    "deal",
    "deal_apart",
    "divide",
    "error_prior",
    "estimate",
    "looks",
    "moderated",
    "outcome_of",
    "overfit",
    "permutation_p",
    "should_stop",
    "summarize",
    "superiority",
    "traded",
    "widened",
]
