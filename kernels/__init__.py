"""Floor 0: hot loops as Triton kernels, each beside the PyTorch reference that defines it.

Importing this package costs neither torch nor triton: `topk_cosine` brings them in when called.
"""

from kernels.similarity import TopK, topk_cosine

__all__ = ["TopK", "topk_cosine"]
