"""Floor 3: the research graph. `graph.py` lists the 23 stages; one file a phase holds them."""
