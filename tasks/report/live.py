"""Live progress of long work: a display at the foot of a terminal, plain lines elsewhere."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from types import TracebackType

from rich import live
from rich.console import Console, Group, RenderableType
from rich.progress_bar import ProgressBar
from rich.spinner import Spinner
from rich.table import Table
from rich.text import Text

from tasks.report.wording import duration, line, number

_TITLE = 76
_STATES = {
    "complete": "green",
    "raced_out": "yellow",
    "unpromising": "yellow",
    "crashed": "red",
    "not_run": "bright_black",
}


@dataclass
class _Now:
    """What is going on at this moment."""

    stage: str = ""
    round: int = 0
    best: float | None = None
    used: int = 0
    budget: int = 0
    thinking: str = ""
    names: dict[int, str] = field(default_factory=dict)
    trials: list[str] = field(default_factory=list)


class Live:
    """Takes events from any thread, between entering and leaving it as a context.

    What has ended is printed once and stays; what goes on is redrawn below it where the console is
    a terminal. With `quiet` nothing is shown. Never raises for what an event says.
    """

    def __init__(self, quiet: bool = False, console: Console | None = None) -> None:
        self._console = console or Console(quiet=quiet)
        self._now = _Now()
        self._lock = threading.RLock()
        self._start = time.monotonic()
        self._display: live.Live | None = None
        if self._console.is_terminal and not quiet:
            self._display = live.Live(
                get_renderable=self._foot, console=self._console, refresh_per_second=4,
                transient=True, redirect_stdout=False, redirect_stderr=False,
            )  # fmt: skip

    def __enter__(self) -> Live:
        self._start = time.monotonic()
        if self._display is not None:
            self._display.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._display is not None:
            self._display.stop()

    def stage_started(self, number: int, name: str, round_: int) -> None:
        """A stage begins; round 0 is outside the rounds."""
        with self._lock:
            if round_ > self._now.round:
                self._print(Text(f"round {round_}", style="bold"))
                self._now.round = round_
            self._now.stage = self._now.names[number] = _label(number, name)

    def stage_finished(self, number: int, seconds: float, headline: str) -> None:
        """A stage ended; the headline says what it found."""
        with self._lock:
            self._now.stage = ""
            name = self._now.names.get(number, _label(number, ""))
            words = Text(f"{name:<24} ")
            words.append(f"{duration(seconds):>12}  ", style="bright_black")
            self._print(words.append(line(headline, 200)))

    def trial_started(self, title: str) -> None:
        """A candidate's trial begins."""
        with self._lock:
            self._now.trials.append(title)

    def trial_finished(self, title: str, state: str, delta: str) -> None:
        """A trial ended: its state, and its paired difference in words where it has one."""
        with self._lock:
            if title in self._now.trials:
                self._now.trials.remove(title)
            words = Text(f"   {line(title, _TITLE)}  ")
            words.append(f"{state.replace('_', ' ')} ", style=_STATES.get(state, ""))
            self._print(words.append(line(delta, 100)))

    def standing(self, best: float, evaluations: int, budget: int) -> None:
        """The champion's development score, and evaluations used of how many."""
        with self._lock:
            self._now.best, self._now.used, self._now.budget = best, evaluations, budget

    def thinking(self, state: str) -> None:
        """What the model has cost so far, or what it is waited for."""
        with self._lock:
            self._now.thinking = state

    def note(self, text: str) -> None:
        """Something worth a line."""
        with self._lock:
            self._print(Text(line(text, 400), style="bright_black"))

    def _print(self, text: Text) -> None:
        self._console.print(text, soft_wrap=True, highlight=False)

    def _foot(self) -> RenderableType:
        with self._lock:
            now, elapsed = self._now, duration(time.monotonic() - self._start)
            status = Table.grid(padding=(0, 2))
            doing = Text(now.stage or "between stages", style="bold")
            cells: list[RenderableType] = [Spinner("dots", doing), Text(elapsed, "bright_black")]
            if now.best is not None:
                cells.append(Text(f"best so far {number(now.best, 4)} on dev"))
            if now.budget:
                cells.append(ProgressBar(total=now.budget, completed=now.used, width=20))
                cells.append(Text(f"{now.used} of {now.budget} experiments", "bright_black"))
            status.add_row(*cells)
            trials = [Text(f"   {line(title, _TITLE)}") for title in now.trials[:4]]
            model = [Text(f"   {line(now.thinking, 120)}", "bright_black")] if now.thinking else []
            return Group(Text(), status, *model, *trials)


def _label(number: int, name: str) -> str:
    """Stage 0 is work beside the graph, such as the AutoML arm: it has a name only."""
    return f"{number:02d} {name}" if number else name
