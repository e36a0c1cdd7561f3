"""How likely each edit is the right one, where a test suite fails and no finding speaks for any.

The hope for a family of templates is how often real faults are of its kind, and its edits in one
function share that hope: a family that writes hundreds of edits does not crowd out one that writes
three. Frequencies are rounded means of two published counts. One is of Python commits that mend one
statement (Richter and Wehrheim, TSSB-3M, 2022: shares of the 1.4 million that fit a pattern). The
other is of faults that tests expose (Sobreira et al., Dissection of Defects4J, 2018: the 139 of 395
whose patch takes two repair actions at most), which alone knows of missing statements. Where one
count covers several families, how it is split between them is a judgement. So are the shares of
templates that write only where the code itself shows that something is gone: an exit that cuts off
what follows, a branch that does nothing, a name that nothing binds, a value that is overwritten.
Such places are rare, and what stands there is wrong more often than any count of faults says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from researchers.program_analysis.draft import Draft

FAMILIES: tuple[tuple[float, tuple[str, ...]], ...] = (
    (12, ("other_variable", "mutate_variable")),
    (10, ("add_clause",)),
    (8, ("other_expression", "other_index")),
    (7, ("mutate_literal",)),
    (6, ("mutate_comparison",)),
    (6, ("missing_argument",)),
    (6, ("wrap_call", "missing_call")),
    (6, ("copy_statement", "mark_element", "missing_super")),
    (5, ("other_attribute", "missing_self")),
    (4, ("observed_branch",)),
    (3, ("observed_clause",)),
    (5, ("guard_statement", "skip_element", "filter_elements")),
    (4, ("off_by_one",)),
    (4, ("mutate_arithmetic", "other_operator")),
    (4, ("other_function",)),
    (4, ("exchange_callee",)),
    (4, ("insert_guard",)),
    (12, ("bind_name",)),
    (10, ("guard_exit",)),
    (12, ("fill_block",)),
    (4, ("borrowed_guard",)),
    (2, ("conditional_value",)),
    (3, ("book_attribute",)),
    (4, ("keep_value",)),
    (4, ("fallback_value",)),
    (4, ("feed_accumulator",)),
    (4, ("other_return", "missing_return")),
    (3, ("other_literal",)),
    (3, ("exchange_variables",)),
    (3, ("drop_clause",)),
    (3, ("slice_bounds", "loop_range")),
    (
        3,
        (
            "initial_value",
            "absent_entry",
            "augment_assignment",
            "parallel_assignment",
            "outer_variable",
        ),
    ),
    (2, ("negate_condition", "mutate_flow")),
    (2, ("other_comparison",)),
    (2, ("move_statement",)),
    (2, ("unwrap_call", "turn_sign")),
    (2, ("swap_arguments", "recursion_argument")),
    (2, ("extra_argument",)),
    (1.5, ("drop_guard",)),
    (1.5, ("add_term", "drop_term", "regroup")),
    (3, ("borrowed_term",)),
    (2, ("other_branch",)),
    (2, ("copy_parameter",)),
    (1, ("handle_exception", "await_call", "yield_value")),
)
"""Faults in a hundred, and the templates that mend that kind; some faults are of two kinds."""
SHARED = 0.9
"""How far edits of one family and function share its hope: 0 not at all, 1 wholly.

Between 0.8 and 1, ranks of known mends hardly differ.
"""
_FAMILY = {name: place for place, (_, names) in enumerate(FAMILIES) for name in names}


@dataclass(frozen=True)
class Blind:
    """An edit without a finding, by its template's name and prior.

    `place` is the worth of where it is, 0 to 1.
    """

    draft: Draft
    template: str
    prior: float
    place: float

    @property
    def group(self) -> tuple[int, str, str]:
        """What it shares its hope with."""
        at = self.draft.location
        return _FAMILY[self.template], at.path, at.function

    @property
    def weight(self) -> float:
        """What speaks for it beside others of its group, wherever they stand."""
        return self.prior * self.draft.strength * self.draft.effect


def hopes(drafts: Iterable[Blind]) -> list[float]:
    """The hope for each edit, in their order: 0 to about 0.1."""
    edits = list(drafts)
    together = _weights(edits)
    return [
        FAMILIES[e.group[0]][0] / 100 * e.place * e.weight / together[e.group] ** SHARED
        if e.weight
        else 0.0
        for e in edits
    ]


def _weights(edits: Iterable[Blind]) -> Mapping[tuple[int, str, str], float]:
    found: defaultdict[tuple[int, str, str], float] = defaultdict(float)
    for edit in edits:
        found[edit.group] += edit.weight
    return found
