"""Accounts of a small bank; amounts are whole cents."""

from __future__ import annotations

from dataclasses import dataclass, field


class BankError(ValueError):
    """A request that the bank refuses."""


@dataclass
class Account:
    """A balance that may go down to minus `overdraft`, and all that changed it."""

    owner: str
    overdraft: int = 0
    balance: int = 0
    history: list[tuple[str, int]] = field(default_factory=list)

    def book(self, what: str, cents: int) -> None:
        """Changes the balance and notes why. Raises BankError when the money is lacking."""
        if self.balance + cents < -self.overdraft:
            raise BankError(f"{self.owner} lacks {-self.overdraft - self.balance - cents} cents")
        self.balance += cents
        self.history.append((what, cents))


class Bank:
    """All accounts by their owners' names."""

    def __init__(self, fee: int = 0) -> None:
        """`fee` cents are taken from the sender of every transfer."""
        self.fee = fee
        self.earned = 0
        self._accounts: dict[str, Account] = {}

    def open(self, owner: str, overdraft: int = 0) -> Account:
        """A new account. Raises BankError when the owner has one."""
        if owner in self._accounts:
            raise BankError(f"{owner} has an account already")
        self._accounts[owner] = Account(owner, overdraft)
        return self._accounts[owner]

    def account(self, owner: str) -> Account:
        """The account of an owner. Raises BankError when there is none."""
        if owner not in self._accounts:
            raise BankError(f"{owner} has no account")
        return self._accounts[owner]

    def deposit(self, owner: str, cents: int) -> None:
        """Adds money."""
        self.account(owner).book("deposit", _positive(cents))

    def withdraw(self, owner: str, cents: int) -> None:
        """Takes money out."""
        self.account(owner).book("withdrawal", -_positive(cents))

    def transfer(self, sender: str, receiver: str, cents: int) -> None:
        """Moves money, or changes nothing at all and raises BankError."""
        if sender == receiver:
            raise BankError("sender and receiver are the same")
        source, target = self.account(sender), self.account(receiver)
        source.book(f"to {receiver}", -_positive(cents) - self.fee)
        target.book(f"from {sender}", cents)
        self.earned += self.fee

    def total(self) -> int:
        """The sum of all balances."""
        return sum(account.balance for account in self._accounts.values())

    def in_debt(self) -> list[str]:
        """Owners with a balance below zero, the largest debt first."""
        debtors = [account for account in self._accounts.values() if account.balance < 0]
        return [account.owner for account in sorted(debtors, key=lambda a: a.balance)]


def _positive(cents: int) -> int:
    if cents <= 0:
        raise BankError(f"the amount must be positive, not {cents}")
    return cents
