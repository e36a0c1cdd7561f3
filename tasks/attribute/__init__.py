"""Attribute: which accepted change, and which type of change, earned what."""

from tasks.attribute.credited import Credited, Player, Slices
from tasks.attribute.exploring import Blocked, CreditError, Explorer, Need, Value
from tasks.attribute.game import Game
from tasks.attribute.interplay import between_changes, between_types
from tasks.attribute.plan import Plan, plan_credit
from tasks.attribute.precedence import Coalition, Precedence, coalition_of, members

__all__ = [
    "Blocked",
    "Coalition",
    "CreditError",
    "Credited",
    "Explorer",
    "Game",
    "Need",
    "Plan",
    "Player",
    "Precedence",
    "Slices",
    "Value",
    "between_changes",
    "between_types",
    "coalition_of",
    "members",
    "plan_credit",
]
