"""A free port on this machine, for the servers that a home starts."""

from __future__ import annotations

import socket
from collections.abc import Iterable
from contextlib import closing

HOST = "127.0.0.1"


def free_port(ports: Iterable[int]) -> int | None:
    """The first of these ports that can be bound on the loopback; None when all are taken."""
    for port in ports:
        with closing(socket.socket(socket.AF_INET, socket.SOCK_STREAM)) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            return port
    return None
