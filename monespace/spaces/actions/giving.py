"""Giving access: inviting, confirming who accepted, cancelling, taking a role oneself."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from monespace import vault
from monespace.identity.limits import TooMany, count_try
from monespace.identity.models import Person, SignIn
from monespace.notices.actions import tell
from monespace.spaces.actions.common import (
    NEEDS,
    Refused,
    demand,
    lock,
    open_for_oneself,
    open_offered,
    record,
    represents_alone,
    seat_of_giving,
    tell_power,
    write_to,
)
from monespace.spaces.models import Invitation, TitleKind
from monespace.spaces.policy import ROLES, Action
from monespace.spaces.queries import intention_of, seats_in
from monespace.spaces.space import Space
from monespace.spaces.wanted import way_on
from monespace.ui.look import day

INVITATIONS = 100  # an hour, by one person
VALID_DAYS = 30  # an invitation dies after a month, or with the inviter's own title


@transaction.atomic
def invite(
    enterprise_id,
    *,
    by: SignIn,
    kind: str,
    role: str,
    scope: str,
    given_names: str,
    family_name: str,
    email: str,
    national_number: str = "",
    ends_on: date | None = None,
    message: str = "",
    procedure: str = "",
) -> Invitation:
    """Offers a role, or the place of co-GAP, to one person. Pinned to a national number when the inviter knows it.

    `procedure` is the form that the invited person came for. The same offer sent twice, by a double click, is one offer.
    Raises Refused: role, level, frozen, unknown_role, past (the end date is over), self (nobody raises himself), many.
    """
    enterprise, at = lock(enterprise_id)
    action = Action.GIVE_CO_GAP if kind == TitleKind.CO_GAP else Action.GIVE_ROLE
    decision = demand(enterprise, by, action, at)
    demand_offerable(kind, role, ends_on, timezone.localdate(at))
    pinned_hash = vault.lookup_hash(national_number) if national_number else ""
    if pinned_hash == by.person.national_number_hash:
        raise Refused("self")
    offered = {
        "kind": kind, "role": role, "scope": scope, "ends_on": ends_on, "given_names": given_names, "family_name": family_name,
        "email": email, "pinned_hash": pinned_hash, "message": message, "procedure": procedure,
    }  # fmt: skip
    waiting = {"invited_by": by.person, "state": Invitation.State.SENT, "expires_at__gt": at}
    if sent := Invitation.objects.filter(enterprise=enterprise, **offered, **waiting).first():
        return sent
    count_invitation(by)
    invitation = Invitation.objects.create(
        enterprise=enterprise, **offered, invited_by=by.person, given_as=seat_of_giving(enterprise, decision.role),
        by_title_id=decision.title,  # type: ignore[misc]  # who may invite holds a title: seats without one have other ids
        expires_at=at + timedelta(days=VALID_DAYS),
    )  # fmt: skip
    announce(invitation)
    on = ("invitation", invitation.pk)
    record("access.invited", enterprise, by, on=on, role=role or kind, pinned=bool(national_number))
    return invitation


def demand_offerable(kind: str, role: str, ends_on: date | None, today: date) -> None:
    """A role of the table, or the place of co-GAP, that has not ended before it begins; raises Refused: unknown_role, past."""
    if kind not in {TitleKind.ROLE, TitleKind.CO_GAP} or (kind == TitleKind.ROLE) != (role in ROLES):
        raise Refused("unknown_role")
    if ends_on and ends_on < today:
        raise Refused("past")


def count_invitation(by: SignIn) -> None:
    """Whoever opened a space must not write to half the country in our name; raises Refused."""
    try:
        count_try("invitation", by.person_id, limit=INVITATIONS, seconds=3600)
    except TooMany as refusal:
        raise Refused("many") from refusal


def announce(invitation: Invitation) -> None:
    """The mail that tells the person. The link alone proves nothing: it leads to a page behind the sign-in."""
    if not invitation.email:
        return
    write_to(
        invitation.email,
        invitation.invited_by.language,
        lambda: _("Invitation to act for %(name)s") % {"name": invitation.enterprise.name},
        lambda: text_of(invitation),
        path=reverse("spaces:invitation", args=[invitation.pk]),
    )


def text_of(invitation: Invitation) -> str:
    """Who invites whom for which enterprise, until when; the inviter's own words; what to do when it is not expected."""
    names = {"who": invitation.invited_by.full_name, "name": invitation.enterprise.name, "to": invitation.full_name}
    invited = _(
        "Hello %(to)s,\n\n%(who)s invites you to act for %(name)s in Mon Espace. "
        "Sign in to see what is offered, then accept or refuse. The invitation is valid until %(day)s."
    )
    unexpected = _("If you do not expect this invitation or do not know %(who)s, do nothing: it ends by itself.")
    said = [f"« {invitation.message} »"] if invitation.message else []
    return "\n\n".join([invited % {**names, "day": day(invitation.expires_at)}, *said, unexpected % names])


@transaction.atomic
def confirm(invitation: Invitation, *, by: SignIn, agreed: bool) -> Invitation:
    """The inviting side looks at who accepted an unpinned invitation, and agrees or not. Only then does the title open.

    Raises Refused: role, level, frozen, over, past (its end date is over), self (nobody confirms himself).
    """
    enterprise, at = lock(invitation.enterprise_id)
    demand(enterprise, by, NEEDS[TitleKind(invitation.kind)], at)
    invitation, person = accepted_by_another(invitation, by)
    if agreed and invitation.ends_on and invitation.ends_on < timezone.localdate(at):
        raise Refused("past")
    invitation.state = Invitation.State.ACCEPTED if agreed else Invitation.State.CANCELLED
    invitation.save(update_fields=["state"])
    if agreed:
        open_offered(invitation, person, at, given_by=by.person)
    tell_answer(invitation, person, agreed, at)
    record(
        "access.confirmed" if agreed else "access.not_confirmed",
        enterprise,
        by,
        on=("invitation", invitation.pk),
        role=invitation.role,
    )
    return invitation


def accepted_by_another(invitation: Invitation, by: SignIn) -> tuple[Invitation, Person]:
    """The invitation, locked, and who accepted it and is now to be looked at; raises Refused: over, self."""
    locked = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("enterprise", "answered_by")
        .get(pk=invitation.pk)
    )
    if locked.state != Invitation.State.TO_CONFIRM:
        raise Refused("over")
    if locked.answered_by is None or locked.answered_by_id == by.person_id:
        raise Refused("self")
    return locked, locked.answered_by


def tell_answer(invitation: Invitation, person: Person, agreed: bool, at: datetime) -> None:
    """Tells the person who accepted an unpinned invitation what became of it, and leads back to the form they came for."""
    with override(person.language):
        sentence = (
            _("You may now act for %(name)s.")
            if agreed
            else _("%(name)s did not confirm your access: ask the person who invited you why.")
        )
        tell(
            person.pk,
            sentence % {"name": invitation.enterprise.name},
            language=person.language,
            path=way_for(invitation, person, at) if agreed else reverse("spaces:choose"),
        )


def way_for(invitation: Invitation, person: Person, at: datetime) -> str:
    """The form that the person was invited or came for, when the role given suffices; else the home of the space."""
    seats = seats_in(invitation.enterprise, person, invitation.answered_level or 0, at)
    space = Space(person, invitation.enterprise, seats, at)
    return way_on(space, invitation.procedure or intention_of(person))


@transaction.atomic
def cancel(invitation: Invitation, *, by: SignIn) -> None:
    """Takes an offer back before it is accepted: whoever may give such a title may. Raises Refused: role, level, frozen, over."""
    enterprise, at = lock(invitation.enterprise_id)
    demand(enterprise, by, NEEDS[TitleKind(invitation.kind)], at)
    open_states = [Invitation.State.TO_SIGN, Invitation.State.SENT, Invitation.State.TO_CONFIRM]
    if not Invitation.objects.filter(pk=invitation.pk, state__in=open_states).update(
        state=Invitation.State.CANCELLED, answered_at=at
    ):
        raise Refused("over")
    record("access.invitation_cancelled", enterprise, by, on=("invitation", invitation.pk))


@transaction.atomic
def remind(invitation: Invitation, *, by: SignIn) -> None:
    """Sends the invitation's message once more, at most once a day. Raises Refused: role, level, frozen, over; TooMany."""
    enterprise, at = lock(invitation.enterprise_id)
    demand(enterprise, by, NEEDS[TitleKind(invitation.kind)], at)
    invitation = Invitation.objects.select_related("enterprise", "invited_by").get(pk=invitation.pk)
    if invitation.state != Invitation.State.SENT or invitation.expires_at <= at:
        raise Refused("over")
    count_try("reminder of an invitation", invitation.pk, limit=1, seconds=86400)
    announce(invitation)
    record("access.reminded", enterprise, by, on=("invitation", invitation.pk))


@transaction.atomic
def take_role(enterprise_id, *, by: SignIn, role: str) -> None:
    """A GAP or a representative takes a service role himself, in one act that the others who hold power are told of.

    Raises Refused: role (only a GAP or a representative), level, frozen, unknown_role, joint (who represents only together
    with another takes no role alone: the other would learn too late).
    """
    enterprise, at = lock(enterprise_id)
    if role not in ROLES:
        raise Refused("unknown_role")
    try:
        decision = demand(enterprise, by, Action.GIVE_CO_GAP, at)
    except Refused as refused:
        if refused.because not in {"role", "ended"}:
            raise
        decision = demand(enterprise, by, Action.GIVE_GAP, at)
        if not represents_alone(enterprise, by.person, timezone.localdate(at)):
            raise Refused("joint") from refused
    title, new = open_for_oneself(enterprise, by, at, kind=TitleKind.ROLE, role=role, seat=decision.role)
    if new:
        tell_power(
            enterprise,
            at,
            lambda: (
                _("%(who)s, who manages the accesses of %(name)s, took a role to act for it.")
                % {"who": by.person.full_name, "name": enterprise.name}
            ),
            but=by.person,
        )
        record("space.role_taken", enterprise, by, on=("title", title.pk), role=role)
