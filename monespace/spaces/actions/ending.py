"""Ending access: withdrawing somebody's title, or leaving."""

from datetime import datetime

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from monespace.identity.models import SignIn
from monespace.notices.actions import tell
from monespace.spaces.actions.common import NEEDS, Refused, demand, lock, record, tell_power
from monespace.spaces.models import Invitation, Title, TitleKind


@transaction.atomic
def close_title(title: Title, *, by: SignIn, because: str) -> None:
    """Withdraws a title now. Only a representative withdraws a GAP; only a GAP a co-GAP. What its holder offered dies with it.

    Raises Refused: role, level, over.
    """
    enterprise, at = lock(title.enterprise_id)
    demand(enterprise, by, NEEDS[TitleKind(title.kind)], at)
    title.closed_because = because
    end(title, by, because, at)
    void_offers_to(title, at)
    with override(title.person.language):
        tell(
            title.person_id,
            _("Your access to %(name)s ended: %(what)s.") % {"name": enterprise.name, "what": because_text(because)},
            language=title.person.language,
        )
    record("access.withdrawn", enterprise, by, on=("title", title.pk), role=title.role or title.kind)


@transaction.atomic
def leave(title: Title, *, by: SignIn) -> None:
    """The holder gives a title back. The last manager may leave: the space is then visibly without manager. Raises Refused: other, over."""
    enterprise, at = lock(title.enterprise_id)
    if title.person_id != by.person_id:
        raise Refused("other")
    end(title, by, "left", at)
    if title.kind != TitleKind.ROLE:
        tell_power(
            enterprise,
            at,
            lambda: (
                _("%(who)s no longer manages the accesses of %(name)s.")
                % {"who": by.person.full_name, "name": enterprise.name}
            ),
            but=by.person,
        )
    record("access.left", enterprise, by, on=("title", title.pk), role=title.role or title.kind)


def end(title: Title, by: SignIn, because: str, at) -> None:
    """Closes the span; voids the invitations that rest on the title."""
    title = Title.objects.select_for_update().get(pk=title.pk)
    if title.span.upper is not None and title.span.upper <= at:
        raise Refused("over")
    Title.objects.filter(pk=title.pk).update(
        span=DateTimeTZRange(title.span.lower, at), closed_by=by.person, closed_because=because
    )
    Invitation.objects.filter(by_title=title, state__in=[Invitation.State.SENT, Invitation.State.TO_CONFIRM]).update(
        state=Invitation.State.VOID, answered_at=at
    )


def void_offers_to(title: Title, at: datetime) -> None:
    """What was offered to the person and is not yet accepted would undo the withdrawal: offers of the same title go with it,
    all of them when the person left the enterprise."""
    mine = Q(pinned_hash=title.person.national_number_hash) | Q(answered_by=title.person_id)
    same = Q() if title.closed_because == "left_enterprise" else Q(kind=title.kind, role=title.role, scope=title.scope)
    Invitation.objects.filter(
        mine, same, enterprise=title.enterprise_id, state__in=[Invitation.State.SENT, Invitation.State.TO_CONFIRM]
    ).update(state=Invitation.State.VOID, answered_at=at)


def because_text(because: str) -> str:
    """A reason in words."""
    return {
        "left_enterprise": _("you no longer work there"),
        "not_needed": _("it is no longer needed"),
        "mistake": _("it was given by mistake"),
    }.get(because, _("withdrawn"))
