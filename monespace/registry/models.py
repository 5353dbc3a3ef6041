"""Enterprises as the BCE knows them: a mirror, filled by `monespace registry load` and never edited here."""

import uuid

from django.db import models


class Kind(models.TextChoices):
    """The five kinds of holder of an enterprise number that procedures tell apart."""

    COMPANY = "company"
    SELF_EMPLOYED = "self_employed"
    COMMUNE = "commune"
    CPAS = "cpas"
    ASBL = "asbl"


class Enterprise(models.Model):
    """One entity. It may change its number (KBO technical manual 5.3), so the internal id is what others point to."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=10, unique=True, help_text="the current number, ten digits")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    name = models.CharField(max_length=320)
    name_de = models.CharField(max_length=320, blank=True)
    form = models.CharField(max_length=3, blank=True, help_text="JuridicalForm; empty for natural persons")
    situation = models.CharField(max_length=3, default="000", help_text="JuridicalSituation; 000 is normal")
    street = models.CharField(max_length=100, blank=True)
    house_number = models.CharField(max_length=22, blank=True)
    box = models.CharField(max_length=20, blank=True)
    postcode = models.CharField(max_length=15, blank=True)
    town = models.CharField(max_length=100, blank=True)
    started_on = models.DateField(null=True)
    seen_on = models.DateField(help_text="date of the register's snapshot")
    gone_on = models.DateField(null=True, help_text="first snapshot that no longer held it: stopped")

    class Meta:
        indexes = [models.Index(fields=["name"], name="enterprise_name")]

    def __str__(self) -> str:
        return self.number


class FormerNumber(models.Model):
    """A number that an enterprise held before: an old address redirects to the current one."""

    number = models.CharField(max_length=10, primary_key=True)
    enterprise = models.ForeignKey(Enterprise, on_delete=models.CASCADE)
    until = models.DateField()


class LegalFunction(models.Model):
    """A function that a person holds in an enterprise, as the register of functions states it."""

    id = models.BigAutoField(primary_key=True)
    enterprise = models.ForeignKey(Enterprise, on_delete=models.CASCADE, related_name="functions")
    code = models.CharField(max_length=20)
    person_hash = models.CharField(max_length=64, help_text="keyed hash of the national number")
    given_names = models.CharField(max_length=100, blank=True)
    family_name = models.CharField(max_length=100, blank=True)
    joint = models.BooleanField(default=False, help_text="represents only together with another holder")
    since = models.DateField()
    until = models.DateField(null=True)
    seen_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["person_hash"], name="functions_of_person")]

    @property
    def full_name(self) -> str:
        """Names as the register writes them."""
        return f"{self.given_names} {self.family_name}".strip()
