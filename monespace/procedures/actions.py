"""Publishing: the files of content/ become versions and the catalogue."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import msgspec
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from monespace.procedures.indexing import Index, build
from monespace.procedures.models import Demand, Entry, Online, ProcedureVersion, Term, Word
from monespace.procedures.reading import Content, Refused, Source, authority_of, read_content
from monespace.procedures.words import fold

__all__ = ["Published", "Refused", "note_demand", "publish", "publish_content"]

LOCK = 7301956  # any number: two that publish at once wait for each other
ONLINE = {"form": Online.HERE, "website": Online.ELSEWHERE, "paper": Online.OFFLINE, "counter": Online.OFFLINE}
REGCONFIG = {"fr": "french", "de": "german"}


@dataclass(frozen=True)
class Published:
    """Slugs, by what publishing did."""

    new: list[str]
    changed: list[str]
    unchanged: list[str]
    removed: list[str]


def publish(folder: Path) -> Published:
    """Make the catalogue what the folder says; a form that changed becomes a new version. May run again at any time.

    Procedures whose file is gone leave the catalogue; their versions stay for the dossiers that hold them.
    Raises Refused, with every complaint, before anything is written.
    """
    return publish_content(read_content(folder))


def publish_content(content: Content) -> Published:
    """Make the catalogue what this content says."""
    with transaction.atomic():
        _one_at_a_time()
        before = dict(Entry.objects.values_list("slug", "digest"))
        versions = _publish_versions(content.sources)
        entries = [_entry(slug, source, content, versions.get(slug)) for slug, source in content.sources.items()]
        removed = sorted(before.keys() - content.sources.keys())
        _write_entries(entries, removed)
        _write_index(build({slug: source.listing for slug, source in content.sources.items()}, content.synonyms, stems))
    return _told(entries, before, removed)


def note_demand(begun: dict[str, int]) -> None:
    """Keep how many requests were begun for each slug: of two results as good, the one asked more comes first.

    Counts only, of everybody together; whoever counts says of which time. Slugs left out are forgotten.
    """
    with transaction.atomic():
        Demand.objects.all().delete()
        Demand.objects.bulk_create(Demand(slug=slug, begun=count) for slug, count in begun.items())


def stems(language: str, words: Iterable[str]) -> dict[str, str]:
    """The stem of each folded word, as PostgreSQL knows it; stop words are left out."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT word, (tsvector_to_array(to_tsvector(%s::regconfig, word)))[1] FROM unnest(%s::text[]) AS word",
            [REGCONFIG[language], sorted(words)],
        )
        return {word: stem for word, stem in cursor.fetchall() if stem}


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def digest(value) -> str:
    """The same for the same content, whatever the order of its keys."""
    plain = json.dumps(value, sort_keys=True, cls=DjangoJSONEncoder, ensure_ascii=False)
    return hashlib.sha256(plain.encode()).hexdigest()


def _publish_versions(sources: dict[str, Source]) -> dict[str, ProcedureVersion]:
    """The current version of each procedure with a form; a new one where the form changed."""
    forms = {slug: source.form for slug, source in sources.items() if source.form is not None}
    newest = ProcedureVersion.objects.filter(slug__in=forms).values("slug").annotate(last=Max("number"))
    numbers = {row["slug"]: row["last"] for row in newest}
    current = {
        version.slug: version for version in ProcedureVersion.objects.filter(slug__in=forms).order_by("slug", "number")
    }  # the last of each slug wins
    now = timezone.now()
    for slug, form in forms.items():
        if slug not in current or current[slug].digest != digest(form):
            current[slug] = ProcedureVersion.objects.create(
                slug=slug, number=numbers.get(slug, 0) + 1, definition=form, digest=digest(form), published_at=now
            )
    return current


def _entry(slug: str, source: Source, content: Content, version: ProcedureVersion | None) -> Entry:
    listing = source.listing
    plain = msgspec.to_builtins(listing)
    card = _card(source, content)
    return Entry(
        slug=slug, listing=plain, card=card, theme=listing.theme, group=content.themes.themes[listing.theme].group,
        audience=list(listing.audience), authority=authority_of(listing.authority, content.authorities),
        level=listing.level, closed=listing.status == "closed", languages=list(listing.languages),
        online=ONLINE.get(listing.next_step.kind, Online.UNKNOWN), current_version=version,
        order_fr=fold(listing.title["fr"]), order_de=fold(listing.title["de"]),
        digest=digest([plain, card, version.pk if version else None]),
    )  # fmt: skip


def _assurance(source: Source) -> int:
    """The level that sending asks for, as the form says."""
    return int(((source.form or {}).get("assurance") or {}).get("submit", 400))


def _card(source: Source, content: Content) -> dict:
    listing = source.listing
    successors = [{"slug": slug, "title": content.sources[slug].listing.title} for slug in listing.successors]
    return {
        "title": listing.title, "summary": listing.summary, "authority": listing.authority, "successors": successors,
        "assurance": _assurance(source),
    }  # fmt: skip


def _write_entries(entries: list[Entry], removed: list[str]) -> None:
    Term.objects.all().delete()
    Entry.objects.filter(slug__in=removed).delete()
    columns = [field.name for field in Entry._meta.fields if not field.primary_key]
    Entry.objects.bulk_create(entries, update_conflicts=True, unique_fields=["slug"], update_fields=columns)


def _write_index(index: Index) -> None:
    Word.objects.all().delete()
    rows = [(*key, found.weight, found.phrases) for key, found in index.terms.items()]
    words = [(language, word, folded, stem) for (language, folded), (word, stem) in index.words.items()]
    with connection.cursor() as cursor:
        _insert(
            cursor,
            "procedures_term (language, stem, entry_id, weight, phrases)",
            "text, text, text, float8, int8",
            rows,
        )
        _insert(cursor, "procedures_word (language, word, folded, stem)", "text, text, text, text", words)


def _insert(cursor, table: str, kinds: str, rows: list[tuple]) -> None:
    columns = [list(column) for column in zip(*rows, strict=True)]
    arrays = ", ".join(f"%s::{kind}[]" for kind in kinds.split(", "))
    if rows:
        cursor.execute(f"INSERT INTO {table} SELECT * FROM unnest({arrays})", columns)  # noqa: S608 (names are ours)


def _told(entries: list[Entry], before: dict[str, str], removed: list[str]) -> Published:
    new = [entry.slug for entry in entries if entry.slug not in before]
    same = [entry.slug for entry in entries if before.get(entry.slug) == entry.digest]
    changed = [entry.slug for entry in entries if entry.slug in before and before[entry.slug] != entry.digest]
    return Published(new=new, changed=changed, unchanged=same, removed=removed)
