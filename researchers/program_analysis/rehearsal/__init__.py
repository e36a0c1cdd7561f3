"""Rehearsal: tests run on edits by an interpreter of syntax trees, without running the target.

Nothing of the target is compiled or executed by Python: every operation is one of this package, on
values that it made, of bounded size and number. What it cannot do it refuses, and then nothing is
known of the edit.
"""
