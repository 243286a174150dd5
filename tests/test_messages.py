"""The tool that collects what must be translated (tools/messages.py)."""

from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from tools import messages
from tools.messages import Collection


def heard_in(name: str, text: str) -> set[tuple[object, str | None]]:
    return {(words, context) for words, context, _comments in messages.messages_of(Path(name), text)}


def test_every_way_a_template_marks_words_is_heard():
    """A way that is not heard is English on a Vietnamese page."""
    template = """
      {% load i18n %}
    <h1>{% translate "Conferences" %} ({{ year }})</h1>
        {% translate "May" context "month" as month %}
      {% include "_box.html" with title=_("It's a figure") only %}
    <p>{% blocktranslate count n=articles|length trimmed %}
          {{ n }} article
        {% plural %}{{ n }} articles{% endblocktranslate %}</p>
      {% blocktranslate with name=site.name %}100% of {{ name }}{% endblocktranslate %}
    """
    assert heard_in("page.html", template) == {
        ("Conferences", None),
        ("May", "month"),
        ("It's a figure", None),
        (("%(n)s article", "%(n)s articles"), None),
        ("100%% of %(name)s", None),
    }


def test_every_way_code_marks_words_is_heard():
    code = """
_("one line " "in two parts"), gettext_lazy("lazy"), gettext_noop("later")
ngettext("%d day", "%d days", n), ngettext_lazy("%d hour", "%d hours", "n")
pgettext("month", "May"), pgettext_lazy("verb", "May"), npgettext_lazy("bird", "crane", "cranes", n)
not_marked("silent")
"""
    assert heard_in("module.py", code) == {
        ("one line in two parts", None),
        ("lazy", None),
        ("later", None),
        (("%d day", "%d days"), None),
        (("%d hour", "%d hours"), None),
        ("May", "month"),
        ("May", "verb"),
        (("crane", "cranes"), "bird"),
    }
    assert heard_in("desk.js", "const text = gettext('Saved');") == {("Saved", None)}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(messages, "FOLDER", tmp_path)
    monkeypatch.setattr(messages, "ROOT", tmp_path)
    monkeypatch.setattr(messages, "left_unsaid", lambda domain: Collection())
    return tmp_path


def a_collection(*words: str) -> Collection:
    collection = Collection()
    for word in words:
        collection.note(word, None, "articles/views.py")
    return collection


def write(folder: Path, project: Collection) -> tuple[bytes, bytes]:
    content = messages.written(messages.build("django", project)[0])
    for path, part in zip(messages.paths("django"), content, strict=True):
        path.write_bytes(part)
    return content


def translate(folder: Path, words: str, translation: str) -> None:
    path = folder / "django.po"
    text = path.read_text()
    assert f'msgid "{words}"\nmsgstr ""' in text
    path.write_text(text.replace(f'msgid "{words}"\nmsgstr ""', f'msgid "{words}"\nmsgstr "{translation}"'))


def test_a_translation_is_kept_while_its_words_are_used_and_dropped_with_them(folder):
    write(folder, a_collection("Title", "Lead"))
    translate(folder, "Title", "Tiêu đề")
    write(folder, a_collection("Title", "Body"))
    assert "Tiêu đề" in (folder / "django.po").read_text()
    po, _mo = write(folder, a_collection("Body"))
    assert "Tiêu đề".encode() not in po
    assert {message.id for message in read_po((folder / "django.po").open("rb"))} == {"", "Body"}


def test_the_same_words_give_the_same_bytes_in_whatever_order_they_are_found(folder):
    """A catalogue that changes by itself hides the change that matters."""
    assert write(folder, a_collection("Title", "Lead")) == write(folder, a_collection("Lead", "Title"))


def test_the_check_names_what_is_stale_untranslated_or_at_odds_with_its_original(folder):
    project = a_collection("Title", "%(count)d articles")
    write(folder, project)
    translate(folder, "Title", "Tiêu đề")
    translate(folder, "%(count)d articles", "%(number)d bài")
    write(folder, project)
    (placeholder,) = messages.complaints("django", project)
    assert "placeholder" in placeholder
    project.note("Lead", None, "articles/views.py")
    stale_po, untranslated, _placeholder = messages.complaints("django", project)
    assert "django.po is not what the sources say" in stale_po
    assert "'Lead'" in untranslated


def test_a_compiled_catalogue_that_lags_behind_its_source_is_stale(folder):
    project = a_collection("Title")
    write(folder, project)
    translate(folder, "Title", "Tiêu đề")
    assert [line.split()[0] for line in messages.complaints("django", project)] == ["django.mo"]
