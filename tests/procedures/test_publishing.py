"""Publishing: what the files say becomes versions, which never change, and the catalogue."""

from pathlib import Path
from shutil import copytree

import pytest
import yaml
from django.db import DatabaseError, transaction

from monespace.procedures.actions import Refused, publish
from monespace.procedures.authoring import new
from monespace.procedures.models import Entry, ProcedureVersion
from monespace.procedures.queries import current_version
from monespace.procedures.reading import check_in_place
from tests.procedures.conftest import CONTENT

pytestmark = pytest.mark.django_db
NAMES = ("themes.yaml", "authorities.yaml", "synonyms.yaml")


@pytest.fixture
def folder(tmp_path) -> Path:
    """A small content folder: one procedure with a form."""
    (tmp_path / "procedures").mkdir()
    for name in NAMES:
        (tmp_path / name).write_bytes((CONTENT / name).read_bytes())
    new("aide-invention", tmp_path / "procedures")
    return tmp_path


def change(folder: Path, slug: str, **parts) -> None:
    path = folder / "procedures" / f"{slug}.yaml"
    source = yaml.safe_load(path.read_text(encoding="utf-8"))
    for key, value in parts.items():
        source[key] = {**source[key], **value} if isinstance(value, dict) else value
    path.write_text(yaml.safe_dump(source, allow_unicode=True), encoding="utf-8")


def test_a_form_becomes_version_one_and_publishing_again_changes_nothing(folder):
    assert publish(folder).new == ["aide-invention"]
    assert publish(folder).unchanged == ["aide-invention"]
    assert current_version("aide-invention").number == 1


def test_only_a_changed_form_makes_a_new_version(folder):
    publish(folder)
    change(folder, "aide-invention", summary={"fr": "Autrement dit", "de": "Anders gesagt"})
    assert publish(folder).changed == ["aide-invention"]
    assert current_version("aide-invention").number == 1
    change(folder, "aide-invention", form={"title": {"fr": "Autre titre", "de": "Anderer Titel"}})
    publish(folder)
    assert current_version("aide-invention").number == 2


def test_a_procedure_whose_file_is_gone_leaves_the_catalogue_not_its_versions(folder):
    publish(folder)
    (folder / "procedures" / "aide-invention.yaml").unlink()
    assert publish(folder).removed == ["aide-invention"]
    assert not Entry.objects.filter(slug="aide-invention").exists()
    assert ProcedureVersion.objects.filter(slug="aide-invention").exists()


def test_the_database_refuses_to_change_a_version(folder):
    publish(folder)
    versions = ProcedureVersion.objects.filter(slug="aide-invention")
    for write in (lambda: versions.update(number=7), lambda: versions._raw_delete("default")):
        with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
            write()


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"theme": "magic"}, "magic"), ({"authority": "Ministère des songes"}, "songes"), ({"related": ["rien"]}, "rien"),
        ({"summary": "un texte"}, "summary"), ({"colour": "red"}, "colour"),
    ],
)  # fmt: skip
def test_mistakes_are_told_with_their_file_and_nothing_is_published(folder, parts, said):
    change(folder, "aide-invention", **parts)
    with pytest.raises(Refused) as refused:
        publish(folder)
    assert any("aide-invention.yaml" in line and said in line for line in refused.value.complaints)
    assert not Entry.objects.filter(slug="aide-invention").exists()


@pytest.mark.parametrize(("received", "missing"), [("autre-demande", True), ("aide-invention", False)])
def test_a_form_that_no_team_receives_is_not_published(folder, received, missing):
    (folder / "teams.yaml").write_text(f"- {{slug: equipe, procedures: [{received}]}}\n", encoding="utf-8")
    told = check_in_place(folder / "procedures" / "aide-invention.yaml")
    assert bool(told) == missing
    if missing:
        assert "add aide-invention to `procedures:` of a team in teams.yaml" in told[0]
        with pytest.raises(Refused, match="no team receives"):
            publish(folder)


def test_a_file_that_is_no_yaml_is_told_with_its_line(folder):
    (folder / "procedures" / "casse.yaml").write_text("title: [\n", encoding="utf-8")
    with pytest.raises(Refused, match=r"casse\.yaml:\d"):
        publish(folder)


def test_the_whole_content_can_be_published_twice(folder, tmp_path_factory):
    whole = tmp_path_factory.mktemp("whole") / "content"
    copytree(CONTENT, whole)
    publish(whole)
    again = publish(whole)
    assert (again.new, again.changed, again.removed) == ([], [], [])
