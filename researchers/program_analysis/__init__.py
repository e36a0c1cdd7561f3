"""The embedded researcher: static and dynamic evidence in, ranked format-preserving edits out."""

from researchers.program_analysis.researcher import ProgramAnalysis
from researchers.program_analysis.shuffled import Shuffled

__all__ = ["ProgramAnalysis", "Shuffled"]
