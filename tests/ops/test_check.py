"""What is not fit for people is not served, and `monespace check` says all that is left to do."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.utils import timezone

from monespace.cli import bodies, check, team
from monespace.cli.main import main
from monespace.cli.trouble import Trouble
from monespace.paper.seal_file import new_seal
from monespace.procedures.models import ProcedureVersion
from monespace.vault.keys import new_keys
from tests.ops.harness import ROOT

NOWHERE = "postgresql://nobody:x@127.0.0.1:9/none"
NO_FOLDER = str(
    ROOT / "nowhere"
)  # what a demonstration of this clone keeps must not answer in the place of the database


def verb(*words: str, typed: str = "", **environment: str) -> subprocess.CompletedProcess:
    """A verb in an environment of its own, with a database that does not answer."""
    base = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "DATABASE_URL": NOWHERE, "DOCUMENTS_DIR": NO_FOLDER}
    return subprocess.run(
        [sys.executable, "-m", "monespace.cli.main", *words], cwd=ROOT, env=base | environment, input=typed,
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


@pytest.mark.parametrize("name", ["serve", "worker"])
def test_nothing_is_served_with_the_public_secrets(name: str) -> None:
    refused = verb(name)

    assert refused.returncode == 1
    lines = refused.stderr.splitlines()
    assert [line.removeprefix("monespace: ").split()[0] for line in lines] == [
        "SECRET_KEY", "OIDC_CLIENT_SECRET", "KEYS_FILE", "SEAL_FILE", "Nothing",
    ]  # fmt: skip


def test_a_trial_with_secrets_of_its_own_is_served(settings, tmp_path: Path) -> None:
    new_keys(tmp_path / "keys", made_by="operator")
    new_seal(tmp_path / "seal", name="Essai")
    settings.SECRET_KEY, settings.MODE = "x" * 50, "production"
    settings.PROVIDERS = {"fas": {**settings.PROVIDERS["fas"], "client_secret": "y" * 30}}
    settings.KEYS_FILE, settings.SEAL_FILE = str(tmp_path / "keys"), str(tmp_path / "seal")
    check.refuse_unsafe()
    settings.SEAL_FILE = str(tmp_path / "keys")
    with pytest.raises(Trouble, match=r"^SEAL_FILE cannot be read"):
        check.refuse_unsafe()


def test_a_secret_file_that_is_not_there_is_named() -> None:
    refused = verb("serve", SECRET_KEY_FILE="missing/secret-key")
    assert refused.stderr.startswith("monespace: SECRET_KEY_FILE names missing/secret-key, which cannot be read")
    assert len(refused.stderr.splitlines()) == 1


def test_check_without_a_database_says_it_in_one_line() -> None:
    told = verb("check")

    assert told.returncode == 1
    assert told.stderr == ""
    assert told.stdout.count("database") == 1
    assert not any(line.startswith("{") for line in told.stdout.splitlines())
    for name in ("SECRET_KEY", "KEYS_FILE", "SEAL_FILE", "EMAIL_FROM", "HELPDESK_PHONE", "CONTENT_DIR"):
        assert name in told.stdout


@pytest.mark.parametrize("words", [("team", "add", "--team", "calamites"), ("team", "list"), ("guides",)])
def test_a_verb_without_a_database_says_one_sentence(words: tuple[str, ...]) -> None:
    refused = verb(*words)
    assert refused.returncode == 1
    assert refused.stderr.startswith("monespace: The database does not answer: check DATABASE_URL")
    assert len(refused.stderr.splitlines()) == 1


def test_an_answer_that_never_comes_is_one_sentence(monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    def ended(*_: object) -> None:
        raise EOFError

    monkeypatch.setattr(team, "list_people", ended)
    assert main(["team", "list"]) == 1
    assert capsys.readouterr().err == (
        "monespace: Nothing was typed: run this in a terminal, or give one answer a line.\n"
    )


def test_the_largest_request_is_the_sum_of_the_files_of_one_page(db) -> None:
    def files(name: str, count: int, size: int) -> dict:
        return {"id": name, "kind": "file", "max_files": count, "max_megabytes": size}

    rows = {
        "item": {"fr": "Bien"},
        "pages": [{"id": "proofs", "questions": [files("photos", 10, 10), files("estimate", 5, 10)]}],
    }
    pages = [{"id": "letter", "questions": [files("letter", 1, 100)]}, {"id": "goods", "group": rows}]
    form = {"languages": ["fr"], "title": {"fr": "Essai"}, "audience": ["citizen"]}
    form |= {"sections": [{"id": "all", "title": {"fr": "Tout"}, "pages": pages}]}
    assert bodies.largest() == (0, "")
    ProcedureVersion.objects.create(slug="essai", number=1, definition=form, digest="x", published_at=timezone.now())

    assert bodies.largest() == (150 + bodies.MARGIN, "essai, page proofs")
    assert any(f"client_max_body_size {150 + bodies.MARGIN}m" in line for line in check.remarks())


def test_the_helpdesk_and_content_of_wallonia_are_worth_a_look(db, settings, tmp_path: Path) -> None:
    assert [line.split()[0] for line in check.remarks()] == ["HELPDESK_PHONE", "CONTENT_DIR"]
    settings.HELPDESK_PHONE, settings.HELPDESK_MAIL = "081 00 00 00", "aide@administration.example"
    settings.CONTENT_DIR = tmp_path
    assert list(check.remarks()) == []


def test_the_environment_that_the_guide_shows_holds_only_variables_that_it_explains() -> None:
    guide = (ROOT / "docs" / "deploy.md").read_text(encoding="utf-8")
    explained = set(re.findall(r"`([A-Z][A-Z0-9_]+)`", guide.split("## Every variable")[1]))
    shown = {
        name.removesuffix("_FILE") if name not in explained else name
        for name in re.findall(r"^([A-Z_]+)=", guide, re.M)
    }
    assert len(shown) > 15
    assert shown <= explained
