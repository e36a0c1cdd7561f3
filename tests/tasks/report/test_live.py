from __future__ import annotations

import io
import threading

from rich.console import Console

from tasks.report import Live


def walk(live: Live) -> None:
    live.stage_started(4, "measure_baseline", 0)
    live.stage_finished(4, 12.34, "dev 0.1142 [0.1000, 0.1284]")
    live.stage_started(18, "run_trials", 1)
    live.trial_started("Lower [bold]case")
    live.standing(0.1142, 3, 40)
    live.trial_finished("Lower [bold]case", "raced_out", "-0.0100 [-0.0200, -0.0010]")
    live.note("no GPU: slower\x1b[2J")


def test_plain_lines_where_there_is_no_terminal() -> None:
    output = io.StringIO()
    with Live(console=Console(file=output, width=60)) as live:
        walk(live)
    lines = [line.rstrip() for line in output.getvalue().splitlines()]
    assert lines == [
        "04 measure_baseline              12 s  dev 0.1142 [0.1000, 0.1284]",
        "round 1",
        "   Lower [bold]case  raced out -0.0100 [-0.0200, -0.0010]",
        "no GPU: slower\\x1b[2J",
    ]


def test_terminal_shows_what_goes_on_and_leaves_what_ended() -> None:
    output = io.StringIO()
    console = Console(file=output, width=120, force_terminal=True, color_system=None)
    with Live(console=console) as live:
        live.stage_started(18, "run_trials", 1)
        live.standing(0.1142, 3, 40)
        live.trial_started("One change")
        console.print(live._foot())
    text = output.getvalue()
    assert "18 run_trials" in text
    assert "best so far 0.1142 on dev" in text
    assert "3 of 40 experiments" in text
    assert "One change" in text


def test_quiet_says_nothing() -> None:
    output = io.StringIO()
    with Live(quiet=True, console=Console(file=output, quiet=True)) as live:
        walk(live)
    assert output.getvalue() == ""


def test_events_from_many_threads_keep_their_lines_whole() -> None:
    output = io.StringIO()
    with Live(console=Console(file=output, width=200)) as live:

        def trials(number: int) -> None:
            for i in range(20):
                live.trial_started(f"change {number}-{i}")
                live.trial_finished(f"change {number}-{i}", "complete", "+0.0100")

        threads = [threading.Thread(target=trials, args=(number,)) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    lines = [line.split() for line in output.getvalue().splitlines()]
    assert len(lines) == 80
    assert {(line[0], *line[2:]) for line in lines} == {("change", "complete", "+0.0100")}
