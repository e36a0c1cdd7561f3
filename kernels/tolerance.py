"""What counts as zero in single precision."""

TINY = 1e-30
"""Squared norms below this are taken for zero: single precision says nothing useful there."""
