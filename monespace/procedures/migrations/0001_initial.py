# Versions, catalogue and what a search looks into.

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.core.serializers.json
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        # Word is searched by its letters. Already there where the operator prepared the database.
        migrations.RunSQL("CREATE EXTENSION IF NOT EXISTS pg_trgm;", migrations.RunSQL.noop),
        migrations.CreateModel(
            name="ProcedureVersion",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("slug", models.CharField(max_length=80)),
                ("number", models.PositiveIntegerField()),
                (
                    "definition",
                    models.JSONField(
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        help_text="the `form:` part of the file, as loaded",
                    ),
                ),
                ("digest", models.CharField(max_length=64)),
                ("published_at", models.DateTimeField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("slug", "number"), name="one_version_per_number")],
            },
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("slug", models.CharField(max_length=80, primary_key=True, serialize=False)),
                (
                    "listing",
                    models.JSONField(help_text="the public part of the file: monespace.procedures.content.Listing"),
                ),
                ("card", models.JSONField(help_text="what a list shows: title, summary, authority, successors")),
                ("group", models.CharField(max_length=20)),
                ("theme", models.CharField(max_length=30)),
                (
                    "audience",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), size=None),
                ),
                ("authority", models.CharField(help_text="a key of content/authorities.yaml", max_length=30)),
                ("level", models.CharField(max_length=10)),
                ("closed", models.BooleanField(default=False)),
                (
                    "online",
                    models.CharField(
                        choices=[
                            ("here", "Here"),
                            ("elsewhere", "Elsewhere"),
                            ("offline", "Offline"),
                            ("unknown", "Unknown"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "languages",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=2), size=None),
                ),
                (
                    "order_fr",
                    models.CharField(help_text="the title without accents: lists are ordered by it", max_length=300),
                ),
                ("order_de", models.CharField(max_length=300)),
                ("digest", models.CharField(max_length=64)),
                (
                    "current_version",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="procedures.procedureversion",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Word",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("language", models.CharField(max_length=2)),
                ("word", models.CharField(help_text="as written, with accents", max_length=100)),
                ("folded", models.CharField(help_text="lower case, without accents", max_length=100)),
                ("stem", models.CharField(max_length=100)),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["folded"], name="word_by_letters", opclasses=["gin_trgm_ops"]
                    )
                ],
                "constraints": [models.UniqueConstraint(fields=("language", "folded"), name="one_row_per_word")],
            },
        ),
        migrations.CreateModel(
            name="Term",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("language", models.CharField(max_length=2)),
                ("stem", models.CharField(max_length=100)),
                ("weight", models.FloatField()),
                ("entry", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="procedures.entry")),
            ],
            options={
                "indexes": [
                    models.Index(fields=["language", "stem"], include=("entry", "weight"), name="term_by_stem")
                ],
            },
        ),
        # A dossier is read with the version it was filed with, in ten years too: nothing changes or deletes one.
        migrations.RunSQL(
            """
            CREATE FUNCTION procedures_refuses_change() RETURNS trigger LANGUAGE plpgsql AS
              $$ BEGIN RAISE EXCEPTION 'a published version never changes'; END $$;
            CREATE TRIGGER procedures_version_is_final BEFORE UPDATE OR DELETE OR TRUNCATE ON procedures_procedureversion
              FOR EACH STATEMENT EXECUTE FUNCTION procedures_refuses_change();
            """,
            """
            DROP TRIGGER procedures_version_is_final ON procedures_procedureversion;
            DROP FUNCTION procedures_refuses_change();
            """,
        ),
    ]
