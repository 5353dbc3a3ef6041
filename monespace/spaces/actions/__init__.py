"""Verbs that change who may act for whom. Each one locks the enterprise, then reads the clock, decides again, writes, journals."""

from monespace.spaces.actions.answering import accept, refuse
from monespace.spaces.actions.ending import close_title, leave
from monespace.spaces.actions.giving import cancel, confirm, invite, take_role
from monespace.spaces.actions.setup import countersign, designate, forget_intention, open_alone, remember_intention

__all__ = [
    "accept",
    "cancel",
    "close_title",
    "confirm",
    "countersign",
    "designate",
    "forget_intention",
    "invite",
    "leave",
    "open_alone",
    "refuse",
    "remember_intention",
    "take_role",
]
