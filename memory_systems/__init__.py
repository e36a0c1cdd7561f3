"""Floor 0: benchmarks, official scorers, and the shipped target. Knows nothing of the floors above."""
