"""What a tree of processes and its folders use, read from /proc and the file system."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

_PAGE = os.sysconf("SC_PAGE_SIZE")
_TICKS = os.sysconf("SC_CLK_TCK")
_ENTRY_BYTES = 4096
_UNCOUNTABLE = 1 << 62


@dataclass(frozen=True)
class Usage:
    """Resident bytes and processor seconds of some processes, their reaped children included.

    Pages that two processes share are counted twice: the bound errs on the safe side.
    """

    resident: int
    cpu_seconds: float


def descendants(pid: int) -> set[int]:
    """`pid` and all processes below it, in whatever pid namespace they are."""
    if not Path(f"/proc/{pid}/task/{pid}/children").exists():
        return {pid, *_descendants_by_scan(pid)}
    found: set[int] = set()
    pending = [pid]
    while pending:
        parent = pending.pop()
        if parent not in found:
            found.add(parent)
            pending += _children(parent)
    return found


def birth(pid: int) -> str:
    """When `pid` started, in ticks since boot: tells it from a later process of the same number.

    Empty when it has ended; a zombie, which holds nothing but its number, counts as ended.
    """
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return ""
    return "" if fields[0] in "ZX" else fields[19]


def usage(pids: Iterable[int]) -> Usage:
    """What `pids` use now; processes that have ended meanwhile count as nothing."""
    resident, ticks = 0, 0
    for pid in pids:
        try:
            statm = Path(f"/proc/{pid}/statm").read_text().split()
            fields = (
                Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()
            )
        except (FileNotFoundError, ProcessLookupError, PermissionError):
            continue
        resident += int(statm[1]) * _PAGE
        ticks += sum(map(int, fields[11:15]))
    return Usage(resident, ticks / _TICKS)


def folder_bytes(folders: Iterable[Path]) -> int:
    """The disk space of the trees; each entry counts at least a block, as inodes run out too.

    A folder that cannot be looked into (no permission, a path too long) counts as more than any
    limit: it would be a place to hide data in.
    """
    total = 0
    pending = [os.fspath(folder) for folder in folders]
    while pending:
        try:
            with os.scandir(pending.pop()) as entries:
                for entry in entries:
                    total += max(entry.stat(follow_symlinks=False).st_blocks * 512, _ENTRY_BYTES)
                    if entry.is_dir(follow_symlinks=False):
                        pending.append(entry.path)
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError:
            return _UNCOUNTABLE
    return total


def unlinked_bytes(pids: Iterable[int]) -> int:
    """The disk space of files that processes hold open but that have no name any more."""
    held: dict[tuple[int, int], int] = {}
    for pid in pids:
        try:
            for name in os.listdir(f"/proc/{pid}/fd"):
                status = os.stat(f"/proc/{pid}/fd/{name}")
                if stat.S_ISREG(status.st_mode) and status.st_nlink == 0:
                    held[status.st_dev, status.st_ino] = status.st_blocks * 512
        except (FileNotFoundError, ProcessLookupError, PermissionError):
            continue
    return sum(held.values())


def _children(pid: int) -> list[int]:
    children: list[int] = []
    try:
        threads = os.listdir(f"/proc/{pid}/task")
    except (FileNotFoundError, ProcessLookupError):
        return children
    for thread in threads:
        with suppress(FileNotFoundError, ProcessLookupError):
            children += map(int, Path(f"/proc/{pid}/task/{thread}/children").read_text().split())
    return children


def _descendants_by_scan(pid: int) -> list[int]:
    """For kernels that do not list children."""
    try:
        return [child.pid for child in psutil.Process(pid).children(recursive=True)]
    except psutil.NoSuchProcess:
        return []
