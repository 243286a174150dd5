"""What one committee awarded, or one year, is read off an index: both stand beside each award (committees.filing)."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("committees", "0014_figures_of_no_report")]

    operations = [
        migrations.AddField(
            model_name="award",
            name="reported_by",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="awards_reported",
                to="committees.committee",
            ),
        ),
        migrations.AddField(
            model_name="award",
            name="reported_year",
            field=models.PositiveSmallIntegerField(blank=True, editable=False, null=True),
        ),
        migrations.AddIndex(
            model_name="award",
            index=models.Index(fields=["reported_by", "-published_at", "id"], name="committees_award_of_committee"),
        ),
        migrations.AddIndex(
            model_name="award",
            index=models.Index(fields=["reported_year", "-published_at", "id"], name="committees_award_of_year"),
        ),
    ]
