from django.db import migrations

from committees.models.award import FORM_WORDS
from newsroom.fulltext import fill


def fill_awards(apps, schema_editor):
    award = apps.get_model("committees", "Award")
    award.form_words = property(lambda self: FORM_WORDS.get(self.form, ""))
    fill(award)


class Migration(migrations.Migration):
    dependencies = [("committees", "0008_awards_by_form")]
    operations = [migrations.RunPython(fill_awards, migrations.RunPython.noop, elidable=True)]
