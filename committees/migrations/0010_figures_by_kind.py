from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("committees", "0009_fill_awards_by_form"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="statistic",
            index=models.Index(fields=["kind", "-published_at", "id"], name="committees_stat_of_kind"),
        ),
    ]
