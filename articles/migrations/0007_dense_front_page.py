from django.db import migrations
from django.db.models import Q
from django.utils import timezone


def close_ranks(apps, schema_editor):
    """Give what stands on the front page the places 1, 2, 3 ... in its order, and none to what has left it."""
    articles = apps.get_model("articles", "Article").objects.using(schema_editor.connection.alias)
    gone = Q(featured_position__isnull=True, featured_until__isnull=False) | Q(featured_until__lte=timezone.now())
    articles.filter(gone).update(featured_position=None, featured_until=None)
    featured = articles.filter(featured_position__isnull=False)
    keys = list(featured.order_by("featured_position", "-published_at", "-pk").values_list("pk", flat=True))
    for place, key in enumerate(keys, 1):
        articles.filter(pk=key).update(featured_position=place)


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0006_transition_of_a_revision"),
    ]

    operations = [
        migrations.RunPython(close_ranks, migrations.RunPython.noop, elidable=True),
    ]
