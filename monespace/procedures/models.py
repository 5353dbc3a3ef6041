"""What is published: versions of forms, which never change, and the catalogue, made anew at each publishing."""

from functools import lru_cache

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from monespace.engine import Form, load


class ProcedureVersion(models.Model):
    """One published form. A dossier is pinned to it, so the database refuses to change or delete it."""

    id = models.BigAutoField(primary_key=True)
    slug = models.CharField(max_length=80)
    number = models.PositiveIntegerField()
    definition = models.JSONField(encoder=DjangoJSONEncoder, help_text="the `form:` part of the file, as loaded")
    digest = models.CharField(max_length=64)
    published_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["slug", "number"], name="one_version_per_number")]

    def __str__(self) -> str:
        return f"{self.slug} {self.number}"

    @property
    def form(self) -> Form:
        """The form, ready to walk; read once per process, since a version never changes."""
        return _form(self.digest, self.pk)


@lru_cache(maxsize=256)
def _form(digest: str, key: int) -> Form:
    return load(ProcedureVersion.objects.get(pk=key).definition)


class Online(models.TextChoices):
    """Where a request is filed."""

    HERE = "here"
    ELSEWHERE = "elsewhere"
    OFFLINE = "offline"
    UNKNOWN = "unknown"


class Entry(models.Model):
    """One procedure of the public catalogue."""

    slug = models.CharField(max_length=80, primary_key=True)
    listing = models.JSONField(help_text="the public part of the file: monespace.procedures.content.Listing")
    card = models.JSONField(help_text="what a list shows: title, summary, authority, successors")
    group = models.CharField(max_length=20)
    theme = models.CharField(max_length=30)
    audience = ArrayField(models.CharField(max_length=20))
    authority = models.CharField(max_length=30, help_text="a key of content/authorities.yaml")
    level = models.CharField(max_length=10)
    closed = models.BooleanField(default=False)
    online = models.CharField(max_length=10, choices=Online.choices)
    languages = ArrayField(models.CharField(max_length=2))
    order_fr = models.CharField(max_length=300, help_text="the title without accents: lists are ordered by it")
    order_de = models.CharField(max_length=300)
    current_version = models.ForeignKey(ProcedureVersion, null=True, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.slug


class Term(models.Model):
    """One stem by which one entry is found: the weight of the best place where it stands, times the stem's rarity."""

    id = models.BigAutoField(primary_key=True)
    language = models.CharField(max_length=2)
    stem = models.CharField(max_length=100, db_collation="C")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE)
    weight = models.FloatField()
    phrases = models.BigIntegerField(default=0, help_text="the title and the search words where it stands, as bits")

    class Meta:
        indexes = [
            models.Index(fields=["stem", "language"], name="term_by_its_stem", include=["entry", "weight", "phrases"])
        ]


class Word(models.Model):
    """One word of titles and search words, as people write it: what a word with a slip of the finger is compared with."""

    id = models.BigAutoField(primary_key=True)
    language = models.CharField(max_length=2)
    word = models.CharField(max_length=100, help_text="as written, with accents")
    folded = models.CharField(max_length=100, db_collation="C", help_text="lower case, without accents")
    stem = models.CharField(max_length=100)

    class Meta:
        indexes = [GinIndex(fields=["folded"], name="word_by_letters", opclasses=["gin_trgm_ops"])]
        # The word first: led by the language, this index would be taken for the one by letters, and read from end to end.
        constraints = [models.UniqueConstraint(fields=["folded", "language"], name="word_once_a_language")]


class Demand(models.Model):
    """How often requests for a procedure were begun of late: nothing of who began them."""

    slug = models.CharField(max_length=80, primary_key=True)
    begun = models.PositiveIntegerField()

    def __str__(self) -> str:
        return self.slug
