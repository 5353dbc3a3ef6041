"""The tables behind the same requests: as many rows read and written, with the same kinds of columns and of indexes."""

import secrets
import uuid

from django.db import models


class Person(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    name = models.CharField(max_length=200)
    email = models.EmailField()
    token = models.CharField(max_length=64)


class SignIn(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    person = models.ForeignKey(Person, on_delete=models.CASCADE)
    at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)


class Membership(models.Model):
    token = models.CharField(max_length=64, db_index=True)
    team = models.CharField(max_length=40)


class Intention(models.Model):
    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True)


class Procedure(models.Model):
    slug = models.SlugField(primary_key=True)
    title = models.JSONField()
    reply_to = models.CharField(max_length=80)


class Dossier(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    ref = models.CharField(max_length=8, unique=True, default=lambda: secrets.token_hex(4).upper())
    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT)
    title = models.JSONField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    state = models.CharField(max_length=15, default="draft")
    start_key = models.UUIDField(unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    number = models.CharField(max_length=30, unique=True, null=True)
    submitted_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["person", "state", "-changed_at"], name="skeleton_dossiers_of_person")]


class Content(models.Model):
    dossier = models.OneToOneField(Dossier, on_delete=models.CASCADE, primary_key=True)
    answers = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)
    frozen = models.JSONField(null=True)
    digest = models.CharField(max_length=64, blank=True)


class Document(models.Model):
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE)
    path = models.CharField(max_length=200)


class Event(models.Model):
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE)
    code = models.CharField(max_length=30)
    at = models.DateTimeField(auto_now_add=True)


class Paper(models.Model):
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE)
    made_at = models.DateTimeField(null=True)


class Job(models.Model):
    task = models.CharField(max_length=60)
    arguments = models.JSONField()


class Notice(models.Model):
    person = models.UUIDField(db_index=True)
    text = models.CharField(max_length=300)
    read_at = models.DateTimeField(null=True)


class Mail(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    to = models.EmailField()
    text = models.TextField()


class Entry(models.Model):
    """The ledger: each entry holds the digest of the one before in its chain."""

    chain = models.CharField(max_length=60)
    position = models.BigIntegerField()
    act = models.CharField(max_length=60)
    at = models.DateTimeField()
    detail = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "position"], name="skeleton_one_entry_per_position")]
