"""`whetstone replay`: what was recorded beside what came out again, for a terminal."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from stages.replay import Replay


def replay_table(replay: Replay) -> RenderableType:
    """One row a tree, and a sentence on what it means."""
    table = Table(
        "tree", "commit", "recorded", "again", "items that moved", box=None, pad_edge=False
    )
    for tree in replay.trees:
        table.add_row(
            tree.name, tree.commit[:12], f"{tree.recorded:.4f}", f"{tree.again:.4f}",
            f"{tree.moved} of {tree.n}",
        )  # fmt: skip
    return Group(table, Text(), Text(_verdict(replay)))


def _verdict(replay: Replay) -> str:
    if not any(tree.moved for tree in replay.trees):
        return "Every development item came out as recorded. The sealed split was not opened."
    if replay.noisy:
        return f"The target moves by itself: {replay.noisy} items did when its base was repeated."
    return "Items moved, and the base had none that moved by itself."
