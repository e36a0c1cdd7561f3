"""Which model embeds, known without loading it."""

WIDTH = 384
"""Numbers in one vector."""

MODEL_DIGEST = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""SHA-256 of the weights; part of every cache key, so that another model never answers for it."""
