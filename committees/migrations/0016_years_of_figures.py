"""A figure knows the year that its period lies in."""

from django.db import migrations

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
    ]
