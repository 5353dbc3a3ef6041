"""Answers of several parts: address, files, matrix."""

import re
from typing import Any

from monespace.engine import formats
from monespace.engine.kinds.base import Bad, Kind, Look, Posted, clean, last
from monespace.engine.messages import sentence

ADDRESS_PARTS = ("street", "number", "box", "postcode", "town", "country")
ADDRESS_NEEDS = ("street", "number", "postcode", "town")
ACCEPTED = ("pdf", "jpg", "jpeg", "png")
MEGABYTE = 1024 * 1024


class Address(Kind):
    """street, number, box, postcode, town, country; the box may be blank, the country is Belgium unless a known one is given."""

    parts = ADDRESS_PARTS
    one_cell = False

    def blank(self, question: Any) -> Bad:
        return Bad.of({part: Bad(f"missing_{part}") for part in ADDRESS_NEEDS}, self.missing)

    def read(self, question: Any, posted: Posted, look: Look) -> dict[str, str] | None:
        found = {part: last(posted, part) for part in ADDRESS_PARTS}
        if not any(found[part] for part in ADDRESS_PARTS if part != "country"):
            return None
        found["country"] = _country_code(found["country"])
        return self.decode(question, {part: text for part, text in found.items() if text}, look)

    def decode(self, question: Any, canonical: Any, look: Look) -> dict[str, str]:
        if not isinstance(canonical, dict) or not all(isinstance(each, str) for each in canonical.values()):
            raise Bad("unreadable")
        found: dict[str, str] = {}
        wrong: dict[str, Bad] = {}
        for part in ADDRESS_PARTS:
            try:
                if text := clean(canonical.get(part, ""), 100):
                    found[part] = text
            except Bad as bad:
                said = sentence(look.language, bad.code, **bad.parts)
                wrong[part] = Bad("in_part", part=sentence(look.language, f"address_{part}"), sentence=said)
        found.setdefault("country", "BE")
        wrong = {**_faults(found), **wrong}
        if wrong:
            raise Bad.of({part: wrong[part] for part in ADDRESS_PARTS if part in wrong})
        return found

    def show(self, question: Any, canonical: Any, look: Look) -> list[str]:
        found = self.decode(question, canonical, look)
        box = {"fr": "boîte ", "de": "Postfach ", "nl": "bus ", "en": "box "}.get(look.language, "")
        first = f"{found['street']} {found['number']}" + (f", {box}{found['box']}" if "box" in found else "")
        lines = [first, f"{found['postcode']} {found['town']}"]
        away = found["country"] != "BE"
        return [*lines, formats.countries(look.language)[found["country"]]] if away else lines

    def typed(self, question: Any, canonical: Any, look: Look) -> dict[str, list[str]]:
        shown = dict(canonical, country=formats.countries(look.language)[canonical.get("country") or "BE"])
        return {part: [str(shown[part])] for part in ADDRESS_PARTS if shown.get(part)}


def _faults(found: dict[str, str]) -> dict[str, Bad]:
    """What is wrong with each part of an address."""
    wrong = {part: Bad(f"missing_{part}") for part in ADDRESS_NEEDS if part not in found}
    if found["country"] not in formats.countries("en"):
        wrong["country"] = Bad("country")
    if found["country"] == "BE" and not re.fullmatch("[1-9][0-9]{3}", found.get("postcode", "1000")):
        wrong["postcode"] = Bad("postcode")
    if not re.match("[1-9]", found.get("number", "1")):
        wrong["number"] = Bad("house_number")
    return wrong


def _country_code(raw: str) -> str:
    """A country's code, from itself or from a name in one of the languages. Belgium for what is blank or unknown: pages
    carry the country along without showing it, so that nobody could mend it there."""
    wanted = raw.casefold()
    for language in ("fr", "de", "nl", "en"):
        for code, name in formats.countries(language).items():
            if wanted in (code.casefold(), name.casefold()):
                return code
    return "BE"


class Files(Kind):
    """Documents: a list of {"id", "name", "size", "sha256"}. The caller stores the bytes and hands in the list."""

    missing = "missing_file"
    one_cell = False

    def accepted(self, question: Any) -> list[str]:
        return [each.lower().lstrip(".") for each in question.d.accept] or list(ACCEPTED)

    def read(self, question: Any, posted: Posted, look: Look) -> list[dict] | None:
        """What is already there, without those named in `id.remove`. New files come by `read_page(files=…)`."""
        kept = look.state.canonical(question, look.frame)
        removed = {str(each) for each in posted.get("remove", [])}
        return [each for each in self.listed(kept) if each["id"] not in removed] or None

    def listed(self, canonical: Any) -> list[dict]:
        """The sound documents among what is stored."""
        return [each for each in canonical if _is_file(each)] if isinstance(canonical, list) else []

    def decode(self, question: Any, canonical: Any, look: Look) -> list[dict]:
        if not isinstance(canonical, list) or len(self.listed(canonical)) != len(canonical):
            raise Bad("unreadable")
        return canonical

    def limits(self, question: Any, value: list[dict], look: Look) -> None:
        for each in value:
            self._sound(question, each)
        if len(value) > question.d.max_files:
            raise Bad("file_many", most=question.d.max_files, extra=len(value) - question.d.max_files)

    def _sound(self, question: Any, file: dict) -> None:
        accepted = self.accepted(question)
        if file["name"].rpartition(".")[2].lower() not in accepted:
            raise Bad("file_type", name=file["name"], accepted=", ".join(accepted))
        if file["size"] > question.d.max_megabytes * MEGABYTE:
            raise Bad("file_size", name=file["name"], most=question.d.max_megabytes)
        if file["size"] == 0:
            raise Bad("file_empty", name=file["name"])

    def show(self, question: Any, canonical: Any, look: Look) -> list[str]:
        return [f"{each['name']} ({formats.file_size(each['size'], look.language)})" for each in self.listed(canonical)]

    def typed(self, question: Any, canonical: Any, look: Look) -> dict[str, list[str]]:
        return {"": [each["id"] for each in self.listed(canonical)]}


def _is_file(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and all(isinstance(value.get(part), str) and 0 < len(value[part]) <= 300 for part in ("id", "name", "sha256"))
        and isinstance(value.get("size"), int)
        and not isinstance(value["size"], bool)
        and value["size"] >= 0
    )


class Matrix(Kind):
    """Fixed rows by columns; stored as {row: {column: answer}}. Its cells are read one by one, as questions."""

    one_cell = False

    def decode(self, question: Any, canonical: Any, look: Look) -> dict:
        if not isinstance(canonical, dict):
            raise Bad("unreadable")
        return canonical
