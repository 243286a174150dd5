"""What one person signed is read off an index: the moment of each article stands beside its bylines (articles.filing)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0023_ends_of_indexes")]

    operations = [
        migrations.AddField(
            model_name="byline",
            name="published_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddIndex(
            model_name="byline",
            index=models.Index(fields=["person", "-published_at", "-article"], name="articles_byline_newest"),
        ),
    ]
