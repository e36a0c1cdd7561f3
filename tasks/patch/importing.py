"""One commit by one git process: what is not edited is neither checked out nor read."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

from tasks.errors import StageError
from tasks.records.change import FileEdit


def import_commit(
    repository: Path,
    tree: Path,
    parent: str,
    edits: Sequence[FileEdit],
    message: str,
    identity: tuple[str, str],
    name: str,
) -> str:
    """A commit of whole files on `parent`, whose checkout is `tree`; kept under refs/whetstone.

    Modes are kept. Raises StageError when git refuses.
    """
    who = f"{identity[0]} <{identity[1]}> {int(time.time())} +0000"
    stream = [
        f"commit refs/whetstone/{name}\nmark :1\ncommitter {who}\n".encode(),
        _data(message),
        f"from {parent}\n".encode(),
        *(_change(tree, edit) for edit in edits),
        b"\nget-mark :1\ndone\n",
    ]
    done = subprocess.run(
        ["git", "fast-import", "--quiet", "--force", "--done"],
        cwd=repository, input=b"".join(stream), capture_output=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise StageError(
            f"git cannot commit {name}: {done.stderr.decode('utf-8', 'replace').strip()}",
            f"look at {repository} with `git fsck`",
        )
    return done.stdout.decode().strip()


def _change(tree: Path, edit: FileEdit) -> bytes:
    path = '"' + edit.path.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
    if edit.content is None:
        return f"D {path}\n".encode()
    mode = "100755" if os.access(tree / edit.path, os.X_OK) else "100644"
    return f"M {mode} inline {path}\n".encode() + _data(edit.content)


def _data(text: str) -> bytes:
    content = text.encode()
    return f"data {len(content)}\n".encode() + content + b"\n"
