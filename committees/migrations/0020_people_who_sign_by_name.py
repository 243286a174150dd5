"""The authors are read off an index, by name, and not past everybody whom reports name."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("committees", "0019_people_who_sign")]

    operations = [
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                fields=["sort_key", "id"], condition=models.Q(has_signed=True), name="committees_person_signing"
            ),
        ),
    ]
