"""Parts: modules that recipes copy into a target; they import one another and nothing else."""
