from django.db import migrations
from django.db.models import Case, F, Max, Value, When
from django.db.models.functions import ExtractYear

AT_ONCE = 20_000  # each by itself: nobody waits for the whole, and what was done stays if it is interrupted


def fill_years(apps, schema_editor):
    figures = apps.get_model("committees", "Statistic").objects.using(schema_editor.connection.alias)
    last = figures.aggregate(last=Max("pk"))["last"] or 0
    known = figures.filter(period_year=None, period_starts_on__isnull=False, period_ends_on__isnull=False)
    known = known.alias(first=ExtractYear("period_starts_on"), last=ExtractYear("period_ends_on"))
    year = Case(When(last=F("first"), then=ExtractYear("period_starts_on")), default=Value(0))
    for start in range(0, last, AT_ONCE):
        known.filter(pk__gt=start, pk__lte=start + AT_ONCE).update(period_year=year)


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("committees", "0016_years_of_figures")]
    operations = [migrations.RunPython(fill_years, migrations.RunPython.noop, elidable=True)]
