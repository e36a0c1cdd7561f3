import random

import pytest
from bank_accounts import Account, Bank, BankError


@pytest.mark.parametrize("seed", range(10))
def test_random_business_against_a_model(seed):
    draw = random.Random(seed)
    fee = draw.choice([0, 3])
    bank, limits = Bank(fee), {"a": 0, "b": 50, "c": 200}
    for owner, limit in limits.items():
        bank.open(owner, limit)
    model = dict.fromkeys(limits, 0)
    fees = entries = 0
    for _ in range(80):
        owner, other = draw.choice("abc"), draw.choice("abc")
        action, cents = draw.choice(["deposit", "withdraw", "transfer"]), draw.randint(-5, 90)
        wanted = dict(model)
        if action == "deposit":
            request = (owner, cents)
            wanted[owner] += cents
        elif action == "withdraw":
            request = (owner, cents)
            wanted[owner] -= cents
        else:
            request = (owner, other, cents)
            wanted[owner] -= cents + fee
            wanted[other] += cents
        fine = cents > 0 and all(wanted[n] >= -limits[n] for n in limits)
        if fine and not (action == "transfer" and owner == other):
            getattr(bank, action)(*request)
            model = wanted
            fees += fee if action == "transfer" else 0
            entries += 2 if action == "transfer" else 1
        else:
            with pytest.raises(BankError):
                getattr(bank, action)(*request)
        assert {n: bank.account(n).balance for n in limits} == model
        assert bank.total() == sum(model.values())
        assert bank.earned == fees
    histories = {n: bank.account(n).history for n in limits}
    assert {n: sum(cents for _, cents in h) for n, h in histories.items()} == model
    assert sum(map(len, histories.values())) == entries
    assert bank.in_debt() == sorted((n for n in limits if model[n] < 0), key=lambda n: model[n])


@pytest.mark.parametrize(
    ("action", "message"),
    [
        (lambda b: b.open("ann"), "ann has an account already"),
        (lambda b: b.account("zoe"), "zoe has no account"),
        (lambda b: b.deposit("ann", 0), "must be positive, not 0"),
        (lambda b: b.withdraw("ann", -1), "must be positive, not -1"),
        (lambda b: b.withdraw("ann", 130), "ann lacks 10 cents"),
        (lambda b: b.transfer("ann", "bob", 120), "ann lacks 5 cents"),
        (lambda b: b.transfer("ann", "ann", 5), "are the same"),
        (lambda b: b.transfer("ann", "zoe", 5), "zoe has no account"),
        (lambda b: b.transfer("zoe", "ann", 5), "zoe has no account"),
        (lambda b: b.transfer("ann", "bob", 0), "must be positive"),
    ],
)
def test_refusals_say_why_and_change_nothing(action, message):
    bank = Bank(fee=5)
    bank.open("ann", 20)
    bank.open("bob")
    bank.deposit("ann", 100)
    with pytest.raises(BankError, match=message):
        action(bank)
    assert bank.total() == 100
    assert bank.earned == 0
    assert bank.account("ann").history == [("deposit", 100)]
    assert bank.account("bob").history == []


def test_histories_name_the_partner():
    bank = Bank(fee=1)
    bank.open("ann", 100)
    bank.open("bob")
    bank.transfer("ann", "bob", 9)
    assert bank.account("ann").history == [("to bob", -10)]
    assert bank.account("bob").history == [("from ann", 9)]


def test_open_returns_a_fresh_account():
    account = Bank().open("ann", 7)
    assert account == Account("ann", 7, 0, [])
    assert Account("x").overdraft == 0


def test_debts_in_order():
    bank = Bank()
    for owner, debt in (("a", 10), ("b", 30), ("c", 20)):
        bank.open(owner, 100)
        bank.withdraw(owner, debt)
    bank.open("zero")
    assert bank.in_debt() == ["b", "c", "a"]


def test_no_fee_by_default():
    bank = Bank()
    assert bank.fee == 0
    bank.open("a")
    bank.open("b")
    bank.deposit("a", 5)
    bank.transfer("a", "b", 5)
    assert bank.account("a").balance == 0
    assert bank.total() == 5


def test_errors_are_value_errors():
    assert issubclass(BankError, ValueError)
