# The index that planners without statistics chose for every look-up by letters led by the language.

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("procedures", "0001_initial")]

    operations = [
        migrations.RemoveConstraint(model_name="word", name="one_row_per_word"),
        migrations.AddConstraint(
            model_name="word",
            constraint=models.UniqueConstraint(fields=("folded", "language"), name="word_once_a_language"),
        ),
    ]
