"""The first of those under a committee are read off an index, by name, however many there are."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("committees", "0020_people_who_sign_by_name")]

    operations = [
        migrations.AddIndex(
            model_name="committee",
            index=models.Index(fields=["parent", "sort_key", "id"], name="committees_committee_below"),
        ),
        # An index of the parent alone has nothing left to tell.
        migrations.AlterField(
            model_name="committee",
            name="parent",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="children",
                to="committees.committee",
                verbose_name="parent",
            ),
        ),
    ]
