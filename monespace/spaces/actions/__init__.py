"""Verbs that change who may act for whom. Each one locks the enterprise, then reads the clock, decides again, writes, journals."""

from monespace.spaces.actions.answering import accept, refuse
from monespace.spaces.actions.common import NEEDS, Refused
from monespace.spaces.actions.ending import close_title, leave
from monespace.spaces.actions.giving import INVITATIONS, cancel, confirm, invite, remind, take_role
from monespace.spaces.actions.proving import prove_representative
from monespace.spaces.actions.refusing import REFUSALS, note_refusal
from monespace.spaces.actions.setup import countersign, designate, forget_intention, open_alone, remember_intention

__all__ = [
    "INVITATIONS",
    "NEEDS",
    "REFUSALS",
    "Refused",
    "accept",
    "cancel",
    "close_title",
    "confirm",
    "countersign",
    "designate",
    "forget_intention",
    "invite",
    "leave",
    "note_refusal",
    "open_alone",
    "prove_representative",
    "refuse",
    "remember_intention",
    "remind",
    "take_role",
]
