"""Reads content/teams.yaml, written by people who are not programmers: what is wrong is told with what to do."""

from pathlib import Path
from typing import Annotated

import msgspec
import yaml
from django.conf import settings

Slug = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Text = Annotated[str, msgspec.Meta(min_length=1, max_length=3000)]
Days = Annotated[int, msgspec.Meta(ge=1, le=3660)]


class Words(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """A team in one language."""

    name: Text
    authority: Text
    address: list[Text]
    remedy_authority: Text
    remedies: Text


class TeamFile(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """One team."""

    slug: Slug
    words: dict[str, Words]
    procedures: list[Slug]
    remedy_days: Days
    usual_days: Days | None = None
    phone: str = ""
    mail: str = ""


class Unusable(Exception):
    """The file cannot be used; the text is one sentence that says what to do."""


def read_teams(path: Path) -> list[TeamFile]:
    """The teams in a file; raises Unusable."""
    try:
        teams = msgspec.convert(yaml.safe_load(path.read_text(encoding="utf-8")) or [], list[TeamFile])
    except (OSError, UnicodeDecodeError, yaml.YAMLError, msgspec.ValidationError) as error:
        raise Unusable(
            f"{path.name} cannot be used: {' '.join(str(error).split())}. Mend the file and run this again."
        ) from error
    slugs = [team.slug for team in teams]
    if len(set(slugs)) < len(slugs):
        raise Unusable(f"{path.name} holds the same slug twice: give each team its own.")
    for team in teams:
        if missing := [code for code in settings.WRITTEN_LANGUAGES if code not in team.words]:
            raise Unusable(f"{path.name}: the team {team.slug} has no words in {', '.join(missing)}: add them.")
    return teams
