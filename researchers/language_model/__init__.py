"""The researcher that thinks with a language model, on DSPy."""
