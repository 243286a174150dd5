"""What closes a target is read off an index: the newest results of the same days, however many there are."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("committees", "0011_figures_of_a_series")]

    operations = [
        migrations.AddIndex(
            model_name="statistic",
            index=models.Index(
                fields=["committee", "indicator", "kind", "period_starts_on", "period_ends_on", "-published_at", "-id"],
                name="committees_stat_of_days",
            ),
        ),
        migrations.RemoveIndex(model_name="statistic", name="committees_stat_closing"),
    ]
