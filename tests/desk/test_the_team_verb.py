"""`monespace team`: the first agent of an empty database; the number is prompted for, checked, and shown nowhere."""

import argparse

import pytest

from monespace.cli import team as verb
from monespace.cli.main import main
from monespace.cli.trouble import Trouble
from monespace.desk.content import Unusable, read_teams
from monespace.desk.models import Membership, Team
from monespace.journal.models import Entry
from tests.desk import scene

GOOD = """
- slug: essai
  procedures: [prime-velo]
  remedy_days: 60
  words:
    fr: {name: Essai, authority: Essai, address: [Rue 1], remedy_authority: Conseil, remedies: Texte}
    de: {name: Essai, authority: Essai, address: [Rue 1], remedy_authority: Rat, remedies: Text}
"""


@pytest.fixture
def prompted(monkeypatch):
    """Answers to the prompts."""

    def answer(number: str, *names: str):
        left = iter(names)
        monkeypatch.setattr("getpass.getpass", lambda prompt: number)
        monkeypatch.setattr("builtins.input", lambda prompt: next(left))

    return answer


def test_the_first_agent_of_an_empty_database(db, prompted, capsys):
    number = scene.right(scene.ISABELLE)
    prompted(f"{number[:6]} {number[6:]}", "Isabelle", "Mathot")

    assert main(["team", "add", "--team", "calamites"]) == 0

    member = Membership.objects.get()
    assert (member.team_id, member.full_name, member.until) == ("calamites", "Isabelle Mathot", None)
    entry = Entry.objects.get(act="team.member_added")
    assert (entry.on_id, entry.detail) == (str(member.pk), {"team": "calamites", "by": "operator"})
    said = capsys.readouterr().out
    assert "Isabelle Mathot is now in the team calamites" in said
    assert number not in said
    dossier = scene.dossier()
    assert scene.client(scene.person(scene.ISABELLE, "I", "M")).get(f"/guichet/{dossier.ref}/").status_code == 200


def test_twice_is_once(db, prompted, capsys):
    for _ in range(2):
        prompted(scene.right(scene.ISABELLE), "Isabelle", "Mathot")
        assert main(["team", "add", "--team", "calamites"]) == 0

    assert Membership.objects.count() == 1
    assert "was already" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("team", "number", "names", "said"),
    [
        ("calamites", "85031499800", ["A", "B"], "check digits"),
        ("calamites", "", ["A", "B"], "check digits"),
        ("calamites", scene.right(scene.ISABELLE), ["  "], "Write the name"),
        ("impots", scene.right(scene.ISABELLE), ["A", "B"], "There is no team impots. Teams: calamites."),
    ],
)
def test_what_is_wrong_is_one_sentence(db, prompted, team, number, names, said):
    prompted(number, *names)

    with pytest.raises(Trouble, match=said):
        verb.add_person(argparse.Namespace(team=team))
    assert not Membership.objects.exists()


def test_list_and_remove(isabelle, capsys):
    place = str(Membership.objects.get().pk)

    main(["team", "list"])
    assert "calamites: calamite-indemnisation" in capsys.readouterr().out
    assert main(["team", "remove", "--place", place]) == 0
    assert Membership.objects.get().until is not None
    assert Entry.objects.filter(act="team.member_removed", on_id=place).exists()
    assert main(["team", "remove", "--place", place]) == 1


def test_loading_twice_changes_nothing(team):
    before = list(Team.objects.order_by("slug").values())

    assert verb.load() == f"Teams: {len(before)} loaded."
    assert list(Team.objects.order_by("slug").values()) == before


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("slug: essai", "Expected `array`"),
        (GOOD.replace("slug: essai", "slug: Mon essai"), "slug"),
        (GOOD.replace("remedy_days: 60", "remedy_days: 0"), "remedy_days"),
        (GOOD.replace("    de:", "    nl:"), "no words in de"),
        (GOOD + GOOD, "twice"),
        ("- [", "teams.yaml"),
    ],
)
def test_a_wrong_file_is_told_with_what_to_do(tmp_path, text, said):
    (tmp_path / "teams.yaml").write_text(text, encoding="utf-8")

    with pytest.raises(Unusable, match=said):
        read_teams(tmp_path / "teams.yaml")


def test_the_right_file_is_read(tmp_path):
    (tmp_path / "teams.yaml").write_text(GOOD, encoding="utf-8")

    assert [team.slug for team in read_teams(tmp_path / "teams.yaml")] == ["essai"]
