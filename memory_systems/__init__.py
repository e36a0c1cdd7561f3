"""Floor 0: benchmarks, official scorers, the shipped target. Knows nothing of floors above."""
