"""The tracer that runs beside the target: standard library only, knows nothing of Whetstone."""

from .install import install

__all__ = ["install"]
