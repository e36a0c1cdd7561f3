import pytest
from bank_accounts import Bank, BankError


@pytest.fixture
def bank():
    result = Bank(fee=10)
    result.open("ann")
    result.open("bob", overdraft=500)
    result.deposit("ann", 1000)
    return result


def test_deposit(bank):
    assert bank.account("ann").balance == 1000


def test_withdraw(bank):
    bank.withdraw("ann", 300)
    assert bank.account("ann").balance == 700


def test_withdraw_too_much(bank):
    with pytest.raises(BankError):
        bank.withdraw("ann", 1001)
    assert bank.account("ann").balance == 1000


def test_overdraft(bank):
    bank.withdraw("bob", 500)
    assert bank.account("bob").balance == -500


def test_transfer_takes_the_fee(bank):
    bank.transfer("ann", "bob", 200)
    assert bank.account("ann").balance == 790
    assert bank.account("bob").balance == 200
    assert bank.earned == 10


def test_transfer_to_nobody_changes_nothing(bank):
    with pytest.raises(BankError):
        bank.transfer("ann", "zoe", 100)
    assert bank.account("ann").balance == 1000


@pytest.mark.parametrize("cents", [0, -5])
def test_amount_must_be_positive(bank, cents):
    with pytest.raises(BankError):
        bank.deposit("ann", cents)


def test_second_account(bank):
    with pytest.raises(BankError):
        bank.open("ann")


def test_history(bank):
    bank.withdraw("ann", 50)
    assert bank.account("ann").history == [("deposit", 1000), ("withdrawal", -50)]


def test_total(bank):
    bank.withdraw("bob", 100)
    assert bank.total() == 900


def test_in_debt(bank):
    bank.withdraw("bob", 100)
    assert bank.in_debt() == ["bob"]
