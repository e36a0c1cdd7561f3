"""Report: what a run found, for people: one page, one table, the ending in a terminal."""

from tasks.report.arm_ending import arm_summary
from tasks.report.beside import write_beside
from tasks.report.comparison_page import write_comparison
from tasks.report.live import Live
from tasks.report.page import write_report
from tasks.report.terminal import summary

__all__ = [
    "Live",
    "arm_summary",
    "summary",
    "write_beside",
    "write_comparison",
    "write_report",
]
