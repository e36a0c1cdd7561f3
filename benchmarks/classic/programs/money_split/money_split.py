"""Amounts of money in whole cents: reading, writing, sharing and interest."""


def parse(text):
    """Cents of an amount such as "12", "-3.50" or "1,234.5".

    Raises ValueError for anything else, more than two decimals included.
    """
    cleaned = text.strip().replace(",", "")
    sign = 1
    if cleaned.startswith("-"):
        sign, cleaned = -1, cleaned[1:]
    whole, point, decimals = cleaned.partition(".")
    if not whole.isdigit() or len(decimals) > 2 or (point and not decimals.isdigit()):
        raise ValueError(f"{text!r} is no amount of money")
    return sign * (int(whole) * 100 + int(decimals.ljust(2, "0")))


def show(cents):
    """The amount with two decimals and commas between thousands."""
    sign = "-" if cents < 0 else ""
    whole, rest = divmod(abs(cents), 100)
    return f"{sign}{whole:,}.{rest:02d}"


def split(cents, people):
    """Shares that differ by a cent at most and add up; the first ones get more."""
    if people < 1:
        raise ValueError("nobody to share with")
    each, left = divmod(cents, people)
    return [each + 1 if index < left else each for index in range(people)]


def split_by_weight(cents, weights):
    """Shares in proportion to weights; cents left over go to the largest remainders.

    On equal remainders the earlier share gets the cent.
    """
    total = sum(weights)
    if total <= 0:
        raise ValueError("the weights must add up to more than nothing")
    shares = [cents * weight // total for weight in weights]
    remainders = [cents * weight % total for weight in weights]
    order = sorted(range(len(weights)), key=lambda index: -remainders[index])
    for index in order[: cents - sum(shares)]:
        shares[index] += 1
    return shares


def percent(cents, rate):
    """`rate` percent of an amount >= 0, rounded to the nearest cent, halves up."""
    return (cents * rate + 50) // 100


def grow(cents, rate, years):
    """The balance after every year when `rate` percent of interest are added each year."""
    balances = [cents]
    for _ in range(years):
        balances.append(balances[-1] + percent(balances[-1], rate))
    return balances


def settle(paid):
    """Transfers (from, to, cents) that make all have paid the same; `paid` maps names to cents."""
    shares = split(sum(paid.values()), len(paid))
    balance = {name: paid[name] - share for name, share in zip(sorted(paid), shares, strict=True)}
    transfers = []
    while any(balance.values()):
        debtor = min(balance, key=lambda name: balance[name])
        creditor = max(balance, key=lambda name: balance[name])
        amount = min(-balance[debtor], balance[creditor])
        balance[debtor] += amount
        balance[creditor] -= amount
        transfers.append((debtor, creditor, amount))
    return transfers
