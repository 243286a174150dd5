"""The figures of one year are read off an index, the newest first; those of several years are looked through."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("committees", "0017_fill_years_of_figures")]

    operations = [
        migrations.AddIndex(
            model_name="statistic",
            index=models.Index(fields=["period_year", "-published_at", "id"], name="committees_stat_of_period_year"),
        ),
    ]
