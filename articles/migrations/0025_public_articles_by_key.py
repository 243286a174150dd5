"""Which of the articles that are near another are public is read off an index, and not in the rows of all of them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0024_moments_of_bylines")]

    operations = [
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                fields=["id", "published_at"],
                condition=models.Q(state="published"),
                name="articles_article_public_by_key",
            ),
        ),
    ]
