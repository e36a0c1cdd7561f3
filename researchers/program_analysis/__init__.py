"""The embedded researcher: static and dynamic evidence in, ranked format-preserving edits out."""

from researchers.program_analysis.researcher import ProgramAnalysis

__all__ = ["ProgramAnalysis"]
