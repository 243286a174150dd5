"""The figures of one year are read off an index, the newest first; those of several years are looked through."""

from typing import Any

from django.db import migrations, models
from django.db.models import Case, Value, When
from django.db.models.functions import ExtractYear

import newsroom.fields


def fill(apps: Any, schema_editor: Any) -> None:
    figures = apps.get_model("committees", "Statistic").objects.using(schema_editor.connection.alias)
    known = figures.filter(period_starts_on__isnull=False, period_ends_on__isnull=False)
    first, last = ExtractYear("period_starts_on"), ExtractYear("period_ends_on")
    known.alias(first=first, last=last).update(period_year=Case(When(last=models.F("first"), then=first), default=Value(0)))


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
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="statistic",
            index=models.Index(
                fields=["period_year", "-published_at", "id"], name="committees_stat_of_period_year"
            ),
        ),
    ]
