"""Where articles cite a document is read off an index, the newest first, and not past what cites others."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0025_public_articles_by_key")]

    operations = [
        migrations.AddIndex(
            model_name="citation",
            index=models.Index(fields=["document", "-id"], name="articles_citation_newest"),
        ),
        # An index of the document alone has nothing left to tell.
        migrations.AlterField(
            model_name="citation",
            name="document",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="citations",
                to="committees.document",
                verbose_name="document",
            ),
        ),
    ]
