"""National numbers at rest: sealed, found by a keyed hash, masked for people."""

import json
import stat

import pytest

from monespace import vault
from monespace.vault import KeysMissing
from tests.cast import CLAIRE

NUMBER = CLAIRE.national_number


def test_what_is_sealed_opens_and_looks_different_each_time() -> None:
    first, second = vault.seal(NUMBER), vault.seal(NUMBER)
    assert first != second
    assert NUMBER not in first
    assert vault.open_sealed(first) == vault.open_sealed(second) == NUMBER


@pytest.mark.parametrize(
    "bend", [lambda t: t[:-4] + "AAA=", lambda t: t.replace("v1.", "v1.00", 1), lambda t: "", lambda t: "a.b.c"]
)
def test_an_altered_value_does_not_open(bend) -> None:
    with pytest.raises(ValueError, match="cannot be opened"):
        vault.open_sealed(bend(vault.seal(NUMBER)))


def test_the_hash_is_the_same_however_the_number_is_written_and_needs_the_key(settings, tmp_path) -> None:
    before = vault.lookup_hash("85.03.14-998.97")
    assert before == vault.lookup_hash(NUMBER)
    vault.new_keys(tmp_path / "keys", made_by="operator")
    settings.KEYS_FILE = str(tmp_path / "keys")
    assert vault.lookup_hash(NUMBER) != before


def test_after_a_new_sealing_key_the_old_values_still_open(settings, tmp_path) -> None:
    path = tmp_path / "keys"
    vault.new_keys(path, made_by="operator")
    settings.KEYS_FILE = str(path)
    old = vault.seal(NUMBER)
    content, other = json.loads(path.read_text()), tmp_path / "other"
    vault.new_keys(other, made_by="operator")
    newer = json.loads(other.read_text())
    merged = tmp_path / "merged"
    merged.write_text(
        json.dumps({**content, "current": newer["current"], "sealing": {**content["sealing"], **newer["sealing"]}})
    )
    settings.KEYS_FILE = str(merged)
    assert vault.open_sealed(old) == NUMBER
    assert vault.seal(NUMBER).split(".")[1] == newer["current"]


def test_a_key_file_is_private_and_never_overwritten(tmp_path) -> None:
    path = tmp_path / "keys"
    vault.new_keys(path, made_by="operator")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(FileExistsError):
        vault.new_keys(path, made_by="operator")


@pytest.mark.parametrize("content", [None, "", "not json", "{}", '{"current": "a", "sealing": {}}'])
def test_without_usable_keys_nothing_is_read_or_written_and_it_says_what_to_do(settings, tmp_path, content) -> None:
    path = tmp_path / "keys"
    if content is not None:
        path.write_text(content)
    settings.KEYS_FILE = str(path)
    with pytest.raises(KeysMissing, match="keys new"):
        vault.seal(NUMBER)


def test_people_see_the_birth_date_and_nothing_more() -> None:
    assert vault.masked(NUMBER) == vault.masked("85.03.14-998.97") == "85.03.14-***.**"
