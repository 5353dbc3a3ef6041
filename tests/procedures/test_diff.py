"""`monespace procedures diff`: what a file changes in what is published, before it is."""

import pytest

from monespace.cli.main import main
from monespace.procedures.actions import publish
from tests.procedures.test_publishing import change, folder  # noqa: F401  (a fixture)

pytestmark = pytest.mark.django_db
SLUG = "aide-invention"


def table(rate: str) -> dict:
    rows = [{"kind": "wood", "rate": rate}]
    return {"parameters": {"rates": {"columns": {"kind": "text", "rate": "number"}, "key": ["kind"], "rows": rows}}}


def told(capsys, *words: str) -> list[str]:
    assert main(["procedures", "diff", *words]) == 0
    return capsys.readouterr().out.splitlines()


def test_a_file_that_changes_nothing_says_so(folder, capsys):  # noqa: F811
    publish(folder)
    file = str(folder / "procedures" / f"{SLUG}.yaml")
    assert told(capsys, file) == [f"{SLUG}: from version 1 to the file", "Nothing changes."]


def test_a_file_is_compared_with_what_is_published_and_a_table_makes_a_version(folder, capsys):  # noqa: F811
    change(folder, SLUG, form=table("40"))
    publish(folder)
    change(folder, SLUG, form={**table("45.50"), "title": {"fr": "Autre titre", "de": "Anderer Titel"}})
    file = str(folder / "procedures" / f"{SLUG}.yaml")
    wanted = [
        "~ form   «Autre titre»", "    title [fr]: Titre du formulaire -> Autre titre",
        "    title [de]: Titel des Formulars -> Anderer Titel", "~ line rates[wood]", "    rate: 40 -> 45.50",
    ]  # fmt: skip

    assert set(told(capsys, file)[1:]) == set(wanted)
    publish(folder)
    assert set(told(capsys, SLUG)) == {f"{SLUG}: from version 1 to version 2", *wanted}
    assert set(told(capsys, SLUG, "1", "2")[1:]) == set(wanted)
    assert set(told(capsys, file, "1")[1:]) == set(wanted)


@pytest.mark.parametrize("words", [[SLUG], [SLUG, "1", "7"], ["inconnue"], ["absent.yaml"]])
def test_what_is_not_there_is_told(folder, capsys, words):  # noqa: F811
    publish(folder)
    assert main(["procedures", "diff", *words]) == 1
    said = capsys.readouterr()
    assert "There is no" in said.out + said.err or "there is no" in said.out + said.err
