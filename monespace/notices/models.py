"""Messages waiting to leave, and the lines of the inbox."""

import uuid

from django.db import models


class Mail(models.Model):
    """A message by e-mail. Text and address are emptied once it has left: the portal keeps the fact, not the content."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    to = models.EmailField(blank=True)
    subject = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    language = models.CharField(max_length=2)
    attachments = models.JSONField(default=list, help_text="[{name, path in the document store, type}]")
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)


class Notice(models.Model):
    """A line of a person's inbox: written once, in the language of its dossier or of the person."""

    id = models.BigAutoField(primary_key=True)
    person = models.UUIDField()
    text = models.CharField(max_length=300)
    language = models.CharField(max_length=2)
    path = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["person", "-id"], name="inbox"),
            models.Index(fields=["person"], condition=models.Q(read_at=None), name="unread"),
        ]


class Sms(models.Model):
    """A text message. Number and text are sealed while it waits, and erased once it has left or is too late."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    sealed = models.TextField(blank=True)
    real = models.BooleanField(default=True, help_text="no: made for a number that is nobody's here, and never sent")
    created_at = models.DateTimeField(auto_now_add=True)
    until = models.DateTimeField(help_text="after which it is of no use")
    sent_at = models.DateTimeField(null=True, db_index=True)


class SmsTrouble(models.Model):
    """The last time that no message left, and why; one row, gone when one leaves again."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    why = models.CharField(max_length=20, help_text="gateway: it does not answer; limit: as many left today as may")
    at = models.DateTimeField()
