"""The catalogue: every detector, operator and recipe, listed by hand. A new one is a line here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path

from researchers.program_analysis.context import Context
from researchers.program_analysis.deep import (
    any_clause,
    any_guard,
    graft_expression,
    graft_statement,
    wrap_value,
)
from researchers.program_analysis.detectors import (
    absent_key,
    asymmetry,
    boundary,
    broad_except,
    cache_key,
    calendar_arithmetic,
    case_sensitive,
    changed_while_iterated,
    clamp,
    collapse,
    configuration,
    dead_code,
    docstring_range,
    dropped_result,
    expected_error,
    falsy_default,
    filter_after_cut,
    first_for_each,
    foreign_guard,
    forgotten_call,
    guards,
    identity_literal,
    interval,
    late_binding,
    loop_bounds,
    loop_once,
    loose_pattern,
    lost_value,
    mask,
    metamorphic,
    missing_return,
    mixed_kinds,
    mutable_default,
    near_name,
    nondeterminism,
    number_kinds,
    output_text,
    parameters,
    reversed_difference,
    round_trip,
    settings_off,
    shadowed_setting,
    shared_state,
    sibling_argument,
    sort_direction,
    starved,
    stringified,
    substring,
    swallowed,
    tokenizer,
    truncation,
    unit_clash,
    unread_loop,
    unset_attribute,
    unused_component,
    value_spectrum,
    verbosity,
    wall_clock,
    wrong_name,
)
from researchers.program_analysis.draft import Operator
from researchers.program_analysis.operators import (
    attribute_set,
    bare_answer,
    bound_pattern,
    cache_key_whole,
    calendar_shift,
    changed_while_iterated_copy,
    close_file,
    dead_code_live,
    docstring_range_fit,
    dropped_result_keep,
    filter_first,
    flip_order,
    fold_case,
    forgotten_call_made,
    fresh_default,
    honour_value,
    identity_literal_equals,
    interval_fit,
    join_elements,
    keep_order,
    keep_whole_text,
    key_by_identity,
    late_binding_default,
    loop_bounds_fit,
    mixed_kinds_convert,
    near_name_rename,
    nondeterminism_sort,
    none_default,
    number_kinds_true,
    observed_key,
    own_value,
    pass_argument,
    quoted_phrase,
    raise_expected,
    read_setting,
    relax_guard,
    remove_clamp,
    replace_wall_clock,
    rescue_records,
    reversed_difference_turned,
    round_trip_match,
    same_treatment,
    shadowed_setting_win,
    shared_state_own,
    sibling_argument_pass,
    speak_template,
    switch_setting,
    thread_date,
    treat_result,
    treat_value,
    try_each,
    uncross_arguments,
    unit_convert,
    unmask,
    use_parameter,
    whole_word,
    widen_range,
    wire_component,
)
from researchers.program_analysis.templates import TEMPLATES
from tasks.records.change import Finding

Detector = Callable[[Context], Iterator[Finding]]

DETECTORS: tuple[Detector, ...] = (
    absent_key.find, first_for_each.find, foreign_guard.find, loose_pattern.find, mask.find,
    output_text.find,
    asymmetry.find, boundary.find, calendar_arithmetic.find, case_sensitive.find, clamp.find,
    collapse.find, configuration.find, falsy_default.find, filter_after_cut.find, guards.find,
    mutable_default.find, parameters.find, settings_off.find, sort_direction.find,
    starved.find, stringified.find, substring.find, swallowed.find, tokenizer.find, truncation.find,
    unused_component.find, value_spectrum.find, verbosity.find, wall_clock.find, wrong_name.find,
    broad_except.find, cache_key.find, changed_while_iterated.find, dead_code.find,
    docstring_range.find, dropped_result.find, expected_error.find, identity_literal.find,
    late_binding.find, reversed_difference.find,
    loop_bounds.find, loop_once.find, lost_value.find, missing_return.find, mixed_kinds.find,
    near_name.find, nondeterminism.find, number_kinds.find, shadowed_setting.find,
    shared_state.find, sibling_argument.find,
    forgotten_call.find, interval.find, round_trip.find, unit_clash.find, unread_loop.find,
    unset_attribute.find,
    metamorphic.find,
)  # fmt: skip

OPERATORS: tuple[Operator, ...] = (
    *(module.OPERATOR
    for module in (
        attribute_set, bare_answer, bound_pattern, observed_key, own_value, quoted_phrase,
        raise_expected, calendar_shift, filter_first, flip_order, fold_case, fresh_default,
        honour_value, join_elements, keep_order, keep_whole_text, key_by_identity,
        none_default, pass_argument, read_setting, relax_guard, remove_clamp, replace_wall_clock,
        rescue_records, same_treatment, speak_template, switch_setting, thread_date,
        treat_result, treat_value, try_each,
        uncross_arguments, unmask, use_parameter, whole_word, widen_range, wire_component,
        cache_key_whole, changed_while_iterated_copy, docstring_range_fit, dropped_result_keep,
        identity_literal_equals, reversed_difference_turned, late_binding_default,
        loop_bounds_fit, mixed_kinds_convert,
        near_name_rename, nondeterminism_sort, number_kinds_true, shadowed_setting_win,
        shared_state_own, sibling_argument_pass,
        close_file, dead_code_live, forgotten_call_made, interval_fit, round_trip_match,
        unit_convert,
    )),
    *TEMPLATES,
)  # fmt: skip

DEEP: tuple[Operator, ...] = tuple(
    module.OPERATOR
    for module in (graft_expression, wrap_value, graft_statement, any_guard, any_clause)
)
"""Asked where nothing else passes rehearsal; their edits are tried only where they pass it."""


@cache
def digest(home: Path = Path(__file__).parent) -> str:
    """SHA-256 over the researcher's own files: which one a measurement was made with."""
    files = sorted(p for p in home.rglob("*") if p.is_file() and "__pycache__" not in p.parts)
    told = sha256()
    for path in files:
        told.update(f"{path.relative_to(home).as_posix()}\n".encode())
        told.update(sha256(path.read_bytes()).digest())
    return told.hexdigest()
