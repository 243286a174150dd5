"""The groups of the roles: made after migrate, given each right once, and then the administrators' own."""

from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.test import TestCase

from newsroom.models import RoleGroup
from newsroom.roles import ROLES
from tests.situations import a_user


class RolesTests(TestCase):
    def test_every_role_has_a_group_after_migrate(self):
        """`make demo` gives one account to each; a role without its group would be an account without rights."""
        for key, role in ROLES.items():
            group = Group.objects.get(role__role=key)
            granted = {f"{p.content_type.app_label}.{p.codename}" for p in group.permissions.all()}
            assert granted == role.permissions
            assert group.name == role.group

    def test_a_writer_may_neither_publish_nor_moderate_nor_touch_accounts(self):
        """Whoever writes does not decide what readers see."""
        writer = a_user()
        writer.groups.add(Group.objects.get(role__role="writer"))
        assert writer.has_perms(["articles.add_article", "articles.change_article", "articles.add_photo"])
        for permission in (
            "articles.publish_article",
            "articles.edit_others_article",
            "committees.edit_public_facts",
            "articles.moderate_comment",
            "newsroom.change_user",
            "newsroom.change_siteidentity",
        ):
            assert not writer.has_perm(permission), permission

    def test_a_moderator_may_only_moderate(self):
        """The queue of comments is no way into the articles."""
        moderator = a_user()
        moderator.groups.add(Group.objects.get(role__role="moderator"))
        assert moderator.has_perm("articles.moderate_comment")
        assert not any(
            moderator.has_perm(f"articles.{action}_article") for action in ("add", "change", "delete", "publish")
        )

    def test_a_later_migrate_keeps_what_administrators_changed(self):
        """Rights taken from a group stay taken, a new name stays, and a group that was removed stays removed."""
        writer, editor = (Group.objects.get(role__role=key) for key in ("writer", "editor"))
        writer.permissions.remove(Permission.objects.get(codename="delete_article"))
        writer.name = "Phóng viên và cộng tác viên"
        writer.save()
        editor.delete()
        call_command("migrate", verbosity=0)
        writer.refresh_from_db()
        assert writer.name == "Phóng viên và cộng tác viên"
        assert not writer.permissions.filter(codename="delete_article").exists()
        assert Group.objects.count() == len(ROLES) - 1

    def test_a_right_that_a_later_version_knows_comes_with_its_migrate(self):
        """Otherwise a newsroom that was begun earlier would have pages that nobody may edit."""
        role = RoleGroup.objects.get(role="administrator")
        role.group.permissions.remove(*Permission.objects.filter(content_type__model__in=["page", "menuitem"]))
        role.offered = [name for name in role.offered if not name.endswith("_page")]
        role.save()
        call_command("migrate", verbosity=0)
        given = set(role.group.permissions.values_list("codename", flat=True))
        assert "change_page" in given and "change_menuitem" not in given
