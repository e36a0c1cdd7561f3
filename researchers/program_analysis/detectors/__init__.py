"""Detectors: each file finds one kind of suspicion and says why; none of them edits."""
