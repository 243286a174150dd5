from django.db import migrations

from newsroom.fulltext import fill, words_field


def fill_all(apps, schema_editor):
    for model in apps.get_app_config("committees").get_models():
        if words_field(model) is not None:
            fill(model)


class Migration(migrations.Migration):
    dependencies = [("committees", "0005_search_words")]
    operations = [migrations.RunPython(fill_all, migrations.RunPython.noop, elidable=True)]
