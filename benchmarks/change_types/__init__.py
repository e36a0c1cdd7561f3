"""Labelled changes, and how often the rule of `tasks.ruling` says what a reader says."""
