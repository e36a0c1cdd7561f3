"""Removes a folder that hostile code filled: any depth, any permissions, no links followed."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tasks.errors import SandboxError


def discard(folder: Path) -> None:
    """Remove `folder`; nothing happens when it is not there.

    Python's own rmtree recurses, and fails on a tree some thousand levels deep. Raises SandboxError
    when something cannot be removed.
    """
    if folder.is_symlink() or not folder.exists():
        folder.unlink(missing_ok=True)
        return
    # A job of the same user may have closed its folders; chmod -R changes no link's target.
    subprocess.run(["chmod", "-R", "u+rwX", "--", str(folder)], capture_output=True, check=False)
    argv = ["rm", "-rf", "--one-file-system", "--", str(folder)]
    done = subprocess.run(argv, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SandboxError(
            f"{folder} cannot be removed: {done.stderr.strip()}", f"remove it: rm -rf {folder}"
        )
