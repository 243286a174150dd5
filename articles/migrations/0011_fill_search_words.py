from django.db import migrations

from newsroom.fulltext import fill, words_field


def fill_all(apps, schema_editor):
    for model in apps.get_app_config("articles").get_models():
        if words_field(model) is not None:
            fill(model)


class Migration(migrations.Migration):
    dependencies = [("articles", "0010_search_words")]
    operations = [migrations.RunPython(fill_all, migrations.RunPython.noop, elidable=True)]
