"""People and their sign-ins."""

import uuid
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.db.models.functions import Now

from monespace.identity.assurance import SUBSTANTIAL


class Method(models.TextChoices):
    """How a person proved who they are."""

    EID = "eid"
    ITSME = "itsme"
    SMS = "sms"
    OTHER = "other"


class Person(AbstractBaseUser):
    """A person as the identity provider knows them. No password: identity is proven elsewhere."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # Names as received; either may be missing (people with one name: Belgian eID card specification).
    given_names = models.CharField(max_length=100, blank=True)
    family_name = models.CharField(max_length=100, blank=True)
    national_number_sealed = models.CharField(max_length=200)
    national_number_hash = models.CharField(max_length=64, unique=True)
    language = models.CharField(max_length=2, default="fr")
    email = models.EmailField(blank=True, help_text="only an address that was confirmed by its code")
    phone = models.CharField(max_length=20, blank=True, help_text="E.164")
    welcomed_at = models.DateTimeField(null=True, help_text="when language, e-mail and phone were first offered")
    created_at = models.DateTimeField(auto_now_add=True)

    password = None  # type: ignore[assignment]  # identity is proven elsewhere
    last_login = None
    USERNAME_FIELD = "id"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return str(self.pk)  # never a name: it would end in logs

    @property
    def full_name(self) -> str:
        """Given names and family name, whichever exist."""
        return f"{self.given_names} {self.family_name}".strip()

    @property
    def short_name(self) -> str:
        """First given name and family name: what the header shows."""
        return f"{self.given_names.split(' ')[0]} {self.family_name}".strip()


class SignIn(models.Model):
    """One proven identity: the session points here, so that assurance is checked per act (law 9)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE)
    method = models.CharField(max_length=10, choices=Method.choices)
    level = models.PositiveSmallIntegerField(help_text="FAS level: 400 SMS, 450 itsme, 500 eID")
    at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)
    provider = models.CharField(max_length=10, default="fas", help_text="who proved it: fas, itsme, webeid, sms")
    known_as = models.ForeignKey("KnownAs", null=True, on_delete=models.SET_NULL)
    sid = models.CharField(max_length=100, blank=True, help_text="the session at the provider, which may end it")

    @property
    def is_substantial(self) -> bool:
        """Whether it is enough to read and to file (assurance.py)."""
        return self.level >= SUBSTANTIAL

    class Meta:
        indexes = [
            models.Index(fields=["known_as", "sid"], condition=models.Q(ended_at=None), name="running_at_provider"),
            models.Index(fields=["person", "-at"], name="sign_ins_of_person"),
        ]


class KnownAs(models.Model):
    """The name under which a provider knows a person. One person may have several: an itsme account made anew has another."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE)
    issuer = models.CharField(max_length=200)
    subject = models.CharField(max_length=255)
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["issuer", "subject"], name="one_person_per_subject")]


class FormerNumber(models.Model):
    """A number that a person no longer has (a BIS number that became a national number): whoever comes with it is still them."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE)
    number_hash = models.CharField(max_length=64, unique=True)
    until = models.DateTimeField(auto_now_add=True)


class Pending(models.Model):
    """What waits for an answer from outside; identity.pending alone writes and reads it."""

    digest = models.CharField(max_length=64, primary_key=True)
    kind = models.CharField(max_length=10)
    browser = models.CharField(max_length=64)
    sealed = models.TextField()
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        indexes = [models.Index(fields=["browser", "kind"], name="pending_of_browser")]


class EmailCode(models.Model):
    """A code sent to an address that waits to be confirmed. The code itself is not kept."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True)
    address = models.EmailField()
    digest = models.CharField(max_length=64)
    tries = models.PositiveSmallIntegerField(default=0)
    expires_at = models.DateTimeField()


class RateCount(models.Model):
    """How often something was tried in a window: counted in the database, so that every node counts the same."""

    key = models.CharField(max_length=64)
    window = models.BigIntegerField()
    count = models.PositiveIntegerField(default=0)
    counted_at = models.DateTimeField(db_default=Now(), db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "window"], name="one_count_per_window")]


class ClientKey(models.Model):
    """A key of ours that identity providers read at our address: it signs who we are, or they encrypt to it."""

    kid = models.CharField(max_length=40, primary_key=True)
    use = models.CharField(max_length=3, choices=[("sig", "signature"), ("enc", "encryption")])
    sealed = models.TextField(help_text="the private key (JWK), sealed by the vault")
    made_at = models.DateTimeField(auto_now_add=True)
    signs_from = models.DateTimeField(help_text="published before: providers keep our key set for up to a day")
    ends_at = models.DateTimeField(null=True)


class SpentToken(models.Model):
    """A logout token that was obeyed: it is not obeyed twice."""

    digest = models.CharField(max_length=64, primary_key=True)
    ends_at = models.DateTimeField(db_index=True)
