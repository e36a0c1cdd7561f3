"""The catalogue: every detector, operator and recipe, listed by hand. A new one is a line here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from hashlib import sha256

from researchers.program_analysis.context import Context
from researchers.program_analysis.detectors import (
    absent_key,
    asymmetry,
    boundary,
    calendar_arithmetic,
    case_sensitive,
    clamp,
    collapse,
    configuration,
    falsy_default,
    filter_after_cut,
    first_for_each,
    foreign_guard,
    guards,
    loose_pattern,
    mask,
    mutable_default,
    output_text,
    parameters,
    settings_off,
    sort_direction,
    stringified,
    substring,
    swallowed,
    tokenizer,
    truncation,
    unused_component,
    value_spectrum,
    verbosity,
    wall_clock,
    wrong_name,
)
from researchers.program_analysis.draft import Operator
from researchers.program_analysis.operators import (
    bare_answer,
    bound_pattern,
    calendar_shift,
    filter_first,
    flip_order,
    fold_case,
    fresh_default,
    honour_value,
    join_elements,
    keep_order,
    keep_whole_text,
    key_by_identity,
    missing_call,
    mutate_arithmetic,
    mutate_comparison,
    mutate_flow,
    mutate_literal,
    mutate_variable,
    none_default,
    observed_key,
    own_value,
    pass_argument,
    quoted_phrase,
    read_setting,
    relax_guard,
    remove_clamp,
    replace_wall_clock,
    rescue_records,
    same_treatment,
    speak_template,
    switch_setting,
    thread_date,
    uncross_arguments,
    unmask,
    use_parameter,
    whole_word,
    widen_range,
    wire_component,
)
from tasks.records.change import Finding

Detector = Callable[[Context], Iterator[Finding]]

DETECTORS: tuple[Detector, ...] = (
    absent_key.find, first_for_each.find, foreign_guard.find, loose_pattern.find, mask.find,
    output_text.find,
    asymmetry.find, boundary.find, calendar_arithmetic.find, case_sensitive.find, clamp.find,
    collapse.find, configuration.find, falsy_default.find, filter_after_cut.find, guards.find,
    mutable_default.find, parameters.find, settings_off.find, sort_direction.find,
    stringified.find, substring.find, swallowed.find, tokenizer.find, truncation.find,
    unused_component.find, value_spectrum.find, verbosity.find, wall_clock.find, wrong_name.find,
)  # fmt: skip

OPERATORS: tuple[Operator, ...] = tuple(
    module.OPERATOR
    for module in (
        bare_answer, bound_pattern, observed_key, own_value, quoted_phrase,
        calendar_shift, filter_first, flip_order, fold_case, fresh_default, honour_value,
        join_elements, keep_order, keep_whole_text, key_by_identity, missing_call,
        mutate_arithmetic, mutate_comparison, mutate_flow, mutate_literal, mutate_variable,
        none_default, pass_argument, read_setting, relax_guard, remove_clamp, replace_wall_clock,
        rescue_records, same_treatment, speak_template, switch_setting, thread_date,
        uncross_arguments, unmask, use_parameter, whole_word, widen_range, wire_component,
    )
)  # fmt: skip


def digest() -> str:
    """SHA-256 over names and priors: which catalogue a measurement was made with."""
    told = [*(f"{d.__module__}" for d in DETECTORS), *(f"{o.name}:{o.prior}" for o in OPERATORS)]
    return sha256("\n".join(sorted(told)).encode()).hexdigest()
