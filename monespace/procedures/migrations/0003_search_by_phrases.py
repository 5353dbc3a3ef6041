# In which phrases a stem stands, words in the order of their bytes (so that beginnings are found by an index), and how
# often each procedure is asked for.

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("procedures", "0002_words_by_letters")]

    operations = [
        migrations.CreateModel(
            name="Demand",
            fields=[
                ("slug", models.CharField(max_length=80, primary_key=True, serialize=False)),
                ("begun", models.PositiveIntegerField()),
            ],
        ),
        migrations.RemoveIndex(model_name="term", name="term_by_stem"),
        migrations.AddField(
            model_name="term",
            name="phrases",
            field=models.BigIntegerField(
                default=0, help_text="the title and the search words where it stands, as bits"
            ),
        ),
        migrations.AlterField(model_name="term", name="stem", field=models.CharField(db_collation="C", max_length=100)),
        migrations.AlterField(
            model_name="word",
            name="folded",
            field=models.CharField(db_collation="C", help_text="lower case, without accents", max_length=100),
        ),
        migrations.AddIndex(
            model_name="term",
            index=models.Index(
                fields=["stem", "language"], include=("entry", "weight", "phrases"), name="term_by_its_stem"
            ),
        ),
    ]
