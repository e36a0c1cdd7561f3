"""Attribute: which accepted change, and which type of change, earned what."""

from tasks.attribute.game import Game, Value
from tasks.attribute.leave_one_out import leave_one_out, plan
from tasks.attribute.roll_up import roll_up

__all__ = ["Game", "Value", "leave_one_out", "plan", "roll_up"]
