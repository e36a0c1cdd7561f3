"""Parts: self-contained modules that recipes copy into a target; they import nothing of this house."""
