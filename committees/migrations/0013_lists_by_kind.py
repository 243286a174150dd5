"""A list that is narrowed to a kind of which there is little, or nothing, is read off an index."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("committees", "0012_figures_of_days")]

    operations = [
        migrations.AddIndex(
            model_name="conference",
            index=models.Index(fields=["kind", "-sorted_on", "-id"], name="committees_conf_of_kind"),
        ),
        migrations.AddIndex(
            model_name="conference",
            index=models.Index(fields=["review", "-sorted_on", "-id"], name="committees_conf_of_review"),
        ),
        migrations.AddIndex(
            model_name="award",
            index=models.Index(fields=["form", "-published_at", "id"], name="committees_award_of_form"),
        ),
        migrations.AddIndex(
            model_name="award",
            index=models.Index(fields=["recipient_kind", "-published_at", "id"], name="committees_award_of_recipient"),
        ),
    ]
