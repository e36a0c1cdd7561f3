"""Reads a file that hostile code wrote: no links followed, regular files only, bounded."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from tasks.errors import PredictError


def read_output(path: Path, max_bytes: int) -> bytes:
    """The content of `path`.

    Raises PredictError when it is missing, a symbolic link, a device, a pipe, has several names
    (a hard link may be another file's) or holds more than `max_bytes`. Only the last component is
    guarded: its folder has to be one that the caller made.
    """
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY
    try:
        descriptor = os.open(path, flags)
    except OSError as error:
        raise _refusal(path, error) from error
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise PredictError(f"{path} is not a regular file", "write the output as a plain file")
        if status.st_nlink != 1:
            raise PredictError(f"{path} has {status.st_nlink} names", "write it as a new file")
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            content = file.read(max_bytes + 1)
    finally:
        os.close(descriptor)
    if len(content) > max_bytes:
        raise PredictError(
            f"{path} holds {status.st_size} bytes, more than the {max_bytes} allowed",
            "write only the output asked for, or raise the limit in the target's contract",
        )
    return content


def _refusal(path: Path, error: OSError) -> PredictError:
    if error.errno == errno.ELOOP:
        return PredictError(f"{path} is a symbolic link", "write the output as a plain file")
    if error.errno == errno.ENOENT:
        return PredictError(f"the command wrote no {path}", "write to the path given as {output}")
    return PredictError(f"{path} cannot be read: {error.strerror}", "write a readable plain file")
