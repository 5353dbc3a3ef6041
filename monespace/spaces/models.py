"""Who may act for whom: titles, invitations, intentions."""

import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models

from monespace.identity.models import Person
from monespace.registry.models import Enterprise
from monespace.spaces.policy import EVERYTHING


class TitleKind(models.TextChoices):
    """What a title makes of its holder."""

    GAP = "gap"
    CO_GAP = "co_gap"
    ROLE = "role"


class Title(models.Model):
    """A person acts for an enterprise, for a span. Opened and closed, never edited; overlaps are excluded by the database."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="titles")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="titles")
    kind = models.CharField(max_length=10, choices=TitleKind.choices)
    role = models.CharField(max_length=10, blank=True, help_text="a key of policy.ROLES when the kind is role")
    scope = models.CharField(
        max_length=80, default=EVERYTHING
    )  # never NULL: with NULLs the exclusion lets doubles through
    span = DateTimeRangeField()
    origin = models.CharField(max_length=10, default="built_in", help_text="built_in | csam | paper")
    given_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    given_as = models.CharField(max_length=20, help_text="the seat by which it was given: representative, gap, co_gap")
    level = models.PositiveSmallIntegerField(help_text="assurance of the holder when accepting")
    closed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    closed_because = models.CharField(max_length=30, blank=True)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_title_at_a_time",
                expressions=[
                    ("enterprise", RangeOperators.EQUAL),
                    ("person", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    ("scope", RangeOperators.EQUAL),
                    ("span", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(name="role_titles_name_a_role", condition=models.Q(kind="role") ^ models.Q(role="")),
        ]
        indexes = [models.Index(fields=["person", "enterprise"], name="titles_of_person")]


class Invitation(models.Model):
    """An offer of a title to one person, once. A designation of a GAP is one too: always pinned, signed by representatives."""

    class State(models.TextChoices):
        """What became of the offer."""

        TO_SIGN = "to_sign"  # a designation that waits for the second of two joint representatives
        SENT = "sent"
        TO_CONFIRM = "to_confirm"  # accepted by somebody the inviter has not named by number: he looks, then confirms
        ACCEPTED = "accepted"
        REFUSED = "refused"
        CANCELLED = "cancelled"
        VOID = "void"  # the inviter's own title ended first

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="invitations")
    kind = models.CharField(max_length=10, choices=TitleKind.choices)
    role = models.CharField(max_length=10, blank=True)
    scope = models.CharField(max_length=80, default=EVERYTHING)
    ends_on = models.DateField(null=True, help_text="last day of the title offered")
    given_names = models.CharField(max_length=100)
    family_name = models.CharField(max_length=100)
    email = models.EmailField(blank=True)
    pinned_hash = models.CharField(
        max_length=64, blank=True, help_text="keyed hash of the national number it is meant for"
    )
    message = models.CharField(max_length=500, blank=True)
    invited_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    given_as = models.CharField(max_length=20)
    by_title = models.ForeignKey(
        Title, on_delete=models.PROTECT, null=True, related_name="+", help_text="null: a representative"
    )
    state = models.CharField(max_length=12, choices=State.choices, default=State.SENT)
    procedure = models.SlugField(max_length=80, blank=True, help_text="the form that the invited person came for")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    answered_level = models.PositiveSmallIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["enterprise", "state", "-created_at"], name="invitations_of_enterprise"),
            models.Index(fields=["pinned_hash"], name="invitations_of_person"),
        ]

    @property
    def full_name(self) -> str:
        """The invited person, as the inviter wrote it."""
        return f"{self.given_names} {self.family_name}".strip()


class Signature(models.Model):
    """A representative's signature under a designation."""

    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="signatures")
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    function = models.CharField(max_length=30)
    level = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["invitation", "person"], name="signs_once")]


class Intention(models.Model):
    """The form a person wants to begin, kept until it begins: days later and on another device too."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True)
    procedure = models.SlugField(max_length=80)
    since = models.DateTimeField(auto_now=True)
