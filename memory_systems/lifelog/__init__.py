"""Lifelog: generated benchmarks of LoCoMo's shape, seeded and sized, owned by this project."""

from memory_systems.lifelog.export import write
from memory_systems.lifelog.generator import generate, generate_samples

__all__ = ["generate", "generate_samples", "write"]
