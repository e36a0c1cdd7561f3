"""Making amounts of money from coins."""

from __future__ import annotations


def fewest_coins(coins: list[int], amount: int) -> list[int] | None:
    """The fewest coins that make the amount, ascending, or None when none do.

    Among equally few, larger coins are preferred. Coins are positive and can be used repeatedly.
    """
    best: list[int | None] = [0] + [None] * amount
    used = [0] * (amount + 1)
    for total in range(1, amount + 1):
        for coin in sorted(coins):
            if coin > total:
                break
            rest = best[total - coin]
            if rest is not None and (best[total] is None or rest + 1 <= best[total]):
                best[total] = rest + 1
                used[total] = coin
    if best[amount] is None:
        return None
    chosen = []
    while amount > 0:
        chosen.append(used[amount])
        amount -= used[amount]
    return sorted(chosen)


def count_ways(coins: list[int], amount: int) -> int:
    """In how many ways the amount can be made when the order of coins does not matter."""
    ways = [1] + [0] * amount
    for coin in set(coins):
        for total in range(coin, amount + 1):
            ways[total] += ways[total - coin]
    return ways[amount]


def greedy(coins: list[int], amount: int) -> list[int] | None:
    """Always takes the largest coin that fits; None when something is left over."""
    chosen = []
    for coin in sorted(coins, reverse=True):
        times, amount = divmod(amount, coin)
        chosen.extend([coin] * times)
    return chosen if amount == 0 else None


def is_greedy_enough(coins: list[int], limit: int) -> bool:
    """Whether the greedy choice takes as few coins as possible for all amounts up to `limit`."""
    for amount in range(limit + 1):
        best = fewest_coins(coins, amount)
        simple = greedy(coins, amount)
        if best is not None and (simple is None or len(simple) > len(best)):
            return False
    return True


def pay(till: dict[int, int], due: int) -> dict[int, int] | None:
    """Change from a till with limited coins, largest first, or None; takes back a bad choice."""

    def attempt(coins: list[int], left: int) -> dict[int, int] | None:
        if left == 0:
            return {}
        if not coins:
            return None
        coin = coins[0]
        for times in range(min(till[coin], left // coin), -1, -1):
            rest = attempt(coins[1:], left - times * coin)
            if rest is not None:
                return {coin: times, **rest} if times else rest
        return None

    return attempt(sorted(till, reverse=True), due)
