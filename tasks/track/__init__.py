"""Track: every run and every candidate, rejected ones too, in an MLflow store of the home."""

from tasks.track.items import sets_csv
from tasks.track.traces import current_trace
from tasks.track.tracker import CREDIT_SCORES, Tracker
from tasks.track.ui import known_ui, start_ui, stop_ui, ui_command

__all__ = [
    "CREDIT_SCORES",
    "Tracker",
    "current_trace",
    "known_ui",
    "sets_csv",
    "start_ui",
    "stop_ui",
    "ui_command",
]
