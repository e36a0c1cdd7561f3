"""Ruling: the type of a change from its text alone, by rules that are written down."""

from tasks.ruling.changed import FileChange
from tasks.ruling.rule import rule

__all__ = ["FileChange", "rule"]
