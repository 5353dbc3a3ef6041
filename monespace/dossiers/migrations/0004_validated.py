from django.db import migrations, models

STATES = ("draft", "validated", "submitted", "acknowledged", "decided", "withdrawn", "expired")


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0003_last_day")]

    operations = [
        migrations.RemoveConstraint(model_name="dossier", name="sent_means_numbered"),
        migrations.RemoveIndex(model_name="dossier", name="drafts_to_expire"),
        migrations.AlterField(
            model_name="dossier",
            name="state",
            field=models.CharField(choices=[(state, state) for state in STATES], default="draft", max_length=15),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                condition=models.Q(("state__in", ["draft", "validated"])),
                fields=["expires_at"],
                name="drafts_to_expire",
            ),
        ),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["draft", "validated", "expired"]), ("number__isnull", False), _connector="XOR"
                ),
                name="sent_means_numbered",
            ),
        ),
    ]
