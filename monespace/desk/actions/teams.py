"""Teams and their members: loaded from the content, named by the operator."""

from pathlib import Path

import msgspec
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from stdnum.be import bis, nn

from monespace import vault
from monespace.desk.content import read_teams
from monespace.desk.models import Membership, Team
from monespace.journal.actions import write


class NoSuchTeam(Exception):
    """No team has this slug."""


class BadNumber(Exception):
    """The check digits of a national number do not fit."""


@transaction.atomic
def load_teams(path: Path | None = None) -> tuple[int, list[str]]:
    """Makes the teams what content/teams.yaml says; may run again. Raises content.Unusable.

    Returns how many there are, and the slugs of those that left the file: they keep their past, and handle nothing more.
    """
    teams = read_teams(path or settings.CONTENT_DIR / "teams.yaml")
    for team in teams:
        Team.objects.update_or_create(
            slug=team.slug,
            defaults={
                "words": msgspec.to_builtins(team.words), "phone": team.phone, "mail": team.mail,
                "procedures": team.procedures, "usual_days": team.usual_days, "remedy_days": team.remedy_days,
            },
        )  # fmt: skip
    gone = Team.objects.exclude(slug__in=[team.slug for team in teams]).exclude(procedures=[])
    slugs = list(gone.order_by("slug").values_list("slug", flat=True))
    gone.update(procedures=[])
    return len(teams), slugs


@transaction.atomic
def add_member(team: str, national_number: str, *, given_names: str, family_name: str) -> tuple[Membership, bool]:
    """Gives a person a place in a team, from now on; returns it and whether it is new.

    By national number: the person may never have signed in. Raises NoSuchTeam, BadNumber.
    """
    found = Team.objects.select_for_update().filter(slug=team).first()
    if found is None:
        raise NoSuchTeam(team)
    member, new = Membership.objects.get_or_create(
        team=found, person_hash=vault.lookup_hash(digits_of(national_number)), until=None,
        defaults={"given_names": given_names, "family_name": family_name, "since": timezone.now()},
    )  # fmt: skip
    if new:
        write("team.member_added", person=None, on=("membership", member.pk), detail={"team": team, "by": "operator"})
    return member, new


@transaction.atomic
def close_member(membership: int) -> Membership | None:
    """Ends a place in a team now; None when there is none open with this id."""
    member = Membership.objects.select_for_update().filter(pk=membership, until=None).first()
    if member is None:
        return None
    member.until = timezone.now()
    member.save(update_fields=["until"])
    detail = {"team": member.team_id, "by": "operator"}
    write("team.member_removed", person=None, on=("membership", member.pk), detail=detail)
    return member


def digits_of(national_number: str) -> str:
    """The eleven digits of a national or BIS number; raises BadNumber when the check digits do not fit."""
    digits = "".join(filter(str.isdigit, national_number))
    if not (nn.is_valid(digits) or bis.is_valid(digits)):
        raise BadNumber
    return digits
