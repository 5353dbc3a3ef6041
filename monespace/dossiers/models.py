"""Dossiers and what belongs to them. Lists read the dossier's row, never its content."""

import secrets
import uuid
from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q

from monespace.dossiers.lifecycle import IN_PROGRESS, UNSENT, Outcome, State
from monespace.dossiers.words import file_refused
from monespace.identity.models import Method, Person
from monespace.journal.actions import key_of_space
from monespace.procedures.models import ProcedureVersion
from monespace.registry.models import Enterprise
from monespace.spaces.space import Space

LETTERS = "23456789BCDFGHJKMNPQRSTVWXYZ"  # no vowels, no look-alikes: no words, nothing misread on the phone


AS_AGENTS_READ = (F("due_on").asc(nulls_first=True), "submitted_at", "id")  # undated first, then the nearest date


def new_ref() -> str:
    """A reference of eight letters: the dossier's place in addresses, from the first draft to the archive."""
    return "".join(secrets.choice(LETTERS) for _ in range(8))


class DossierQuerySet(models.QuerySet["Dossier"]):
    """Fetching is the access check (law 3)."""

    def held_in(self, space: Space) -> "DossierQuerySet":
        """Every dossier of a space, whatever this person may read of it: ask the policy before showing anything."""
        if space.is_personal:
            return self.filter(holder_person=space.person, holder_enterprise=None)
        return self.filter(holder_enterprise=space.enterprise)

    def of(self, space: Space) -> "DossierQuerySet":
        """The dossiers that the person of this space may read in it: the list's twin of the policy's `read`."""
        held, scopes = self.held_in(space), space.readable_scopes()
        if scopes is None:
            return held
        slugs = [scope.removeprefix("procedure:") for scope in scopes if scope.startswith("procedure:")]
        ids = [scope.removeprefix("dossier:") for scope in scopes if scope.startswith("dossier:")]
        return held.filter(Q(procedure__in=slugs) | Q(pk__in=ids))


class Dossier(models.Model):
    """One request, from draft to decision. It belongs to a space, not to a user (law 2)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    ref = models.CharField(max_length=8, unique=True, default=new_ref)
    procedure = models.SlugField(max_length=80)
    version = models.ForeignKey(ProcedureVersion, on_delete=models.PROTECT)
    kept_from = models.PositiveIntegerField(
        null=True, help_text="number of a newer version that the person chose not to move to"
    )
    title = models.JSONField(help_text="the procedure's title by language, as it was")
    holder_person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="dossiers")
    holder_enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, null=True, related_name="dossiers")
    language = models.CharField(max_length=2, help_text="of everything sent about it, whatever language a reader uses")
    state = models.CharField(max_length=15, choices=[(state, state) for state in State], default=State.DRAFT)
    start_key = models.UUIDField(unique=True, help_text="of the start page: a double click starts one draft")
    created_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    changed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()
    in_charge = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="who is to finish a draft of an enterprise",
    )
    shared = models.BooleanField(default=False, help_text="a draft in which people take part who are not its holder")
    expires_at = models.DateTimeField(help_text="when a draft that nobody continues is emptied")
    last_day = models.DateField(null=True, help_text="to send it, as far as the answers of a draft tell")
    number = models.CharField(max_length=30, unique=True, null=True, help_text="given once, on submission")
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    submitted_role = models.CharField(max_length=20, blank=True)
    submitted_method = models.CharField(max_length=10, choices=Method.choices, blank=True)
    submitted_level = models.PositiveSmallIntegerField(null=True)
    due_on = models.DateField(null=True, help_text="by when the administration means to decide")
    outcome = models.CharField(max_length=20, choices=[(outcome, outcome) for outcome in Outcome], blank=True)
    closed_at = models.DateTimeField(null=True)

    objects = DossierQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="one_holder", condition=Q(holder_person=None) ^ Q(holder_enterprise=None)),
            models.CheckConstraint(
                name="sent_means_numbered",
                condition=Q(state__in=["draft", "validated", "expired"]) ^ Q(number__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["holder_person", "state", "-changed_at", "id"], name="dossiers_of_person"),
            models.Index(fields=["holder_enterprise", "state", "-changed_at", "id"], name="dossiers_of_enterprise"),
            models.Index("procedure", "state", *AS_AGENTS_READ, name="dossiers_of_procedure"),
            models.Index(*AS_AGENTS_READ, condition=Q(state__in=IN_PROGRESS), name="dossiers_in_progress"),
            models.Index(fields=["expires_at"], condition=Q(state__in=["draft", "validated"]), name="drafts_to_expire"),
        ]

    def __str__(self) -> str:
        return self.ref

    @property
    def journal_key(self) -> str:
        """The chain of the journal in which acts on this dossier stand: its holder's."""
        return key_of_space(enterprise=self.holder_enterprise_id, person=self.holder_person_id)

    @property
    def holder_name(self) -> str:
        """Who asks: the enterprise, or the person."""
        if self.holder_enterprise:
            return self.holder_enterprise.name
        return self.holder_person.full_name if self.holder_person else ""

    @property
    def keeper(self) -> Person:
        """Who is to finish a draft: the colleague in charge, else who began it."""
        return self.in_charge or self.created_by

    @property
    def is_draft(self) -> bool:
        """Whether it is not sent yet, its answers validated or not."""
        return self.state in UNSENT

    @property
    def is_validated(self) -> bool:
        """Whether its answers stand still until it is sent, or reopened."""
        return self.state == State.VALIDATED

    def has_expired(self, at: datetime) -> bool:
        """Whether it was a draft that nobody continued in time; its answers go in the night that follows."""
        return self.state == State.EXPIRED or (self.is_draft and self.expires_at <= at)


class Content(models.Model):
    """The answers, and once sent the frozen copy: with its labels, readable in ten years without this code (law 5)."""

    dossier = models.OneToOneField(Dossier, on_delete=models.CASCADE, primary_key=True)
    answers = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0, help_text="counts saves")
    traces = models.JSONField(
        default=dict, help_text="of a draft: by place of an answer, who changed it last, and when"
    )
    frozen = models.JSONField(null=True)
    digest = models.CharField(
        max_length=64, blank=True, help_text="SHA-256 of the frozen copy: what the receipt prints"
    )


class Visit(models.Model):
    """Where a person was last in a draft, and when the visit before ended. The table is not logged: a crash forgets it."""

    BREAK = timedelta(minutes=30)  # a longer silence ends a visit
    PRESENT = timedelta(minutes=5)  # who was seen so lately is there

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="visits")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    address = models.CharField(max_length=200, help_text="of the page of the form; empty for the task list")
    at = models.DateTimeField()
    before = models.DateTimeField(null=True, help_text="the end of the visit before this one")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dossier", "person"], name="one_visit_of_a_person")]


class Participant(models.Model):
    """A person asked to confirm what a draft says of them (a co-holder), or to help fill in a draft that is not theirs.

    Known by the national number that the draft gives: an address identifies nobody. What was confirmed is a digest: another
    answer, and it is to confirm again.
    """

    class Answer(models.TextChoices):
        NONE = ""
        CONFIRMED = "confirmed"
        REFUSED = "refused"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="participants")
    place = models.CharField(max_length=200, blank=True, help_text="the row of the draft that names them; empty: none")
    name = models.CharField(max_length=200, help_text="as the draft, or its holder, calls them")
    national_number_hash = models.CharField(max_length=64)
    may_fill = models.BooleanField(default=False)
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True, default=Answer.NONE)
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    digest = models.CharField(max_length=64, blank=True, help_text="SHA-256 of what was confirmed")
    reason = models.TextField(blank=True, help_text="why it was refused")
    method = models.CharField(max_length=10, choices=Method.choices, blank=True)
    level = models.PositiveSmallIntegerField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "national_number_hash"], condition=Q(ended_at=None), name="one_part_of_a_person"
            )
        ]
        indexes = [models.Index(fields=["national_number_hash"], condition=Q(ended_at=None), name="parts_of_person")]


class Document(models.Model):
    """A file that somebody attached to an answer."""

    class Check(models.TextChoices):
        WAITING = "waiting"  # for the scanner: the person goes on, nobody opens it yet
        CLEAN = "clean"
        INFECTED = "infected"
        UNREADABLE = "unreadable"  # not what it claims to be, or locked by a password

    BAD = (Check.INFECTED, Check.UNREADABLE)  # what cannot be sent

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="documents")
    name = models.CharField(max_length=200)
    path = models.CharField(max_length=200, blank=True, help_text="in the document store; empty once erased")
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    type = models.CharField(max_length=100)
    check_state = models.CharField(max_length=12, choices=Check.choices, default=Check.WAITING)
    why = models.CharField(max_length=40, blank=True, help_text="code of the refusal")
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [  # for the night: files left behind, and those that still wait for the scanner
            models.Index(fields=["added_at"], name="documents_by_moment"),
            models.Index(fields=["added_at"], condition=Q(check_state="waiting"), name="documents_to_check"),
        ]

    @property
    def is_clean(self) -> bool:
        """Whether it may be opened: only after the scanner."""
        return self.check_state == self.Check.CLEAN

    @property
    def refusal(self) -> str:
        """Why the file cannot be used, in a sentence; empty while it can."""
        return file_refused(self.why, self.name) if self.why else ""


class Paper(models.Model):
    """What the portal writes: receipt, acknowledgement, decision. Made and sealed by the worker."""

    class Kind(models.TextChoices):
        RECEIPT = "receipt"
        ACKNOWLEDGEMENT = "acknowledgement"
        DECISION = "decision"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="papers")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    path = models.CharField(max_length=200, blank=True, help_text="empty until it is made")
    sha256 = models.CharField(max_length=64, blank=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    made_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dossier", "kind"], name="one_paper_of_a_kind")]


class Decision(models.Model):
    """An agent's decision, with what the law of 29 July 1991 asks: reasons in fact and in law; and the remedies."""

    dossier = models.OneToOneField(Dossier, on_delete=models.PROTECT, primary_key=True)
    outcome = models.CharField(max_length=20, choices=[(outcome, outcome) for outcome in Outcome])
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    facts = models.TextField()
    law = models.TextField()
    remedies = models.TextField()
    remedy_days = models.PositiveSmallIntegerField()
    team = models.JSONField(help_text="name and address of the team by language, as they were")
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    signatory = models.CharField(max_length=200)
    decided_at = models.DateTimeField()


class Event(models.Model):
    """A dated line of the timeline, for the applicant: a code and its values, put in words when shown."""

    id = models.BigAutoField(primary_key=True)
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="events")
    code = models.CharField(max_length=30)
    at = models.DateTimeField()
    detail = models.JSONField(default=dict, help_text="acknowledged: the team and the signatory, as they were")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["dossier", "-id"], name="events_of_dossier")]
