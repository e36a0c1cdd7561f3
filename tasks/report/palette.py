"""Colours, each defined once: a name, what it is in light, what it is in dark.

The four change types use hues of the Okabe-Ito palette, which stay apart for the common forms of
colour blindness (Okabe and Ito 2008, "Color Universal Design"), darkened for white paper and
lightened for a dark screen; every mark also carries its name or its own shape. Charts are drawn in
`stand_in` colours, which are then replaced by CSS variables.
"""

from __future__ import annotations

from dataclasses import dataclass

from tasks.records.change import ChangeType


@dataclass(frozen=True)
class Colour:
    """One CSS variable `--<name>`."""

    name: str
    light: str
    dark: str


INK = Colour("ink", "#1b1d21", "#e9e7e2")
MUTED = Colour("muted", "#5d6270", "#a3a7b3")
FAINT = Colour("faint", "#9a9eaa", "#70747f")
RULE = Colour("rule", "#e2e0da", "#33363d")
PAPER = Colour("paper", "#fdfcfa", "#17191d")
PANEL = Colour("panel", "#f5f3ee", "#1f2227")
ADDED = Colour("added", "#0a6b45", "#7fd8ae")
REMOVED = Colour("removed", "#a3341f", "#f2a08c")
ADDED_GROUND = Colour("added-ground", "#e8f5ee", "#16302a")
REMOVED_GROUND = Colour("removed-ground", "#fbece7", "#38211f")
WARNING = Colour("warning", "#8a5300", "#f0b862")

BY_TYPE: dict[ChangeType, Colour] = {
    "bug_fix": Colour("bug-fix", "#c44e12", "#f28e5c"),
    "architecture": Colour("architecture", "#0b67ab", "#6fb4f0"),
    "prompt": Colour("prompt", "#00805c", "#45c79c"),
    "hyperparameter": Colour("hyperparameter", "#a8457f", "#e39ac6"),
}
MARKERS: dict[ChangeType, str] = {
    "bug_fix": "o",
    "architecture": "s",
    "prompt": "^",
    "hyperparameter": "D",
}
"""Matplotlib markers: shape says the type where colour cannot."""

COLOURS = (
    INK, MUTED, FAINT, RULE, PAPER, PANEL, ADDED, REMOVED, ADDED_GROUND, REMOVED_GROUND, WARNING,
    *BY_TYPE.values(),
)  # fmt: skip


def stand_in(colour: Colour) -> str:
    """The colour that a chart is drawn in before its SVG gets `var(--name)`: unlike any other."""
    return f"#fe01{COLOURS.index(colour):02x}"


def replacements() -> dict[str, str]:
    """Stand-in to CSS variable."""
    return {stand_in(colour): f"var(--{colour.name})" for colour in COLOURS}
