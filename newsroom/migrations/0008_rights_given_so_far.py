from django.db import migrations

# These came after the groups that know them had been made, and were given to none.
_NEVER_GIVEN = ("abbreviation", "page")


def note(apps, schema_editor):
    """What a group was given when it was made was not noted: take it that it was all that there was."""
    using = schema_editor.connection.alias
    permissions = apps.get_model("auth", "Permission").objects.using(using)
    known = permissions.exclude(content_type__app_label="newsroom", content_type__model__in=_NEVER_GIVEN)
    offered = sorted(f"{app}.{name}" for app, name in known.values_list("content_type__app_label", "codename"))
    apps.get_model("newsroom", "RoleGroup").objects.using(using).update(offered=offered)


class Migration(migrations.Migration):

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("newsroom", "0007_rights_once_given"),
    ]

    operations = [migrations.RunPython(note, migrations.RunPython.noop)]
