"""What a traced run needs: a folder on its PYTHONPATH, and three variables."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path


def tracer_folder() -> Path:
    """The folder with the tracer, to be mounted read-only at its own path."""
    return Path(__file__).resolve().parent / "guest"


def tracer_environment(
    output: Path, items: Mapping[str, str], target_root: Path, python_path: str = ""
) -> dict[str, str]:
    """The variables that trace any Python process started under them.

    Writes the items (id to question text: nothing secret) beside `output`, so `output.parent` must
    exist here and be mounted writable. `target_root` is the root as the process sees it, and
    `python_path` the PYTHONPATH that it would have untraced. `python -I` and `-E` ignore it all.
    """
    listing = output.with_name(output.name + ".items")
    listing.write_text(json.dumps(dict(items)), encoding="utf-8")
    listing.chmod(0o644)
    return {
        "PYTHONPATH": os.pathsep.join(filter(None, [str(tracer_folder()), python_path])),
        "WHETSTONE_TRACE_OUTPUT": os.path.abspath(output),
        "WHETSTONE_TRACE_ITEMS": os.path.abspath(listing),
        "WHETSTONE_TRACE_ROOT": os.path.abspath(target_root),
    }
