"""Frames: the variables of a running block, and the world that it runs in."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from researchers.program_analysis.rehearsal.world import World


class Frame:
    """Variables of one block; `outer` is the frame of the function around it, `home` its class."""

    __slots__ = ("globals", "home", "outer", "vars", "world")

    def __init__(
        self,
        world: World,
        variables: dict[str, Any],
        outer: Frame | None,
        shared: dict[str, Any],
        home: list[type] | None = None,
    ) -> None:
        self.world = world
        self.vars = variables
        self.outer = outer
        self.globals = shared
        self.home = home


Code = Callable[[Frame], Any]
"""A compiled expression or statement; a statement gives what ends its block, or None."""
