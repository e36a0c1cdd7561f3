"""Servers that a home starts and that outlive the command: told from others, and ended whole."""

from __future__ import annotations

import os
import signal
from collections.abc import Collection

import psutil

STOP_SECONDS = 10.0
"""A server that has not ended by then, such as one that waits for an open page, is killed."""


def is_server(process: int, words: Collection[str]) -> bool:
    """Whether the process was started with all these words: process numbers are used again."""
    try:
        return set(words) <= set(psutil.Process(process).cmdline())
    except psutil.Error:
        return False


def listens(process: int, port: int) -> bool:
    """Whether the process, or one that it started, is what answers on this port."""
    try:
        return any(
            connection.laddr.port == port
            for member in _family(process)
            for connection in member.net_connections("tcp")
            if connection.status == psutil.CONN_LISTEN
        )
    except psutil.Error:
        return False


def end(process: int) -> None:
    """Ends a process that leads a session, and all that it started; returns when they are gone."""
    try:
        family = _family(process)
    except psutil.NoSuchProcess:
        return
    os.killpg(process, signal.SIGTERM)
    _, left = psutil.wait_procs(family, timeout=STOP_SECONDS)
    for member in left:
        member.kill()
    psutil.wait_procs(left, timeout=STOP_SECONDS)


def _family(process: int) -> list[psutil.Process]:
    leader = psutil.Process(process)
    return [leader, *leader.children(recursive=True)]
