"""The file of a backup, as it comes back from a bad disk or from somebody who means no good."""

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from newsroom.backups.archive import FORMAT, MANIFEST, Reader, Refused, Writer, digest_of

CONTENT = {"tables/a.B.jsonl": b'[1,"m\xe1\xbb\x99t"]\n' * 40, "media/one.pdf": b"%PDF-1.4 " + bytes(range(256))}


@pytest.fixture
def backup(tmp_path) -> Path:
    path = tmp_path / "backup.zip"
    with path.open("w+b") as file:
        writer = Writer(file)
        for name, content in CONTENT.items():
            with writer.member(name, is_packed=name.startswith("tables/")) as write:
                write(content)
        writer.close({"tables": {}})
    return path


def read(path: Path) -> dict[str, bytes]:
    reader = Reader(path)
    try:
        reader.verify()
        return {name: b"".join(reader.pieces(name)) for name in reader.entries}
    finally:
        reader.close()


def test_what_was_written_is_read(backup):
    assert read(backup) == CONTENT


def test_any_zip_program_opens_it(backup):
    """Whoever has nothing else left of a newsroom can still look into it."""
    with zipfile.ZipFile(backup) as archive:
        assert archive.testzip() is None
        assert json.loads(archive.read(MANIFEST))["format"] == FORMAT


def test_no_byte_can_change_unseen(backup):
    whole = backup.read_bytes()
    for place in range(0, len(whole), 5):
        backup.write_bytes(whole[:place] + bytes([whole[place] ^ 1 << place % 8]) + whole[place + 1 :])
        with pytest.raises(Refused, match=r"hỏng|không phải"):
            read(backup)


def test_a_part_of_a_backup_is_none_and_neither_is_more_than_one(backup):
    whole = backup.read_bytes()
    for part in (
        *(whole[:end] for end in range(0, len(whole), 97)),
        whole[1:],
        whole + b"\0",
        b"\0" + whole,
        whole * 2,
    ):
        backup.write_bytes(part)
        with pytest.raises(Refused, match=r"hỏng|không phải"):
            read(backup)


def forge(path: Path, members: list[tuple[Any, bytes]], said: Any = None, **manifest: Any) -> None:
    """Write what looks like a backup, with its checksum, but not by our own hand."""
    sizes = {entry if isinstance(entry, str) else entry.filename: [len(content), "0"] for entry, content in members}
    with path.open("w+b") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
            for entry, content in members:
                archive.writestr(entry, content)
            archive.writestr(
                MANIFEST, json.dumps({"format": FORMAT, "members": sizes if said is None else said, **manifest})
            )
            archive.comment = f"{FORMAT} sha256:{'0' * 64}".encode()
        digest = digest_of(file)
        file.seek(-64, 2)
        file.write(digest.encode())


@pytest.mark.parametrize(
    "name",
    [
        "media/../../etc/cron.d/one", "../one", "/etc/passwd", "media//one", "media/./one", "media/", "media/.htaccess",
        "media\\..\\one", "media/C:one", "media/a\nb", "media/one/../../two", "other/one", "manifest.json.exe",
        f"media/{'a' * 1001}",
    ],
)  # fmt: skip
def test_a_name_that_leads_elsewhere_is_refused(tmp_path, name):
    forge(tmp_path / "backup.zip", [(name, b"one")])
    with pytest.raises(Refused, match="không do"):
        Reader(tmp_path / "backup.zip")


def a_link() -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo("media/one")
    entry.external_attr = 0o120777 << 16
    return entry


def packed(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


@pytest.mark.parametrize(
    "members",
    [
        [(a_link(), b"/etc/passwd")],
        [("media/one", b"one"), ("media/one", b"two")],
        [(packed("tables/a.B.jsonl"), bytes(5_000_000))],
        [(packed("media/one"), bytes(100))],
    ],
    ids=["a link", "a name twice", "a bomb", "a packed file"],
)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_what_no_backup_of_ours_holds_is_refused(tmp_path, members):
    forge(tmp_path / "backup.zip", members)
    with pytest.raises(Refused, match="không do"):
        Reader(tmp_path / "backup.zip")


@pytest.mark.parametrize(
    "said",
    [
        {"media/one": [3, "0"], "media/two": [3, "0"]},
        {"media/two": [3, "0"]},
        {"media/one": [4, "0"]},
        {"media/one": 3},
        [],
    ],
)
def test_a_manifest_that_does_not_tell_the_members_is_refused(tmp_path, said):
    forge(tmp_path / "backup.zip", [("media/one", b"one")], said=said)
    with pytest.raises(Refused, match="không do"):
        Reader(tmp_path / "backup.zip")


def test_a_member_that_is_not_what_the_manifest_says_is_refused(tmp_path):
    forge(tmp_path / "backup.zip", [("media/one", b"one")])
    reader = Reader(tmp_path / "backup.zip")
    with pytest.raises(Refused, match="hỏng"):
        reader.verify()
    reader.close()


@pytest.mark.parametrize("text", [b"[" * 100_000, b"{", b"[1]\n[2", b"\xff\n"])
def test_lines_that_are_no_json_are_refused(tmp_path, text):
    with (tmp_path / "backup.zip").open("w+b") as file:
        writer = Writer(file)
        with writer.member("tables/a.B.jsonl", is_packed=True) as write:
            write(text + b"\n" if text.startswith(b"[[") else text)
        writer.close({})
    reader = Reader(tmp_path / "backup.zip")
    with pytest.raises(Refused, match="hỏng"):
        list(reader.lines("tables/a.B.jsonl"))
    reader.close()


def test_whatever_else_a_person_chooses_is_refused(tmp_path):
    for content in (b"", b"x" * 500, b"PK\x05\x06" + bytes(18)):
        (tmp_path / "other").write_bytes(content)
        with pytest.raises(Refused, match="không phải"):
            Reader(tmp_path / "other")
