"""The environment lock: which packages, in which versions, the target runs with."""

from __future__ import annotations

import json
import subprocess
from functools import cache
from importlib.metadata import distributions

_LISTING = (
    "import json, importlib.metadata as m; "
    "print(json.dumps({d.metadata['Name']: d.version for d in m.distributions()}))"
)


@cache
def installed_packages(python: str | None) -> dict[str, str]:
    """Package names and versions of an interpreter; None is the one that runs Whetstone."""
    if python is None:
        found = {str(d.metadata["Name"]): d.version for d in distributions()}
    else:
        listing = subprocess.run(
            [python, "-c", _LISTING], capture_output=True, text=True, check=True, timeout=60
        )
        found = json.loads(listing.stdout)
    return dict(sorted(found.items()))
