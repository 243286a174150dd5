"""The newest figure of a conference is read off an index, and with it where the figures of one year begin."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("committees", "0021_committees_below")]

    operations = [
        migrations.AddIndex(
            model_name="statistic",
            index=models.Index(fields=["conference", "-published_at", "-id"], name="committees_stat_of_conference"),
        ),
        # An index of the conference alone has nothing left to tell.
        migrations.AlterField(
            model_name="statistic",
            name="conference",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="statistics",
                to="committees.conference",
                verbose_name="conference",
            ),
        ),
    ]
