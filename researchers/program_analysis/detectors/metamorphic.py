"""Violated relations with a place: where the program decides what a probe showed to go wrong."""

from __future__ import annotations

import ast
import math
import re
from collections.abc import Iterator
from datetime import date

from researchers.program_analysis.context import Context, shorten, where
from researchers.program_analysis.module import Module
from researchers.program_analysis.names import called, is_date
from tasks.records.change import Finding
from tasks.records.evidence import Location, ProbeResult

DECIDES: dict[str, frozenset[str]] = {
    "determinism": frozenset({
        "unseeded", "set_order", "listing_order", "address_order", "finish_order", "wall_clock",
    }),
    "item order": frozenset({
        "cache_key", "mutable_default", "shared_attribute", "shared_rows", "set_order",
        "changed_while_iterated", "reset_in_loop", "first_for_each", "unseeded",
    }),
    "case": frozenset({"plain_tokenizer", "case_sensitive", "asymmetric_text"}),
    "punctuation": frozenset({"plain_tokenizer", "asymmetric_text", "short_slice"}),
    "time shift": frozenset({
        "wall_clock", "sentinel_date", "fixed_calendar", "omitted_argument",
    }),
    "renaming": frozenset({"case_sensitive", "substring_word", "address_order", "set_order"}),
    "duplicate records": frozenset({
        "map_collapse", "set_order", "filter_after_cut", "cache_key", "changed_while_iterated",
    }),
    "noise": frozenset({"filter_after_cut", "short_slice", "short_range", "clamp", "map_collapse"}),
    "growing k": frozenset({"filter_after_cut", "sort_direction", "set_order", "truncated_text"}),
}  # fmt: skip
"""Relation to the kinds of finding that decide it."""
WEIGHT = {"noise": 0.4, "duplicate records": 0.4, "renaming": 0.3}
"""How much a violation speaks for a defect: a learnt embedding may well move with a name."""
PLACES = 5
SEEN = 0.95
"""Strength where a date of the code turns up in the predictions."""
NAMED = 3


def find(context: Context) -> Iterator[Finding]:
    """The findings that decide a violated relation, made stronger by it; else the functions that
    ran for the violating items more than for the others. Listed last: it reads the others."""
    for probe in context.program.dossier.probes:
        if probe.violations:
            found = [*_suspects(context, probe), *_dates(context, probe)]
            found.sort(key=lambda f: (-f.strength, f.id))
            yield from found[:PLACES] or _by_coverage(context, probe)


def _suspects(context: Context, probe: ProbeResult) -> Iterator[Finding]:
    kinds = DECIDES.get(probe.relation, frozenset())
    for finding, module, node in context.found(*kinds):
        known = finding.detail.get("name", "date")
        if finding.kind == "omitted_argument" and not is_date(known):
            continue
        if _ran(context, finding.location, probe):
            detail = {k: v for k, v in finding.detail.items() if k not in {"span", "node"}}
            text = f"{_told(probe)}: {finding.evidence}"
            yield context.finding(
                finding.kind, module, node, _raised(finding.strength, probe), text,
                {**detail, "relation": probe.relation},
            )  # fmt: skip


def _dates(context: Context, probe: ProbeResult) -> Iterator[Finding]:
    """Where a date that is written in the code is used, if dates do not move along."""
    if probe.relation != "time shift":
        return
    for module, node in context.each(ast.Name, ast.Call):
        function = module.function_of(node)
        value = _fixed(node)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            value = _fixed_names(module).get(node.id)
        if value is not None and function is not None:
            text = (
                f"{_told(probe)}: `{module.code(node)}` in {where(module, node)} is the same "
                "date for all data"
            )
            detail = {"relation": probe.relation}
            predicted = any(_says(example.found, value) for example in probe.examples)
            strength = SEEN if predicted else _raised(0.5, probe)
            yield context.finding("sentinel_date", module, node, strength, text, detail)


def _fixed(node: ast.AST | None) -> date | None:
    """The date that a call with three numbers makes; None for anything else."""
    if not isinstance(node, ast.Call) or called(node) not in {"date", "datetime"}:
        return None
    numbers = [n.value for n in node.args[:3] if isinstance(n, ast.Constant)]
    whole = [n for n in numbers if isinstance(n, int)]
    try:
        return date(*whole) if len(whole) == 3 else None
    except ValueError:
        return None


def _fixed_names(module: Module) -> dict[str, date]:
    return {
        target.id: value
        for statement in module.tree.body
        if isinstance(statement, ast.Assign) and (value := _fixed(statement.value)) is not None
        for target in statement.targets
        if isinstance(target, ast.Name)
    }


def _says(text: str, value: date) -> bool:
    """Whether a text names a date, in numbers or with the month's name, in any order."""
    numbers = {int(n) for n in re.findall(r"\d{1,4}", text)}
    named = f"{value:%b}".lower() in text.lower() or value.month in numbers
    return named and {value.year, value.day} <= numbers


def _by_coverage(context: Context, probe: ProbeResult) -> Iterator[Finding]:
    """Functions by how many of the violating items they ran for, less those of the others."""
    coverage = context.program.dossier.trace.coverage
    bad = set(probe.violations)
    rated = sorted(
        (len(bad & set(items)) ** 2 / (len(items) * len(bad)), key)
        for key, items in coverage.items() if bad & set(items)
    )  # fmt: skip
    for rate, key in rated[: -NAMED - 1 : -1]:
        function = context.program.functions.get(key)
        module = context.program.by_path.get(key.partition(":")[0])
        if function is not None and module is not None and module.editable:
            place = f"{function.name} ({module.path})"
            text = f"{_told(probe)}; {place} runs for them more than for others"
            yield context.finding(
                "metamorphic", module, function.node, _raised(0.1, probe) * rate, text,
                {"relation": probe.relation},
            )  # fmt: skip


def _ran(context: Context, place: Location, probe: ProbeResult) -> bool:
    """Whether a place was passed for a violating item; true where nothing tells."""
    coverage = context.program.dossier.trace.coverage
    items = coverage.get(f"{place.path}:{place.function}")
    if not coverage:
        return True
    known = {item for covered in coverage.values() for item in covered}
    bad = set(probe.violations) & known
    ran = {f.location.function for f in context.program.dossier.trace.flows}
    return bool(items and bad & set(items)) or (not items and place.function in ran)


def _raised(strength: float, probe: ProbeResult) -> float:
    share = math.sqrt(len(probe.violations) / max(probe.items, 1))
    return strength + (1 - strength) * share * WEIGHT.get(probe.relation, 0.8)


def _told(probe: ProbeResult) -> str:
    text = f"{len(probe.violations)} of {probe.items} predictions change when {probe.what}"
    if not probe.examples:
        return text
    example = probe.examples[0]
    return f"{text} (`{shorten(example.found, 50)}` where `{shorten(example.expected, 50)}` is due)"
