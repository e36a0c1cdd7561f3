"""Curves with known peaks, drawn from a seed."""

import math
import random


def draw(seed, points=400, peaks=8, noise=0.45):
    rng = random.Random(seed)
    centres = sorted(rng.sample(range(15, points - 15, 20), peaks))
    curve = [sum(math.exp(-(((x - c) / 4) ** 2)) for c in centres) for x in range(points)]
    return [y + rng.gauss(0, noise) for y in curve], centres
