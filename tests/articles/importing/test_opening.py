"""The file of a raw report: what is read of it, what is refused, and that nothing else happens meanwhile."""

import io
import os
import subprocess
import sys
import zipfile

import pytest
from PIL import Image

from articles.importing import word
from articles.importing.layout import layout_of
from articles.importing.opening import read_upload
from articles.importing.upload import Refused
from tests.articles.importing.scoring import annotated_reports
from tests.articles.importing.word_files import (
    a_docx,
    link,
    linked_picture,
    paragraph,
    picture,
    raw,
    table,
    together,
    zipped,
)
from tests.situations import picture_bytes

REPORT = "Sáng 15/4, Đảng ủy Khối tổ chức hội nghị."


def refusal(content: bytes, name: str = "bao-cao.docx") -> str:
    """Return the sentence with which the file is refused."""
    with pytest.raises(Refused) as refused:
        read_upload(name, content)
    return str(refused.value)


# --- Plain text --------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_a_text_is_read_in_every_encoding_that_says_what_it_is(encoding):
    """Its lines end alike, and nothing else is changed: offsets lead back into the file."""
    content = f"\nTin\r\n\u00a0{REPORT}\r".encode(encoding)
    assert read_upload("BAO-CAO.TXT", content).text == f"\nTin\n\u00a0{REPORT}\n"


@pytest.mark.parametrize(
    "words", ["§¶ng bé Khèi C¸c c¬ quan tØnh kÕt n¹p 38 ®¶ng viªn", "Ñaûng boä Khoái Caùc cô quan tænh"]
)
def test_the_letters_of_an_old_font_are_no_report(words):
    """Offices have files from before Unicode: they look right in Word, in that font alone."""
    assert "UniKey" in refusal(words.encode(), "a.txt")
    assert "UniKey" in refusal(a_docx(paragraph(words)))


def test_letters_that_are_composed_of_two_are_one():
    assert read_upload("a.txt", "Đảng uỷ".encode()).text == "Đảng uỷ"


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.txt", "Đảng bộ".encode("cp1258", "ignore"), "UTF-8"),
        ("a.txt", "Tin moi".encode("utf-16-le"), "UTF-8"),  # without its mark it might be anything
        ("a.txt", a_docx(paragraph(REPORT)), "UTF-8"),
        ("a.txt", b"\xef\xbb\xbf \r\n", "không có chữ nào"),
        ("a.txt", b"a" * 1_000_001, "một báo cáo"),
        ("a.docx", b"", "trống"),
        ("a.doc", b"\xd0\xcf\x11\xe0", ".docx"),
        ("a.pdf", b"%PDF-1.7", ".docx"),
        ("a.docx", b"\0" * (20 * 1024 * 1024 + 1), "20 MB"),
    ],
)
def test_a_file_that_is_no_text_is_refused_with_what_to_do(name, content, words):
    assert words in refusal(content, name)


# --- Word files --------------------------------------------------------------------------------


def test_paragraphs_headings_and_tables_become_lines():
    report = a_docx(
        paragraph("ĐẢNG BỘ KHỐI SƠ KẾT QUÝ I", centred=True, bold=True),
        paragraph("Kết quả", style="Heading1"),
        paragraph("Kết nạp\u00a038 đảng viên;\nchuyển chính thức 44 đồng chí."),
        paragraph("  "),
        table([["Chỉ số", "Quý I"], ["Kết nạp", "38"]]),
        table([[together(paragraph("Khung một ô,"), paragraph("hai đoạn"))]]),
        raw(
            "<w:p><w:ins><w:r><w:t>Thêm vào.</w:t></w:r></w:ins>"
            "<w:del><w:r><w:delText>Đã xóa</w:delText></w:r></w:del></w:p>"
        ),
        raw(
            "<w:p><w:r><w:t>10 m</w:t></w:r>"
            '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>2</w:t></w:r></w:p>'
        ),
        link("Trang của Đảng bộ", "https://khoi.example/tin"),
    )
    assert read_upload("a.docx", report).text.split("\n\n") == [
        "ĐẢNG BỘ KHỐI SƠ KẾT QUÝ I",
        "Kết quả",
        "Kết nạp\u00a038 đảng viên;\nchuyển chính thức 44 đồng chí.",
        "Chỉ số\tQuý I",
        "Kết nạp\t38",
        "Khung một ô,",
        "hai đoạn",
        "Thêm vào.",
        "10 m2",
        "Trang của Đảng bộ",
    ]


def test_the_mark_of_a_footnote_is_no_number_of_the_report():
    namespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    note = '<w:footnote w:id="1"><w:p><w:r><w:t>Theo báo cáo.</w:t></w:r></w:p></w:footnote>'
    notes = f"<w:footnotes {namespace}>{note}</w:footnotes>"
    body = raw('<w:p><w:r><w:t>Kết nạp 38</w:t></w:r><w:r><w:footnoteReference w:id="1"/></w:r></w:p>')
    assert (
        read_upload("a.docx", a_docx(body, extra={"word/footnotes.xml": notes.encode()})).text
        == "Kết nạp 38\n\nTheo báo cáo."
    )


def test_a_report_is_laid_out_alike_whether_pasted_or_from_word():
    """A line of a page is a paragraph of the file, and gets the role it has on the page."""
    for path in annotated_reports()[:3]:
        text = path.read_text(encoding="utf-8")
        pasted = layout_of(text)
        file = layout_of(read_upload("a.docx", a_docx(*map(paragraph, text.split("\n")))).text)
        for role in ("title", "lead", "paragraph", "caption", "byline"):
            assert [block.words for block in file.of(role)] == [block.words for block in pasted.of(role)]


def test_pictures_are_written_anew_and_take_the_caption_below_them():
    exif = Image.Exif()
    exif[0x010E] = "chỗ ở của người chụp"
    framed = together(
        paragraph("Công tác cán bộ được quan tâm."),
        picture(picture_bytes(300, 200), alt="IMG_0042.JPG", name="2.jpeg"),
        picture(picture_bytes(200, 200), name="3.jpeg"),
        paragraph("Các đại biểu dự hội nghị"),
    )
    upload = read_upload(
        "a.docx",
        a_docx(
            paragraph(REPORT),
            picture(picture_bytes(exif=exif), alt="Hội trường kín chỗ"),
            paragraph("Quang cảnh hội nghị"),
            paragraph("Năm 2022, Đảng bộ kết nạp 38 đảng viên, công nhận đảng viên chính thức cho 44 đồng chí."),
            table([[framed]]),
            picture(picture_bytes(100, 200), name="4.jpeg"),
            paragraph("Đảng ủy Khối đề ra nhiệm vụ năm 2023 là kết nạp 40 đảng viên."),
        ),
    )
    assert [(one.alt, one.caption, one.picture.width) for one in upload.pictures] == [
        ("Hội trường kín chỗ", "Quang cảnh hội nghị", 1200),
        ("", "Các đại biểu dự hội nghị", 300),
        ("", "", 200),  # side by side with the one above: the caption is told once
        ("", "", 100),
    ]
    assert not Image.open(upload.pictures[0].picture).getexif()
    assert not upload.notes


def test_a_picture_that_cannot_be_kept_is_left_out_and_told_of():
    """The words of the report are still worth having; nobody fetches what is only linked."""
    upload = read_upload(
        "a.docx",
        a_docx(paragraph(REPORT), picture(b"\xff\xd8\xff damaged"), linked_picture("https://elsewhere.example/a.jpg")),
    )
    assert (upload.text, upload.pictures) == (REPORT, ())
    assert "2 ảnh" in upload.notes[0]


# --- Hostile files -----------------------------------------------------------------------------


def test_every_hostile_file_of_the_outside_collection_is_refused_with_its_own_sentence(payloads_dir):
    said = {path.name: refusal(path.read_bytes()) for path in sorted((payloads_dir / "docx").iterdir())}
    words = {
        "billion_laughs.docx": "nhân lên",
        "deep_9000.docx": "lồng vào nhau",
        "empty_zip.docx": "không có văn bản Word",
        "js_link.docx": "liên kết",
        "linked_image_file.docx": "ảnh",
        "not_zip.docx": "không phải là tệp Word",
        "truncated.docx": "hỏng",
        "xxe.docx": "tệp khác",
    }
    assert said.keys() == words.keys() and len(set(said.values())) == len(said)
    assert all(words[name] in sentence for name, sentence in said.items())


def locked() -> bytes:
    """Return an archive that says of its parts that they are locked."""
    content = bytearray(a_docx(paragraph(REPORT)))
    content[content.rfind(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def twice() -> bytes:
    """Return a file with two documents of one name: which of them was looked through?"""
    content = io.BytesIO(a_docx(paragraph(REPORT)))
    with zipfile.ZipFile(content, "a") as archive, pytest.warns(UserWarning):
        archive.writestr("word/document.xml", "<nothing/>")
    return content.getvalue()


def nested(megabytes: int) -> bytes:
    """Return tables in tables without an end."""
    opening = "<w:tbl><w:tr><w:tc>"
    return a_docx(raw(opening * (megabytes * 1024 * 1024 // len(opening))))


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (lambda: a_docx(paragraph(REPORT), extra={"word/media/a.bin": b"\0" * 60_000_000}), "lớn hơn nhiều"),
        (lambda: a_docx(paragraph(REPORT), extra={"word/other.xml": b" " * 21_000_000}), "lớn hơn nhiều"),
        (lambda: zipped({f"word/{name}.xml": b"" for name in range(2_001)}), "nhiều phần"),
        (lambda: nested(10), "lồng vào nhau"),
        (lambda: a_docx(paragraph(REPORT), extra={"../../etc/cron.d/a": b"x"}), "dẫn ra ngoài"),
        (twice, "dẫn ra ngoài"),
        (locked, "mật khẩu"),
        (lambda: b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "mật khẩu"),
        (lambda: b"\xd0\xcf\x11\xe0 Word 97", "Word cũ"),
        (lambda: a_docx(raw("<w:p/>" * 300_000)), "quá lâu"),
        (lambda: a_docx(paragraph(" ")), "không có chữ nào"),
        (lambda: a_docx(raw("<w:p>")), "hỏng"),
        (
            lambda: a_docx(paragraph(REPORT), extra={"word/other.xml": b"<!DOCTYPE a [<!ATTLIST a b CDATA 'c'>]><a/>"}),
            "nhân lên",
        ),
        (lambda: a_docx(link("Bấm", " JavaScript\t:alert(1)")), "liên kết"),
        (lambda: a_docx(linked_picture("\\\\may-chu\\anh.jpg")), "ảnh"),
    ],
)
def test_what_is_built_to_harm_is_refused_with_what_to_do(made, words):
    assert words in refusal(made())


def test_a_file_that_takes_too_long_is_given_up_and_its_process_is_gone(tmp_path, monkeypatch):
    noted, child = tmp_path / "pid", tmp_path / "child.py"
    child.write_text(
        f"import os, time; open({str(noted)!r}, 'w').write(str(os.getpid())); time.sleep(20)\n"
        """print('{"paragraphs": ["at last"], "pictures": []}')"""
    )
    monkeypatch.setattr(word, "CHILD", child)
    monkeypatch.setattr(word, "SECONDS", 1)
    assert "quá lâu" in refusal(a_docx(paragraph(REPORT)))
    with pytest.raises(ProcessLookupError):
        os.kill(int(noted.read_text()), 0)


@pytest.mark.parametrize(
    "deed",
    [
        "bytearray(600 * 1024 * 1024)",
        "open('/etc/hostname')",
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import subprocess; subprocess.run(['true'])",
        "import os; os.system('true')",
        "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9/')",
    ],
)
def test_the_process_that_reads_can_do_nothing_else(deed):
    """Should Mammoth ever be led astray, there is nothing within its reach."""
    start = f"import runpy; runpy.run_path({str(word.CHILD)!r})['keep_within_limits'](); {deed}"
    done = subprocess.run([sys.executable, "-I", "-c", start], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.rstrip().rsplit("\n", 1)[-1].startswith(("MemoryError", "PermissionError"))


def test_the_process_that_reads_loads_nothing_of_the_newsroom():
    """It starts in a moment, and knows neither the settings nor their secrets."""
    start = f"import runpy, sys; runpy.run_path({str(word.CHILD)!r}); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-I", "-c", start], capture_output=True, text=True, check=True).stdout
    assert not {name.partition(".")[0] for name in loaded.split()} & {"django", "articles", "newsroom", "committees"}
