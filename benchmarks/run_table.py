"""The README's table of one run, as Markdown: `whetstone show RUN --json | python FILE`."""

from __future__ import annotations

import json
import sys
from typing import Any

UNANSWERABLE = "adversarial"


def figure(estimate: dict[str, Any] | None) -> str:
    """Score with interval and n."""
    if estimate is None:
        return "not measured"
    low, high = estimate["interval"]["low"], estimate["interval"]["high"]
    return f"{estimate['score']:.3f} [{low:.3f}, {high:.3f}], n={estimate['n']}"


def answerable(estimate: dict[str, Any] | None) -> str:
    """The mean over categories 1-4."""
    if estimate is None or "category" not in estimate["by_slice"]:
        return ""
    parts = [v for k, v in estimate["by_slice"]["category"].items() if k != UNANSWERABLE]
    n = sum(part["n"] for part in parts)
    return f"{sum(part['score'] * part['n'] for part in parts) / n:.3f}"


def category(estimate: dict[str, Any] | None, name: str) -> str:
    """One category's mean."""
    if estimate is None or name not in estimate["by_slice"].get("category", {}):
        return ""
    return f"{estimate['by_slice']['category'][name]['score']:.3f}"


def difference(value: dict[str, Any] | None) -> str:
    """A paired difference with interval."""
    if value is None:
        return "not measured"
    return (
        f"{value['delta']:+.3f} [{value['interval']['low']:+.3f}, {value['interval']['high']:+.3f}]"
    )


def main() -> None:
    """Reads a run document from standard input."""
    document = json.load(sys.stdin)
    names = ["multi-hop", "temporal", "open-domain", "single-hop", UNANSWERABLE]
    print("| sealed split | F1 | categories 1-4 | " + " | ".join(names) + " |")
    print("|---" * (3 + len(names)) + "|")
    arms = {"naive": document["baseline"], "champion": document["champion"]}
    if document["automl"]:
        arms[f"Optuna ({document['automl']['sampler']})"] = document["automl"]
    for name, arm in arms.items():
        sealed = arm["sealed"]
        cells = " | ".join(category(sealed, c) for c in names)
        print(f"| {name} | {figure(sealed)} | {answerable(sealed)} | {cells} |")
    print()
    print("| accepted change | type | Shapley credit (dev) | leave-one-out (dev) |")
    print("|---|---|---|---|")
    for change in document["accepted"]:
        credit = f"{difference(change.get('shapley'))} | {difference(change['contribution'])}"
        print(f"| {change['title']} | {change['fine_type']} | {credit} |")
    print()
    print("| type | changes | Shapley credit (dev) | lost without it (dev) | the same, sealed |")
    print("|---|---|---|---|---|")
    for entry in document["by_type"]:
        figures = [difference(entry.get(name)) for name in ("shapley", "difference", "sealed")]
        print(f"| {entry['change_type']} | {entry['changes']} | {' | '.join(figures)} |")
    print()
    spent = ", ".join(f"{n} {kind}" for kind, n in document["evaluations_by_purpose"].items())
    print(f"Champion minus naive, sealed: {difference(document['sealed_gain'])}.")
    if document["automl"]:
        arm = document["automl"]
        print(f"Optuna, {arm['evaluations']} evaluations: {difference(arm['sealed_gain'])}.")
    print(f"{document['evaluations']} evaluations ({spent}), {document['seconds'] / 60:.1f} min.")
    print(f"Sealed openings: {document['sealed_openings']}.")


if __name__ == "__main__":
    main()
