"""Backups: the newsroom as one file, and back."""

import io
import json
import os
import stat
import subprocess
import sys
import threading
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import connection, models

from articles.models import Article, Comment, Moderation, Publication, RawPicture, RawReport, Tag
from newsroom import vocabulary
from newsroom.backups import contents, restoring, taking
from newsroom.backups.archive import Reader, Refused, Writer
from newsroom.backups.contents import LEFT_OUT, NAMED, Table, tables
from newsroom.backups.manifest import member_of
from newsroom.backups.restoring import restore
from newsroom.backups.taking import take
from newsroom.fulltext import Phrase, Question, Word
from newsroom.models import MenuItem, RoleGroup, User
from newsroom.pagecache import changes
from newsroom.pagecache.models import Change
from newsroom.progress import Progress
from tests import situations

MOMENT = datetime(2024, 2, 29, 1, 2, 3, 456789, tzinfo=UTC)


# --- A newsroom with a row of everything ---------------------------------------------------------


def a_value(field: models.Field) -> Any:
    """Something that fits into the column of `field` and that a careless copy would bend."""
    if isinstance(field, models.ForeignKey):
        row = field.related_model._base_manager.first() or a_row(field.related_model)
        return row.pk
    if field.choices:
        return next(key for key, _words in field.flatchoices if key)
    kinds = {
        "DateField": date(2024, 2, 29),
        "DateTimeField": MOMENT,
        "DecimalField": Decimal("12.5"),
        "JSONField": {"chữ": [1, 2.5, None, "\u2028"]},
        "GenericIPAddressField": "2001:db8::7",
        "UUIDField": UUID(int=7),
        "BooleanField": True,
    }
    if "Integer" in field.get_internal_type():
        return 7
    return kinds.get(field.get_internal_type(), 'Chữ "đỏ"\\n'[: field.max_length])


def a_row(model: type[models.Model], **known: Any) -> Any:
    values = {
        field.attname: a_value(field)
        for field in model._meta.concrete_fields
        if not (field.has_default() or field.null or isinstance(field, models.AutoField))
        and (isinstance(field, models.ForeignKey) or not field.blank)
    }
    return model._base_manager.create(**values | known)


def a_row_of_everything() -> None:
    """Fill every table that a backup holds. What has rules of its own is built as the newsroom builds it."""
    editor = situations.staff("editor")
    conference = situations.a_conference()
    statistic = situations.a_statistic(conference=conference, value=Decimal("71.5"), percent=Decimal("94.67"))
    award = situations.an_award(reported_at=conference)
    article = situations.an_article("Hội nghị lần thứ bảy", body='<p>Có <a href="/">71/75</a> tập thể.</p>')
    article.tags.add(Tag.objects.create(name="thử"))
    article.committees.add(conference.committee)
    situations.a_mention(article, statistic, "71/75")
    situations.a_mention(article, award, "một cờ")
    situations.a_photo(article)
    comment = situations.a_comment(article, "Một dòng\nhai dòng 👍\t\u200b")
    a_row(Moderation, comment_id=comment.pk, from_state="pending", to_state="approved")
    situations.a_ban()
    situations.a_doubt(statistic)
    situations.a_ripple(editor, statistic)
    situations.a_preview_link(article)
    situations.a_document()
    situations.a_person()
    Publication.objects.create(name="Báo thử")
    RawPicture(report=a_row(RawReport)).image.save("", ContentFile(situations.picture_bytes(320, 180)))
    for table in tables():
        if not table.model._base_manager.exists():
            a_row(table.model)  # a new model whose rows have rules gets a line above


def everything() -> dict[str, list[Any]]:
    """Every row of every table that a backup holds; what points at a kind of content or a permission by its name."""
    names = {model: {row.pk: _named(row) for row in model._base_manager.all()} for model in NAMED}
    found = {}
    for table in tables():
        rows = [list(row) for row in table.model._base_manager.order_by("pk").values_list(*table.columns)]
        for place, of in table.named_columns:
            for row in rows:
                row[place] = names[of].get(row[place])
        found[table.label] = sorted(names[table.model].values()) if table.model in NAMED else rows
    return found


def _named(row: Any) -> str:
    return "/".join(row.natural_key())


def stored(media: Path) -> dict[str, bytes]:
    return {str(path.relative_to(media)): path.read_bytes() for path in media.rglob("*") if path.is_file()}


@pytest.fixture
def backup(tmp_path, media) -> Path:
    """A small backup of a newsroom with two files."""
    (media / "files").mkdir()
    (media / "files" / "one.pdf").write_bytes(b"%PDF-1.4 one")
    (media / "two.pdf").write_bytes(b"%PDF-1.4 two")
    entry = MenuItem.objects.create(label="Hội nghị", address="/hoi-nghi/")
    take(tmp_path / "backup.zip")
    entry.delete()
    for path in (media / "files" / "one.pdf", media / "two.pdf"):
        path.unlink()
    return tmp_path / "backup.zip"


# --- Everything comes back -----------------------------------------------------------------------


@pytest.mark.django_db
def test_every_row_of_every_table_and_every_file_comes_back(tmp_path, media):
    """Filled by model, not by list: a model that nobody thought of is in it, or this fails."""
    a_row_of_everything()
    before, files = everything(), stored(media)
    assert all(before.values())
    assert files
    take(tmp_path / "backup.zip")
    Comment.objects.all().delete()
    Article.objects.update(title="Khác", body="<p>khác</p>", search_words="khac")
    situations.an_article("Bài thêm sau")
    next(media.rglob("*.webp")).write_bytes(b"changed")
    (media / "later.pdf").write_bytes(b"later")
    restore(tmp_path / "backup.zip", may_replace=True)
    assert everything() == before
    assert stored(media) == files
    found = Article.objects.filter(search_words__answers=Question(Phrase((Word("hoi"), Word("nghi")))))
    assert "Hội nghị lần thứ bảy" in {article.title for article in found}
    assert "bay" in vocabulary.near("bayy")
    assert "them" not in vocabulary.near("them")  # of a title that is no more


@pytest.mark.django_db
def test_a_number_that_was_given_once_is_not_given_again(tmp_path):
    """The history of a figure that is gone would become that of the next one."""
    gone = MenuItem.objects.create(label="Cũ", address="/cu/")
    number = gone.pk
    gone.delete()
    take(tmp_path / "backup.zip")
    MenuItem.objects.create(label="Sau", address="/sau/")
    for _again in range(2):
        restore(tmp_path / "backup.zip", may_replace=True)
        take(tmp_path / "backup.zip")
    assert MenuItem.objects.create(label="Mới", address="/moi/").pk == number + 1


@pytest.mark.django_db
def test_no_process_goes_on_with_what_it_keeps(backup):
    """Pages were made of rows that are no more, and rows that come later must be told of as before."""
    restore(backup)
    assert [change.tags for change in Change.objects.all()] == [changes.EVERYTHING]
    situations.an_article()
    assert Change.objects.count() > 1


@pytest.mark.django_db
def test_no_table_of_the_database_is_forgotten():
    """A table that is made without a model, or for a package, is in the backup, or somebody has said why it is not."""
    derived = {"django_migrations", vocabulary.TABLE}
    known = {table.name for table in tables()} | {model._meta.db_table for model in contents.left_out()} | derived
    there = {name for name in connection.introspection.table_names() if "_search_words" not in name}
    assert there == known
    assert len(LEFT_OUT) == len(contents.left_out())


@pytest.mark.alike
def test_every_column_is_of_a_kind_that_can_be_kept():
    for table in tables():
        assert len(table.readers) == len(table.columns), table.label


@pytest.mark.django_db
def test_rows_are_the_same_text_from_either_database():
    """So that a backup of the one is a backup for the other."""
    statistic = situations.a_statistic(
        percent=Decimal("94.67"), published_at=MOMENT, period_starts_on=date(2024, 2, 29)
    )
    User.objects.create(username="đỏ", is_active=False)
    (said,) = rows_of(type(statistic))
    assert (said["published_at"], said["period_starts_on"]) == ("2024-02-29T01:02:03.456789+00:00", "2024-02-29")
    assert (said["percent"], said["value"], said["position"]) == ("94.6700", None, 0)
    role = next(said for said in rows_of(RoleGroup) if said["role"] == "moderator")
    assert role["offered"] == RoleGroup.objects.get(role="moderator").offered
    (account,) = rows_of(User)
    assert (account["username"], account["is_active"], account["last_login"]) == ("đỏ", False, None)


def rows_of(model: type[models.Model]) -> list[dict[str, Any]]:
    """What a backup writes of `model`."""
    table = Table(model)
    return [dict(zip(table.columns, row, strict=True)) for batch in table.batches() for row in batch]


@pytest.mark.django_db
def test_kinds_of_content_are_found_again_by_their_names(tmp_path):
    """Each installation numbers them and its permissions for itself; a right given is that right, not a number."""
    group = Group.objects.create(name="Nhóm thử")
    right = ContentType.objects.get_for_model(Tag).permission_set.get(codename="delete_tag")
    group.permissions.add(right)
    take(tmp_path / "backup.zip")
    # The installation where it is restored has numbered them in another order.
    kind = ContentType.objects.get_for_model(Tag)
    kind.permission_set.all().delete()
    ContentType.objects.filter(pk=kind.pk).update(app_label="other")
    right.pk, right.content_type = None, ContentType.objects.create(app_label="articles", model="tag")
    right.save()
    restore(tmp_path / "backup.zip", may_replace=True)
    assert list(Group.objects.get(name="Nhóm thử").permissions.all()) == [right]


@pytest.mark.django_db
def test_what_is_of_the_moment_stays_behind(tmp_path):
    """Who was signed in signs in again, and the key of a day is thrown away with the day, wherever it is."""
    for label in LEFT_OUT - {"visits.Sighting"}:
        a_row(contents.installed_apps.get_model(label))
    take(tmp_path / "backup.zip")
    with zipfile.ZipFile(tmp_path / "backup.zip") as archive:
        assert not any(label in name for label in LEFT_OUT for name in archive.namelist())
    restore(tmp_path / "backup.zip", may_replace=True)
    assert not Session.objects.exists()


@pytest.mark.alike
@pytest.mark.django_db
@pytest.mark.parametrize("other", ["newer", "older"])
def test_a_backup_of_another_version_is_refused_with_what_to_do(backup, other, tmp_path):
    def change(manifest: dict[str, Any]) -> None:
        migrations = manifest["migrations"]
        migrations.append("articles.9999_of_tomorrow") if other == "newer" else migrations.pop()

    rewrite(backup, manifest=change)
    with pytest.raises(Refused, match="mới hơn" if other == "newer" else "cũ hơn"):
        restore(backup)


def rewrite(path: Path, manifest: Any = None, **members: bytes) -> None:
    """Write the backup `path` anew with some members and the manifest changed, and all checksums right."""
    reader = Reader(path)
    said = reader.manifest
    kept = {name: b"".join(reader.pieces(name)) for name in reader.entries}
    reader.close()
    if manifest:
        manifest(said)
    with path.open("w+b") as file:
        writer = Writer(file)
        for name, content in {**kept, **members}.items():
            with writer.member(name, is_packed=name.startswith("tables/")) as write:
                write(content)
        writer.close(said)


# --- Whole, or as it was -------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_newsroom_that_migrate_has_just_made_is_empty(backup, media):
    """Its groups and permissions, and what passers-by leave, are not what people have made."""
    a_row(Session)
    restore(backup)
    assert MenuItem.objects.get().label == "Hội nghị"
    assert sorted(stored(media)) == ["files/one.pdf", "two.pdf"]


@pytest.mark.django_db
def test_a_newsroom_that_holds_something_is_left_alone_without_force(backup, media):
    account = situations.a_user()
    with pytest.raises(Refused, match="--force"):
        restore(backup)
    assert User.objects.get() == account
    account.delete()
    (media / "one.pdf").write_bytes(b"of somebody")
    with pytest.raises(Refused, match=r"one\.pdf.*--force"):
        restore(backup)
    assert not MenuItem.objects.exists()
    assert stored(media) == {"one.pdf": b"of somebody"}


FAULTS = {
    "a row that points nowhere": (Tag.articles.through, [1, 77, 88]),
    "a row with a column too many": (MenuItem, [1, "main", "Hội nghị", "/", 0, 0]),
    "a date that is none": (Tag, {"a": 1}),
    "a value that nothing can hold": (MenuItem, [1, "main", "Hội nghị", "/", "không phải số"]),
}


@pytest.mark.django_db
@pytest.mark.parametrize("fault", FAULTS)
def test_a_backup_whose_rows_make_no_sense_changes_nothing(backup, media, fault):
    """Its checksums are right: somebody has written it who knows how, or a program with a fault."""
    model, row = FAULTS[fault]
    line = (json.dumps(row) + "\n").encode()
    rewrite(backup, lambda said: said["tables"][model._meta.label].update(rows=1), **{member_of(Table(model)): line})
    comment = situations.a_comment(situations.an_article())
    (media / "one.pdf").write_bytes(b"of somebody")
    before = everything()
    with pytest.raises(Refused, match="không thay đổi"):
        restore(backup, may_replace=True)
    assert everything() == before
    assert Comment.objects.get() == comment
    assert stored(media) == {"one.pdf": b"of somebody"}


@pytest.mark.django_db
def test_a_restore_that_is_stopped_has_changed_nothing_and_is_run_again(backup, media, monkeypatch):
    def stop(*_table: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(restoring, "go_on_after", stop)
        with pytest.raises(CommandError, match="chạy lại") as stopped:
            call_command("restore", str(backup))
    assert stopped.value.returncode == 130
    assert not MenuItem.objects.exists()
    assert stored(media) == {}
    call_command("restore", str(backup), stdout=io.StringIO())
    assert MenuItem.objects.exists()
    assert len(stored(media)) == 2


@pytest.mark.alike
@pytest.mark.django_db
def test_a_restore_that_was_killed_is_run_again(backup, media):
    """It leaves files behind: those it had put into place, and those that were not there yet."""
    (media / "two.pdf").write_bytes(b"%PDF-1.4 two")
    (media / ".restoring" / "files").mkdir(parents=True)
    (media / ".restoring" / "files" / "half.pdf").write_bytes(b"%P")
    restore(backup)
    assert MenuItem.objects.exists()
    assert sorted(stored(media)) == ["files/one.pdf", "two.pdf"]


# --- Taking one ----------------------------------------------------------------------------------


@pytest.mark.alike
@pytest.mark.django_db
def test_nobody_else_of_the_machine_may_read_a_backup(backup):
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600


@pytest.mark.alike
@pytest.mark.django_db
def test_an_older_backup_stays_until_the_new_one_is_whole(backup, monkeypatch):
    """A disk that is full at night would otherwise leave none at all."""
    before = backup.read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(Progress, "advance", lambda *_: (_ for _ in ()).throw(OSError(28, "đĩa đầy")))
        with pytest.raises(CommandError, match="đĩa đầy"):
            call_command("backup", str(backup))
    assert backup.read_bytes() == before
    assert [path.name for path in backup.parent.iterdir()] == [backup.name]
    MenuItem.objects.create(label="Mới", address="/moi/")
    call_command("backup", str(backup), stdout=io.StringIO())
    assert backup.read_bytes() != before


@pytest.mark.alike
@pytest.mark.django_db
def test_what_is_no_backup_is_not_written_over(tmp_path):
    other = tmp_path / "luận văn.docx"
    other.write_bytes(b"PK of somebody")
    with pytest.raises(CommandError, match="tên khác"):
        call_command("backup", str(other))
    assert other.read_bytes() == b"PK of somebody"


@pytest.mark.alike
@pytest.mark.django_db
def test_a_file_that_a_row_speaks_of_and_that_is_gone_is_told(tmp_path, media):
    photo = situations.a_photo(situations.an_article())
    (media / photo.image.name).unlink()
    err = io.StringIO()
    call_command("backup", str(tmp_path / "backup.zip"), stdout=io.StringIO(), stderr=err)
    assert photo.image.name in err.getvalue()


@pytest.mark.long
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_backup_is_of_one_moment_and_keeps_nobody_from_writing(tmp_path, monkeypatch):
    """An article and its comment are written while the tables are read: both are in it, or neither."""
    written = threading.Event()

    def write() -> None:
        try:
            situations.a_comment(situations.an_article("Bài viết khi đang sao lưu"))
            written.set()
        finally:
            connection.close()

    before = taking.last_number

    def meanwhile(table: Table, cursor: Any) -> int:
        if table.model is Comment:  # the articles have been read by now
            other = threading.Thread(target=write)
            other.start()
            other.join(15)
        return before(table, cursor)

    monkeypatch.setattr(taking, "last_number", meanwhile)
    take(tmp_path / "backup.zip")
    assert written.is_set()
    restore(tmp_path / "backup.zip", may_replace=True)
    assert (Article.objects.count(), Comment.objects.count()) == (0, 0)


@pytest.mark.long
@pytest.mark.django_db
def test_a_backup_of_either_database_moves_to_sqlite_and_back(tmp_path, media):
    """Row by row the same text on the way, whichever database the first one was."""
    a_row_of_everything()
    before, files = everything(), stored(media)
    there, back = tmp_path / "there.zip", tmp_path / "back.zip"
    take(there)
    environment = {**os.environ, "DATABASE_URL": "", "VAR_DIR": str(tmp_path / "other")}
    environment["DJANGO_SETTINGS_MODULE"] = "newsroom.settings"
    for words in (["restore", there], ["backup", back]):
        subprocess.run(
            [sys.executable, "manage.py", *map(str, words)], env=environment, check=True, capture_output=True
        )
    # Kinds of content and permissions have other numbers there, and only there.
    numbered = {member_of(table) for table in tables() if table.model in NAMED or table.named_columns}
    there_said, back_said = everything_in(there), everything_in(back)
    assert {name for name in there_said if there_said[name] != back_said[name]} <= numbered
    assert there_said.keys() == back_said.keys()
    Article.objects.update(title="Khác")
    restore(back, may_replace=True)
    assert everything() == before
    assert stored(media) == files


def everything_in(path: Path) -> dict[str, bytes]:
    reader = Reader(path)
    found = {name: b"".join(reader.pieces(name)) for name in reader.entries}
    reader.close()
    return found
