"""Floor 2: who thinks. One protocol, several minds."""
