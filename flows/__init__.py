"""Floor 4: Prefect flows and the `whetstone` command. Composition only."""
