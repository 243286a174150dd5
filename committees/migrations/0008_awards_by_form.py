from django.db import migrations

import newsroom.fulltext


class Migration(migrations.Migration):
    dependencies = [("committees", "0007_documents_by_issuer")]
    operations = [
        migrations.AlterField(
            model_name="award",
            name="search_words",
            field=newsroom.fulltext.WordsField(
                blank=True,
                default="",
                editable=False,
                sources=(
                    ("achievement",),
                    ("form_words", "recipients_described", "granted_by"),
                    ("level", "decision_number"),
                ),
            ),
        ),
    ]
