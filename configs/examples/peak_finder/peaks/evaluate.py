"""Prints the F1 of the peaks found on curves of this seed."""

import os
from pathlib import Path

import yaml

from peaks.finder import find_peaks
from peaks.signal import draw

TOLERANCE = 4


def f1(found, truth):
    hit = sum(any(abs(f - t) <= TOLERANCE for f in found) for t in truth)
    right = sum(any(abs(f - t) <= TOLERANCE for t in truth) for f in found)
    if not hit or not right:
        return 0.0
    recall, precision = hit / len(truth), right / len(found)
    return 2 * precision * recall / (precision + recall)


def main():
    settings = yaml.safe_load(Path("settings.yaml").read_text())
    seed = int(os.environ.get("WHETSTONE_SEED", "0"))
    scores = []
    for curve in range(10):
        values, truth = draw(1000 * seed + curve)
        scores.append(f1(find_peaks(values, settings), truth))
    print(f"F1 {sum(scores) / len(scores):.6f}")


if __name__ == "__main__":
    main()
