"""Floor 1: the verbs of the research loop, a package each, and the records that flow between them."""
