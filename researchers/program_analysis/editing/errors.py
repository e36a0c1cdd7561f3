"""What an edit raises that cannot be made; a revision then leaves its text as it was."""

from __future__ import annotations


class UnplacedError(Exception):
    """An edit has no place in the concrete tree, or its code does not parse there."""
