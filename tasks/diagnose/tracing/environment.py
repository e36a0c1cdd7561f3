"""What a traced run needs: a folder on its PYTHONPATH, and a few variables."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

Mode = Literal["values", "tests", "run"]
SUITE_PLUGIN = "whetstone_tracer.suite"


def tracer_folder() -> Path:
    """The folder with the tracer, to be mounted read-only at its own path."""
    return Path(__file__).resolve().parent / "guest"


def tracer_environment(
    output: Path,
    items: Mapping[str, str],
    target_root: Path,
    given: Mapping[str, str] | None = None,
    by: Mode = "values",
) -> dict[str, str]:
    """The variables that trace any Python process started under them.

    `by` says how the process comes to its items: `values` of arguments name them, by id or text;
    `tests` of pytest are the items, and no others are run; or the one item is the whole `run`.

    Writes the items (id to question text: nothing secret) beside `output`, so `output.parent` must
    exist here and be mounted writable. `target_root` is the root as the process sees it, and
    `given` the variables that it would have untraced: PYTHONPATH and PYTEST_PLUGINS are kept.
    `python -I` and `-E` ignore it all.
    """
    listing = output.with_name(output.name + ".items")
    listing.write_text(json.dumps(dict(items)), encoding="utf-8")
    listing.chmod(0o644)
    given = given or {}
    plugins = ",".join(filter(None, [SUITE_PLUGIN, given.get("PYTEST_PLUGINS", "")]))
    plugin = {"PYTEST_PLUGINS": plugins} if by == "tests" else {}
    return {
        **plugin,
        "PYTHONPATH": os.pathsep.join(
            filter(None, [str(tracer_folder()), given.get("PYTHONPATH", "")])
        ),
        "WHETSTONE_TRACE_OUTPUT": os.path.abspath(output),
        "WHETSTONE_TRACE_BY": by,
        "WHETSTONE_TRACE_ITEMS": os.path.abspath(listing),
        "WHETSTONE_TRACE_ROOT": os.path.abspath(target_root),
    }
