"""Teams of agents, who sits in them, who said that he cannot handle what, who looked at what."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from monespace.desk.policy import Reason
from monespace.dossiers.models import Dossier
from monespace.identity.models import Person


class Team(models.Model):
    """A team as content/teams.yaml tells it."""

    slug = models.SlugField(max_length=40, primary_key=True)
    words = models.JSONField(help_text="per language: name, authority, address (lines), remedy_authority, remedies")
    phone = models.CharField(max_length=30, blank=True)
    mail = models.EmailField(blank=True)
    procedures = ArrayField(models.SlugField(max_length=80), default=list)
    usual_days = models.PositiveSmallIntegerField(null=True, help_text="of a decision; null: unknown")
    remedy_days = models.PositiveSmallIntegerField()

    def __str__(self) -> str:
        return self.slug

    def in_language(self, language: str) -> dict:
        """The team as a letter carries it: id, name, authority, address, remedy_authority, phone, mail."""
        said = {key: text for key, text in self._words(language).items() if key != "remedies"}
        return {"id": self.slug, "phone": self.phone, "mail": self.mail, **said}

    def remedies(self, language: str) -> str:
        """How a decision is contested."""
        return self._words(language)["remedies"]

    def _words(self, language: str) -> dict:
        """Its words; French ones when nobody wrote them in this language."""
        return self.words.get(language) or self.words["fr"]


class Membership(models.Model):
    """A place in a team, from a moment until another; closed, never deleted. The person may never have signed in."""

    id = models.BigAutoField(primary_key=True)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="memberships")
    person_hash = models.CharField(max_length=64, help_text="keyed hash of the national number")
    given_names = models.CharField(max_length=100)
    family_name = models.CharField(max_length=100)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["team", "person_hash"], condition=Q(until=None), name="one_open_place_in_a_team"
            )
        ]
        indexes = [models.Index(fields=["person_hash"], name="memberships_of_person")]

    @property
    def full_name(self) -> str:
        return f"{self.given_names} {self.family_name}".strip()


class Conflict(models.Model):
    """An agent's word that he cannot handle a dossier. It stays."""

    id = models.BigAutoField(primary_key=True)
    person_hash = models.CharField(max_length=64)
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="conflicts")
    reason = models.CharField(max_length=10, choices=[(reason, reason) for reason in Reason])
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person_hash", "dossier"], name="one_conflict_per_agent")]


class Look(models.Model):
    """When an agent last saw a dossier: what he has not seen since it changed is shown in bold."""

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="looks")
    seen_at = models.DateTimeField()
    journaled_at = models.DateTimeField(help_text="of the last entry in the journal")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "dossier"], name="one_look_per_agent")]
