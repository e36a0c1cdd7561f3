"""Every command of README.md, CONTRIBUTING.md and docs/ is one that exists, with those options."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

from flows.cli import app

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")])
_COMMAND = re.compile(r"^(?:\$ )?((?:WHETSTONE_\w+=\S+ )?(?:whetstone|python|make) .+)$")


def commands() -> Iterator[tuple[str, str]]:
    """Page and command: lines of code blocks, and code spans that begin with a command."""
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        blocks = re.findall(r"```(?:console|bash|text)?\n(.*?)```", text, re.DOTALL)
        rest = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
        spans = [" ".join(span.split()) for span in re.findall(r"`([^`]+)`", rest)]
        for line in (*(line for block in blocks for line in block.splitlines()), *spans):
            found = _COMMAND.match(line.strip())
            if found:
                command = re.sub(r"^WHETSTONE_\w+=\S+ ", "", found.group(1))
                yield page.name, command.partition("  #")[0].partition(" | ")[0].strip()


COMMANDS = sorted(set(commands()))


def test_there_are_commands_to_check() -> None:
    assert len(COMMANDS) >= 10
    assert {command.split()[0] for _, command in COMMANDS} == {"whetstone", "python", "make"}


@pytest.mark.parametrize(("page", "command"), COMMANDS)
def test_a_documented_command_exists(page: str, command: str) -> None:
    words = shlex.split(command.replace("…", "").replace("...", ""))
    if words[0] == "whetstone":
        _parses(words[1:])
    elif words[0] == "make":
        targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
        assert words[1] in targets
    else:
        _runs(words[1:])


def _parses(arguments: list[str]) -> None:
    """The command line is understood, down to the last option; nothing is run."""
    command = typer.main.get_command(app)
    context = command.make_context("whetstone", arguments, resilient_parsing=False)
    while arguments and hasattr(command, "get_command"):
        name = context.protected_args[0] if hasattr(context, "protected_args") else arguments[0]
        found = command.get_command(context, name)
        assert found is not None, f"there is no command {name}"
        arguments = arguments[1:]
        command, context = found, found.make_context(name, list(arguments), parent=context)


def _runs(arguments: list[str]) -> None:
    """A measurement's script is there, and its options are ones that it names."""
    if arguments[0] == "-m":
        path = ROOT / (arguments[1].replace(".", "/") + ".py")
        path = path if path.is_file() else path.with_suffix("") / "__main__.py"
        options = arguments[2:]
        if not arguments[1].startswith(("benchmarks", "memory_systems")):
            return
    else:
        path, options = ROOT / arguments[0], arguments[1:]
    assert path.is_file(), f"there is no {path.relative_to(ROOT)}"
    source = path.read_text(encoding="utf-8")
    for option in (o.strip("[]") for o in options if o.strip("[").startswith("--")):
        assert f'"{option}"' in source, f"{path.name} has no option {option}"
