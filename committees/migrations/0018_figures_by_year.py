"""The figures of one year are read off an index, the newest first; those of several years are looked through.

For some days the migration of the column made the index as well: newsrooms that were migrated then have it already.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("committees", "0017_fill_years_of_figures")]

    operations = [
        migrations.RunSQL(
            "CREATE INDEX IF NOT EXISTS committees_stat_of_period_year"
            " ON committees_statistic (period_year, published_at DESC, id)",
            "DROP INDEX committees_stat_of_period_year",
            state_operations=[
                migrations.AddIndex(
                    model_name="statistic",
                    index=models.Index(
                        fields=["period_year", "-published_at", "id"], name="committees_stat_of_period_year"
                    ),
                ),
            ],
        ),
    ]
