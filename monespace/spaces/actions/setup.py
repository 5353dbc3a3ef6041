"""The first configuration (configuration initiale): the one-off acts that open an enterprise's space."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from monespace import vault
from monespace.identity.models import Person, SignIn
from monespace.registry.models import Enterprise
from monespace.spaces.actions.common import (
    Refused,
    demand,
    functions_of,
    lock,
    open_for_oneself,
    record,
    seat_of_giving,
    tell_power,
)
from monespace.spaces.actions.giving import VALID_DAYS, announce
from monespace.spaces.models import Intention, Invitation, Signature, TitleKind
from monespace.spaces.policy import ROLES, Action, Kind


@transaction.atomic
def open_alone(enterprise_id, *, by: SignIn, role: str = "submit") -> None:
    """Someone who alone represents the enterprise proves it, becomes GAP and takes a role: three acts, each in the journal.

    Raises Refused: role, level, frozen, unknown_role, joint (a second representative must sign), done (there is a GAP already).
    """
    enterprise, at = lock(enterprise_id)
    demand(enterprise, by, Action.GIVE_GAP, at)
    if role not in ROLES:
        raise Refused("unknown_role")
    functions = [one for one in functions_of(enterprise, by.person, timezone.localdate(at)) if not one.joint]
    if not functions:
        raise Refused("joint")
    if has_gap(enterprise, at):
        raise Refused("done")
    gap, _new = open_for_oneself(enterprise, by, at, kind=TitleKind.GAP, seat=Kind.REPRESENTATIVE)
    taken, _new = open_for_oneself(enterprise, by, at, kind=TitleKind.ROLE, role=role, seat=Kind.GAP)
    tell_power(
        enterprise,
        at,
        lambda: (
            _("%(who)s opened the space of %(name)s and manages its accesses.")
            % {"who": by.person.full_name, "name": enterprise.name}
        ),
        but=by.person,
    )
    record("space.representative_proven", enterprise, by, on=("enterprise", enterprise.pk), function=functions[0].code)
    record("space.gap_opened", enterprise, by, on=("title", gap.pk))
    record("space.role_taken", enterprise, by, on=("title", taken.pk), role=role)


def has_gap(enterprise: Enterprise, at) -> bool:
    """Whether somebody is GAP now."""
    return enterprise.titles.filter(kind=TitleKind.GAP, span__contains=at).exists()


@transaction.atomic
def designate(
    enterprise_id, *, by: SignIn, given_names: str, family_name: str, national_number: str, email: str
) -> Invitation:
    """A representative names the main access manager, always by national number. With joint representation it waits for a second signature.

    Raises Refused: role, level, frozen, waiting (a designation is already under way for this person), held (is GAP already).
    """
    enterprise, at = lock(enterprise_id)
    demand(enterprise, by, Action.GIVE_GAP, at)
    functions = functions_of(enterprise, by.person, timezone.localdate(at))
    alone = any(not function.joint for function in functions)
    pinned = vault.lookup_hash(national_number)
    refuse_second(enterprise, pinned, at)
    invitation = Invitation.objects.create(
        enterprise=enterprise, kind=TitleKind.GAP, given_names=given_names, family_name=family_name, email=email, pinned_hash=pinned,
        invited_by=by.person, given_as=seat_of_giving(enterprise, Kind.REPRESENTATIVE), expires_at=at + timedelta(days=VALID_DAYS),
        state=Invitation.State.SENT if alone else Invitation.State.TO_SIGN,
    )  # fmt: skip
    Signature.objects.create(invitation=invitation, person=by.person, function=functions[0].code, level=by.level, at=at)
    if alone:
        announce(invitation)
    tell_power(
        enterprise,
        at,
        lambda: (
            _("%(who)s names a main access manager for %(name)s.")
            % {"who": by.person.full_name, "name": enterprise.name}
        ),
        but=by.person,
    )
    record("space.gap_designated", enterprise, by, on=("invitation", invitation.pk), complete=alone)
    return invitation


def refuse_second(enterprise: Enterprise, pinned: str, at: datetime) -> None:
    """One designation of a person at a time; raises Refused: held, waiting."""
    if enterprise.titles.filter(kind=TitleKind.GAP, person__national_number_hash=pinned, span__contains=at).exists():
        raise Refused("held")
    waiting = [Invitation.State.TO_SIGN, Invitation.State.SENT]
    under_way = {"kind": TitleKind.GAP, "pinned_hash": pinned, "state__in": waiting, "expires_at__gt": at}
    if enterprise.invitations.filter(**under_way).exists():
        raise Refused("waiting")


@transaction.atomic
def countersign(invitation: Invitation, *, by: SignIn) -> Invitation:
    """The second of two joint representatives signs a designation; it then goes to the person named.

    Raises Refused: role, level, frozen, over (no longer waiting), signed (the first signatory cannot sign twice), void (the
    first signatory no longer represents the enterprise).
    """
    enterprise, at = lock(invitation.enterprise_id)
    demand(enterprise, by, Action.GIVE_GAP, at)
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if invitation.state != Invitation.State.TO_SIGN or invitation.expires_at <= at:
        raise Refused("over")
    if invitation.signatures.filter(person=by.person).exists():
        raise Refused("signed")
    if not functions_of(enterprise, invitation.invited_by, timezone.localdate(at)):
        raise Refused("void")
    functions = functions_of(enterprise, by.person, timezone.localdate(at))
    Signature.objects.create(invitation=invitation, person=by.person, function=functions[0].code, level=by.level, at=at)
    invitation.state = Invitation.State.SENT
    invitation.save(update_fields=["state"])
    announce(invitation)
    record("space.gap_countersigned", enterprise, by, on=("invitation", invitation.pk))
    return invitation


def remember_intention(person: Person, procedure: str) -> None:
    """Keeps the form that a person wants to begin, until they can."""
    Intention.objects.update_or_create(person=person, defaults={"procedure": procedure})


def forget_intention(person: Person) -> None:
    """The form is begun: nothing to come back to."""
    Intention.objects.filter(person=person).delete()
