"""Floor 1: the verbs of the research loop, a package each, and the records between them."""
