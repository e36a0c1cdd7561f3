import random
from decimal import ROUND_HALF_UP, Decimal

import pytest
from money_split import grow, parse, percent, settle, show, split, split_by_weight


@pytest.mark.parametrize("seed", range(6))
def test_show_and_parse(seed):
    draw = random.Random(seed)
    for _ in range(40):
        cents = draw.randint(-(10 ** draw.randint(1, 10)), 10 ** draw.randint(1, 10))
        text = f"{Decimal(cents) / 100:,.2f}"
        assert show(cents) == text
        assert parse(text) == cents
        assert parse(f"  {text.replace(',', '')} ") == cents


@pytest.mark.parametrize(
    "text", ["-", ".5", "1.2.3", "1.-2", "1 2", "$5", "+5", "1.234", "5.", "1.a", "1e3", "- 5"]
)
def test_texts_that_are_no_amounts(text):
    with pytest.raises(ValueError, match="is no amount of money"):
        parse(text)


@pytest.mark.parametrize(
    ("text", "cents"), [("0", 0), ("7.0", 700), ("7.05", 705), ("7.5", 750), ("-7", -700)]
)
def test_amounts(text, cents):
    assert parse(text) == cents


@pytest.mark.parametrize("seed", range(6))
def test_shares_add_up(seed):
    draw = random.Random(seed)
    for _ in range(20):
        cents, people = draw.randint(-500, 1000), draw.randint(1, 9)
        shares = split(cents, people)
        assert sum(shares) == cents
        assert len(shares) == people
        assert shares == sorted(shares, reverse=True)
        assert max(shares) - min(shares) <= 1


@pytest.mark.parametrize("seed", range(6))
def test_weighted_shares(seed):
    draw = random.Random(seed)
    for _ in range(20):
        cents = draw.randint(0, 1000)
        weights = [draw.randint(0, 9) for _ in range(draw.randint(1, 6))] + [1]
        exact = [Decimal(cents * w) / sum(weights) for w in weights]
        floors = [int(share) for share in exact]
        order = sorted(
            range(len(weights)), key=lambda i: (-((cents * weights[i]) % sum(weights)), i)
        )
        for index in order[: cents - sum(floors)]:
            floors[index] += 1
        assert split_by_weight(cents, weights) == floors
        assert sum(floors) == cents


@pytest.mark.parametrize("weights", [[], [0], [0, 0], [1, -1], [-2]])
def test_weights_must_count(weights):
    with pytest.raises(ValueError, match="more than nothing"):
        split_by_weight(10, weights)


def test_equal_weights_favour_the_first():
    assert split_by_weight(11, [1, 1, 1]) == [4, 4, 3]


@pytest.mark.parametrize("rate", [0, 1, 3, 5, 10, 50, 100])
def test_percent_by_decimals(rate):
    for cents in range(250):
        exact = Decimal(cents * rate) / 100
        assert percent(cents, rate) == int(exact.quantize(Decimal(1), ROUND_HALF_UP))


def test_growth():
    assert grow(1000, 5, 0) == [1000]
    assert grow(1000, 5, 4) == [1000, 1050, 1103, 1158, 1216]


@pytest.mark.parametrize("seed", range(6))
def test_settling_leaves_equal_costs(seed):
    draw = random.Random(seed)
    paid = {name: draw.randint(0, 300) for name in "zyxwv"[: draw.randint(1, 5)]}
    before = dict(paid)
    transfers = settle(paid)
    spent = dict(paid)
    for debtor, creditor, amount in transfers:
        assert amount > 0
        spent[debtor] += amount
        spent[creditor] -= amount
    shares = split(sum(paid.values()), len(paid))
    assert [spent[name] for name in sorted(spent)] == shares
    assert len(transfers) < len(paid)
    assert paid == before


def test_largest_debt_is_paid_first():
    assert settle({"a": 0, "b": 90, "c": 30}) == [("a", "b", 40), ("c", "b", 10)]


@pytest.mark.parametrize("people", [0, -1])
def test_nobody_to_share_with(people):
    with pytest.raises(ValueError, match="nobody"):
        split(5, people)
