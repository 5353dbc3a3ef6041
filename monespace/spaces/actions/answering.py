"""Answering an invitation: by the person themselves, signed in strongly enough; a GET changes nothing (mail scanners open links)."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from monespace.identity.models import SignIn
from monespace.notices.actions import tell
from monespace.registry.policy import is_frozen
from monespace.registry.queries import representatives
from monespace.spaces.actions.common import Refused, lock, open_offered, record, tell_power
from monespace.spaces.models import Invitation, Title, TitleKind
from monespace.spaces.policy import ACCEPT_LEVEL, WINDING_UP


@transaction.atomic
def accept(invitation: Invitation, *, by: SignIn) -> Invitation:
    """Accepts. Pinned: the title opens now. Not pinned: the inviter first looks at who accepted.

    Raises Refused: over, other (pinned to somebody else), level, void (the inviter's own power ended), frozen, self.
    """
    enterprise, at = lock(invitation.enterprise_id)
    invitation = waiting(invitation, by, at)
    demand_acceptable(invitation, by, at)
    pinned = bool(invitation.pinned_hash)
    invitation.state = Invitation.State.ACCEPTED if pinned else Invitation.State.TO_CONFIRM
    invitation.answered_by, invitation.answered_at, invitation.answered_level = by.person, at, by.level
    invitation.save(update_fields=["state", "answered_by", "answered_at", "answered_level"])
    if pinned:
        open_offered(invitation, by.person, at, given_by=invitation.invited_by)
    report(invitation, by, at)
    record(
        "access.accepted",
        enterprise,
        by,
        on=("invitation", invitation.pk),
        role=invitation.role or invitation.kind,
        pinned=pinned,
    )
    return invitation


@transaction.atomic
def refuse(invitation: Invitation, *, by: SignIn, not_me: bool = False) -> None:
    """Refuses; `not_me`: it was meant for somebody else («ce n'est pas moi»). Raises Refused: over, other, self."""
    enterprise, at = lock(invitation.enterprise_id)
    invitation = waiting(invitation, by, at)
    invitation.state, invitation.answered_by, invitation.answered_at = Invitation.State.REFUSED, by.person, at
    invitation.save(update_fields=["state", "answered_by", "answered_at"])
    report(invitation, by, at, not_me=not_me)
    record("access.refused", enterprise, by, on=("invitation", invitation.pk), not_me=not_me)


def waiting(invitation: Invitation, by: SignIn, at: datetime) -> Invitation:
    """The invitation, locked and still open for this person; raises Refused."""
    invitation = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("enterprise", "invited_by")
        .get(pk=invitation.pk)
    )
    if invitation.state != Invitation.State.SENT or invitation.expires_at <= at:
        raise Refused("over")
    if invitation.pinned_hash and invitation.pinned_hash != by.person.national_number_hash:
        raise Refused("other")
    if invitation.invited_by_id == by.person_id and invitation.kind != TitleKind.GAP:
        raise Refused("self")  # nobody raises himself by an invitation
    return invitation


def demand_acceptable(invitation: Invitation, by: SignIn, at: datetime) -> None:
    """What is offered can still be had, by who is identified strongly enough; raises Refused: level, void, frozen, over."""
    enterprise = invitation.enterprise
    if by.level < ACCEPT_LEVEL[invitation.kind]:
        raise Refused("level")
    if not inviter_still_may(invitation, at):
        raise Refused("void")
    if is_frozen(enterprise.situation, enterprise.gone_on is not None) and invitation.given_as != WINDING_UP:
        raise Refused("frozen")
    if invitation.ends_on and invitation.ends_on < timezone.localdate(at):
        raise Refused("over")


def inviter_still_may(invitation: Invitation, at: datetime) -> bool:
    """An invitation dies with the inviter's own title, or with his function in the register."""
    if invitation.by_title_id is None:
        hashes = {function.person_hash for function in representatives(invitation.enterprise, timezone.localdate(at))}
        return invitation.invited_by.national_number_hash in hashes
    return Title.objects.filter(pk=invitation.by_title_id, span__contains=at).exists()


def report(invitation: Invitation, by: SignIn, at: datetime, *, not_me: bool = False) -> None:
    """Tells the inviter (and, for a GAP, everyone with power) what became of the invitation."""
    sentences = {
        "not_me": lambda names: _("%(who)s says that your invitation for %(name)s is meant for somebody else.") % names,
        Invitation.State.ACCEPTED: lambda names: _("%(who)s accepted to act for %(name)s.") % names,
        Invitation.State.TO_CONFIRM: lambda names: (
            _("%(who)s accepted your invitation for %(name)s: check who it is and confirm.") % names
        ),
        Invitation.State.REFUSED: lambda names: _("%(who)s refused to act for %(name)s.") % names,
    }
    names = {"who": by.person.full_name, "name": invitation.enterprise.name}
    sentence = sentences["not_me" if not_me else Invitation.State(invitation.state)]
    inviter = invitation.invited_by
    if inviter.pk != by.person_id:
        with override(inviter.language):
            tell(
                inviter.pk,
                sentence(names),
                language=inviter.language,
                path=reverse("spaces:people", args=[invitation.enterprise.number]),
            )
    if invitation.kind != TitleKind.ROLE:
        tell_power(invitation.enterprise, at, lambda: sentence(names), but=inviter)
