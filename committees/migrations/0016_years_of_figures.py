"""The figures of one year are read off an index, the newest first; those of several years are looked through."""

from django.db import migrations, models

import newsroom.fields


class Migration(migrations.Migration):
    dependencies = [("committees", "0015_awards_of_committees")]

    operations = [
        migrations.AddField(
            model_name="statistic",
            name="period_year",
            field=newsroom.fields.YearField(
                blank=True, editable=False, null=True, sources=("period_starts_on", "period_ends_on")
            ),
        ),
        migrations.AddIndex(
            model_name="statistic",
            index=models.Index(fields=["period_year", "-published_at", "id"], name="committees_stat_of_period_year"),
        ),
    ]
