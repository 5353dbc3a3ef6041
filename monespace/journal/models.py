"""The ledger's table. The portal's database role may only SELECT and INSERT here (granted by `monespace migrate`)."""

from django.db import models


class Entry(models.Model):
    """One act. `chain` is the key of its own chain (a space's key, or «portal»): one chain for all would cap the portal's writes."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(help_text="read after the locks of the act were taken")
    chain = models.CharField(max_length=60)
    position = models.BigIntegerField()
    act = models.CharField(max_length=60)
    person = models.UUIDField(null=True)
    space = models.CharField(max_length=60, blank=True)
    on_kind = models.CharField(max_length=30, blank=True)
    on_id = models.CharField(max_length=40, blank=True)
    role = models.CharField(max_length=30, blank=True)
    method = models.CharField(max_length=10, blank=True)
    level = models.PositiveSmallIntegerField(null=True)
    detail = models.JSONField(default=dict, help_text="codes and opaque ids only, never names, addresses or answers")
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        db_table = "journal_entry"
        constraints = [models.UniqueConstraint(fields=["chain", "position"], name="one_entry_per_position")]
        indexes = [
            models.Index(fields=["space", "-id"], name="journal_of_space"),
            models.Index(fields=["on_kind", "on_id", "-id"], name="journal_of_object"),
        ]
