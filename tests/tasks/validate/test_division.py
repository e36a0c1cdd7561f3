"""The select part: how items are dealt into it, and where there is none."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from tasks.validate import divide
from tasks.validate.division import FEWEST


def items(sizes: list[int]) -> dict[str, tuple[str, ...]]:
    return {f"{g}-{n}": (f"g{g}", "ab"[n % 2]) for g, size in enumerate(sizes) for n in range(size)}


@given(
    st.lists(st.integers(1, 40), min_size=2, max_size=12), st.floats(0.05, 0.5), st.integers(0, 9)
)
def test_every_stratum_gives_its_share(sizes: list[int], share: float, seed: int) -> None:
    strata = items(sizes)
    select = divide(strata, share, seed)
    if round(share * len(strata)) < FEWEST:
        assert select == frozenset()
        return
    assert abs(len(select) - share * len(strata)) < 1
    whole, part = Counter(strata.values()), Counter(strata[item] for item in select)
    assert all(abs(part[stratum] - share * size) < 1 for stratum, size in whole.items())
    assert divide(dict(reversed(strata.items())), share, seed) == select


def test_the_seed_decides_which() -> None:
    strata = items([50, 50])
    assert divide(strata, 1 / 3, 0) != divide(strata, 1 / 3, 1)


def test_a_share_of_nothing_keeps_nothing() -> None:
    assert divide(items([500, 500]), 0.0, 0) == frozenset()
