"""The tests' cast is the demonstration's: the same people and enterprises under the same numbers."""

from pathlib import Path

import yaml

from tests import cast

STORY = Path(__file__).resolve().parent.parent / "sandbox" / "cast.yaml"


def digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def test_the_cast_is_the_storys() -> None:
    story = yaml.safe_load(STORY.read_text(encoding="utf-8"))
    people = {(one["given_name"], one["surname"]): digits(one["national_number"]) for one in story["people"]}
    firms = {one["name"]: (digits(one["number"]), one["form"]) for one in story["enterprises"]}
    for one in vars(cast).values():
        if isinstance(one, cast.Somebody):
            assert people[one.given_names, one.family_name] == one.national_number
        if isinstance(one, cast.Firm):
            assert firms[one.name] == (one.number, one.form)
