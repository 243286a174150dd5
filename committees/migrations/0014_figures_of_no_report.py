"""What stands beside a figure that no conference reports is read off an index of those figures alone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("committees", "0013_lists_by_kind")]

    operations = [
        migrations.AddIndex(
            model_name="statistic",
            index=models.Index(
                fields=["committee", "-published_at", "id"],
                condition=models.Q(conference__isnull=True),
                name="committees_stat_of_no_report",
            ),
        ),
    ]
