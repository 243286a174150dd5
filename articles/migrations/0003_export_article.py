from django.db import migrations

ROLES = ("editor", "administrator")


def grant(apps, schema_editor):
    """Give the groups that editors and administrators have already the right to export, once.

    Where no role has a group yet there is nothing to give: the group is made with it (newsroom.roles).
    """
    using = schema_editor.connection.alias
    roles = apps.get_model("newsroom", "RoleGroup").objects.using(using)
    held = list(roles.filter(role__in=ROLES, group__isnull=False).select_related("group"))
    if not held:
        return
    article, _ = (
        apps.get_model("contenttypes", "ContentType")
        .objects.using(using)
        .get_or_create(app_label="articles", model="article")
    )
    permission, _ = (
        apps.get_model("auth", "Permission")
        .objects.using(using)
        .get_or_create(
            codename="export_article", content_type=article, defaults={"name": "Can export lists of articles"}
        )
    )
    for role in held:
        role.group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0002_queues_of_the_desk"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("newsroom", "0002_role_groups"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="article",
            options={
                "ordering": ["-published_at", "-pk"],
                "permissions": [
                    ("publish_article", "Can publish and withdraw articles"),
                    ("edit_others_article", "Can edit the articles of others"),
                    ("export_article", "Can export lists of articles"),
                ],
                "verbose_name": "article",
                "verbose_name_plural": "articles",
            },
        ),
        migrations.RunPython(grant, migrations.RunPython.noop, elidable=True),
    ]
