"""The Landlock launcher: standard library only, run by a bare `python -I -S`.

Imports inside are relative, so that it starts without the packages above it: it has to be fast, and
nothing but it may run between the caller and the confined command.
"""
