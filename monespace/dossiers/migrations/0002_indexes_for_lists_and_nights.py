from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0001_initial"),
        ("procedures", "0002_words_by_letters"),
        ("registry", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="dossier",
            name="dossiers_of_procedure",
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(fields=["added_at"], name="documents_by_moment"),
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(
                condition=models.Q(("check_state", "waiting")), fields=["added_at"], name="documents_to_check"
            ),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                models.F("procedure"),
                models.F("state"),
                models.OrderBy(models.F("due_on"), nulls_first=True),
                models.F("submitted_at"),
                models.F("id"),
                name="dossiers_of_procedure",
            ),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                models.OrderBy(models.F("due_on"), nulls_first=True),
                models.F("submitted_at"),
                models.F("id"),
                condition=models.Q(
                    (
                        "state__in",
                        (
                            "submitted",
                            "acknowledged",
                        ),
                    )
                ),
                name="dossiers_in_progress",
            ),
        ),
    ]
