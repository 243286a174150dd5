"""Those who sign articles are few among those whom reports name: it stands beside each person (articles.filing)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("committees", "0018_figures_by_year")]

    operations = [
        migrations.AddField(
            model_name="person",
            name="has_signed",
            field=models.BooleanField(editable=False, null=True),
        ),
    ]
