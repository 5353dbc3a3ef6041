"""Invented numbers and references, and the columns that are filled: for bench.growth."""

import datetime as dt

LETTERS = "23456789BCDFGHJKMNPQRSTVWXYZ"

COLUMNS = {
    "identity_person": "id, given_names, family_name, national_number_sealed, national_number_hash, language, email, phone, "
    "welcomed_at, created_at",
    "registry_enterprise": "id, number, kind, name, name_de, form, situation, street, house_number, box, postcode, town, started_on, "
    "seen_on",
    "spaces_title": "id, enterprise_id, person_id, kind, role, scope, span, origin, given_as, level, closed_because",
    "dossiers_dossier": "id, ref, procedure, version_id, title, holder_person_id, holder_enterprise_id, language, state, start_key, "
    "created_by_id, created_at, changed_by_id, changed_at, expires_at, number, submitted_at, submitted_by_id, submitted_role, "
    "submitted_method, submitted_level, due_on, outcome, closed_at, in_charge_id, shared",
    "dossiers_content": "dossier_id, answers, revision, traces, frozen, digest",
    "dossiers_participant": "id, dossier_id, place, name, national_number_hash, may_fill, asked_by_id, asked_at, answer, "
    "answered_at, digest, reason, method, ended_at",
    "dossiers_event": "dossier_id, code, at, detail, by_id",
    "dossiers_paper": "id, dossier_id, kind, path, sha256, asked_at, made_at",
    "dossiers_decision": "dossier_id, outcome, amount, facts, law, remedies, remedy_days, team, decided_by_id, signatory, decided_at",
    "notices_notice": "person, text, language, path, created_at, read_at",
    "notices_mail": "id, \"to\", subject, text, language, attachments, created_at, sent_at",
    "journal_entry": "at, chain, position, act, person, space, on_kind, on_id, role, method, level, detail, previous, digest",
}  # fmt: skip


def national_number(place: int) -> str:
    """Invented, its check digits right: 400 people born each day from 1930 on."""
    born = dt.date(1930, 1, 1) + dt.timedelta(days=place // 400)
    start = f"{born:%y%m%d}{place % 400 + 1:03}"
    return f"{start}{97 - int(start) % 97:02}"


def enterprise_number(place: int) -> str:
    """Invented, its check digits right."""
    start = 9_000_000 + place
    return f"{start:08}{97 - start % 97:02}"


def ref_of(place: int) -> str:
    """Eight letters, another for each place."""
    left, letters = (place * 123_456_789_011 + 77) % len(LETTERS) ** 8, []
    for _ in range(8):
        left, letter = divmod(left, len(LETTERS))
        letters.append(LETTERS[letter])
    return "".join(letters)
