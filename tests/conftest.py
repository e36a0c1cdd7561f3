"""For all tests: a loaded machine is slow, not wrong."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("whetstone", deadline=None)
settings.load_profile("whetstone")
