"""Track: every run and every candidate, rejected ones too, in an MLflow store of the home."""

from tasks.track.traces import current_trace
from tasks.track.tracker import Tracker
from tasks.track.ui import known_ui, start_ui, stop_ui, ui_command

__all__ = ["Tracker", "current_trace", "known_ui", "start_ui", "stop_ui", "ui_command"]
