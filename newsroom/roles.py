"""Who may do what, as the newsroom begins: four roles, each a group of permissions.

`ROLES` is where the newsroom starts from. After that the groups belong to the administrators: `keep_groups` makes
each once and gives it each right once. What they renamed, took away or added stays as they left it; a right that a
later version of the newsroom knows for the first time comes with it.
"""

from dataclasses import dataclass
from typing import Any

from django.apps import apps as installed_apps
from django.contrib.auth.management import create_permissions
from django.core.exceptions import FieldDoesNotExist
from django.db import DEFAULT_DB_ALIAS


def _all(*models: str) -> frozenset[str]:
    """Every permission over each of `models` ("app.model")."""
    return _may("add change delete view", *models)


def _may(actions: str, *models: str) -> frozenset[str]:
    """The permissions for `actions` (words with spaces between) over each of `models` ("app.model")."""
    return frozenset(
        f"{app}.{action}_{model}" for app, model in (name.split(".") for name in models) for action in actions.split()
    )


@dataclass(frozen=True)
class Role:
    """A role: the name of its group, and what its people may do ("app.codename")."""

    group: str
    permissions: frozenset[str]


# What stands inside an article or a conference is edited there, and goes with it.
_IN_ARTICLES = ("articles.photo", "articles.video", "articles.byline", "articles.citation", "articles.mention")
_IN_COMMITTEES = ("committees.attendance", "committees.awardrecipient", "committees.committeealias")
_REPORTED = ("committees.conference", "committees.statistic", "committees.award")
_NAMED = ("committees.committee", "committees.person", "committees.indicator", "committees.document")

_WRITER = (
    _all("articles.article", *_IN_ARTICLES, *_REPORTED, "committees.attendance", "committees.awardrecipient")
    | _may("add view", "articles.tag", "articles.publication", "committees.person", "committees.document")
    | _may("view", "articles.category", "articles.comment", "articles.correction")
    | _may("view", "committees.committee", "committees.committeealias", "committees.indicator")
)
_MODERATOR = (
    _may("view", "articles.article", "articles.category", *_IN_ARTICLES)
    | _may("add change view", "articles.comment", "articles.commentsettings")
    | {"articles.moderate_comment"}
)
_EDITOR = (
    _WRITER
    | _MODERATOR
    | _all(*_NAMED, *_IN_COMMITTEES, "articles.category", "articles.tag", "articles.publication")
    | _all("newsroom.abbreviation")
    | _may("add change view", "articles.correction")
    | {"articles.publish_article", "articles.edit_others_article", "articles.export_article"}
    | {"committees.edit_public_facts"}
    | _may("change view", "articles.ripple")
)
_ADMINISTRATOR = (
    _EDITOR
    | _all("newsroom.user", "auth.group", "newsroom.menuitem", "newsroom.page")
    | _may("add change view", "newsroom.siteidentity")
    | {"articles.answer_for_person"}
    | _may("view", "visits.visitday")
    | _may("add view", "visits.visitadjustment")
)

# Names of groups are data, like names of committees: an administrator may change them.
ROLES = {
    "writer": Role("Phóng viên", _WRITER),
    "editor": Role("Biên tập viên", _EDITOR),
    "moderator": Role("Kiểm duyệt viên", _MODERATOR),
    "administrator": Role("Quản trị viên", _ADMINISTRATOR),
}


def keep_groups(*, using: str = DEFAULT_DB_ALIAS, apps: Any = installed_apps, **signal: Any) -> None:
    """Make the group of each role that has never had one, and give each what it has never been given.

    Called after every migrate. `apps` is the registry as far as the database has been migrated: while a role's
    permissions are not all there, its group waits for the migrate that brings them.
    """
    try:
        group_model, permission_model = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
        role_group_model = apps.get_model("newsroom", "RoleGroup")
        role_group_model._meta.get_field("offered")
    except (LookupError, FieldDoesNotExist):
        return
    known = {row.role: row for row in role_group_model.objects.using(using).select_related("group")}
    new = {key: role.permissions - frozenset(known[key].offered if key in known else ()) for key, role in ROLES.items()}
    if not any(new.values()):
        return
    for label in {permission.split(".")[0] for permissions in new.values() for permission in permissions}:
        # Django makes them app by app, after the signal of this one.
        create_permissions(installed_apps.get_app_config(label), verbosity=0, using=using, apps=apps)
    ids = {
        f"{app}.{codename}": pk
        for app, codename, pk in permission_model.objects.using(using).values_list(
            "content_type__app_label", "codename", "pk"
        )
    }
    for key, role in ROLES.items():
        if not new[key] or not role.permissions <= ids.keys():
            continue
        row = known.get(key)
        if row is None:
            group, is_new = group_model.objects.using(using).get_or_create(name=role.group)
            row = role_group_model(role=key, group=group)
            # A group of that name that somebody has made has the rights that they gave it.
            if not is_new:
                new[key] = frozenset()
        if row.group is not None:
            row.group.permissions.add(*(ids[permission] for permission in new[key]))
        row.offered = sorted(role.permissions)
        row.save(using=using)
