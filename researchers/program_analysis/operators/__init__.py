"""Repair operators: each file is one template of program repair with its edits, type and prior."""
