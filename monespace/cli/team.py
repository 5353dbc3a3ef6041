"""`monespace team`: the teams of agents and who sits in them.

load: makes the teams what content/teams.yaml says. add: prompts for the national number (an argument would stay in the
shell's history and in the list of processes). list: who sits where. remove: ends a place.
"""

import argparse
import getpass
import os

from monespace.cli.trouble import Trouble, say


def add(subparsers: argparse._SubParsersAction) -> None:
    """Declare the verb."""
    parser = subparsers.add_parser("team", help="teams of agents: load, add, list, remove")
    acts = parser.add_subparsers(title="acts", metavar="ACT", required=True)
    acts.add_parser("load", help="read content/teams.yaml").set_defaults(act=lambda args: say(load()))
    adding = acts.add_parser("add", help="give a person a place in a team; asks for the national number and the names")
    adding.add_argument("--team", required=True, help="the team's slug in content/teams.yaml")
    adding.set_defaults(act=add_person)
    acts.add_parser("list", help="who sits in which team").set_defaults(act=list_people)
    removing = acts.add_parser("remove", help="end a place in a team, from now on")
    removing.add_argument("--place", type=int, required=True, help="the number that «monespace team list» shows")
    removing.set_defaults(act=remove_person)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Do it; raises Trouble."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ["DATABASE_POOLED"] = "no"
    import django

    django.setup()
    args.act(args)
    return 0


def load() -> str:
    """Loads the teams; the sentence says what was done. Raises Trouble."""
    from monespace.desk import actions
    from monespace.desk.content import Unusable

    try:
        count, gone = actions.load_teams()
    except Unusable as wrong:
        raise Trouble(str(wrong)) from None
    left = f" No longer in the file, handling nothing: {', '.join(gone)}." if gone else ""
    return f"Teams: {count} loaded.{left}"


def add_person(args: argparse.Namespace) -> None:
    """Prompts, checks, adds; an empty database is first given its teams. Raises Trouble."""
    from monespace.desk import actions
    from monespace.desk.models import Team

    if not Team.objects.exists():
        say(load())
    if not Team.objects.filter(pk=args.team).exists():
        known = ", ".join(Team.objects.order_by("slug").values_list("slug", flat=True)) or "none"
        raise Trouble(f"There is no team {args.team}. Teams: {known}.")
    number = getpass.getpass("National number (not shown): ")
    given, family = asked("Given names: "), asked("Family name: ")
    try:
        member, new = actions.add_member(args.team, number, given_names=given, family_name=family)
    except actions.BadNumber:
        raise Trouble("This national number is not right: eleven digits, the last two are check digits.") from None
    say(f"{member.full_name} {'is now' if new else 'was already'} in the team {args.team} (place {member.pk}).")


def asked(question: str) -> str:
    """A name typed by the operator; raises Trouble when it is empty or too long."""
    text = " ".join(input(question).split())
    if not text or len(text) > 100 or not text.isprintable():
        raise Trouble("Write the name as the identity card shows it, in at most 100 letters.")
    return text


def list_people(args: argparse.Namespace) -> None:
    """Every team, and who sits in it now."""
    from monespace.desk.models import Membership, Team

    for team in Team.objects.order_by("slug"):
        say(f"{team.slug}: {', '.join(team.procedures) or 'handles nothing'}")
        for member in Membership.objects.filter(team=team, until=None).order_by("family_name", "given_names", "id"):
            say(f"  {member.pk}  {member.full_name}, since {member.since:%Y-%m-%d}")


def remove_person(args: argparse.Namespace) -> None:
    """Ends a place; raises Trouble."""
    from monespace.desk import actions

    member = actions.close_member(args.place)
    if member is None:
        raise Trouble(f"There is no open place {args.place}: look it up with «monespace team list».")
    say(f"{member.full_name} is no longer in the team {member.team_id}.")
