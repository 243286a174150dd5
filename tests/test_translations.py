"""What readers and editors see is Vietnamese, whoever wrote the words first."""

import re

import pytest
from django.utils import translation
from django.utils.translation import gettext, ngettext, npgettext, pgettext

from newsroom.vietnamese import normalise
from tools import messages

PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[-+#0]*\d*(?:\.\d+)?[sdrifg]|(?<!\{)\{\w*\}(?!\})")


@pytest.fixture(scope="module")
def project() -> dict[str, messages.Collection]:
    return messages.of_the_project()


def in_vietnamese(found: messages.Found) -> str:
    """What the running site makes of a message, through all catalogues that it merges."""
    with translation.override("vi"):
        if isinstance(found.id, tuple):
            singular, plural = found.id
            return npgettext(found.context, singular, plural, 5) if found.context else ngettext(singular, plural, 5)
        return pgettext(found.context, found.id) if found.context else gettext(found.id)


@pytest.mark.parametrize("domain", messages.DOMAINS)
def test_every_message_has_a_translation_and_the_compiled_catalogue_holds_it(domain, project):
    """Strings of the project, and those that Django's and the packages' own catalogues lack."""
    assert list(messages.complaints(domain, project[domain])) == []


@pytest.mark.parametrize("domain", messages.DOMAINS)
def test_a_translation_has_the_placeholders_of_its_original(domain):
    """One that is missing or misspelt is a page that fails, or a number that nobody sees."""
    for message in messages.read(messages.FOLDER / f"{domain}.po").values():
        translated = message.string if isinstance(message.string, str) else message.string[0]
        original = message.id if isinstance(message.id, str) else message.id[1]
        assert sorted(PLACEHOLDER.findall(translated)) == sorted(PLACEHOLDER.findall(original)), message.id


def test_the_running_site_says_every_message_of_the_project_in_vietnamese(project):
    """The proof that the catalogue is where the site looks for it, and that nothing shadows it."""
    ours = messages.read(messages.FOLDER / "django.po")
    for key, found in project["django"].items():
        string = ours[key].string
        assert in_vietnamese(found) == (string if isinstance(string, str) else string[0])


def test_the_running_site_says_in_vietnamese_what_django_and_the_packages_leave_in_english():
    """A list half in English is the mark of a site that nobody looks after."""
    ours = messages.read(messages.FOLDER / "django.po")
    for key, found in messages.left_unsaid("django").items():
        string = ours[key].string
        assert in_vietnamese(found) == (string if isinstance(string, str) else string[0])


@pytest.mark.parametrize("domain", messages.DOMAINS)
def test_translations_are_composed_and_carry_no_stray_spaces(domain):
    """Decomposed letters look the same and are found by no search; a double space is a slip of the hand."""
    for message in messages.read(messages.FOLDER / f"{domain}.po").values():
        for string in [message.string] if isinstance(message.string, str) else message.string:
            original = message.id if isinstance(message.id, str) else message.id[0]
            assert string == normalise(string)
            assert string.startswith(" ") == original.startswith(" ")
            assert string.endswith(" ") == original.endswith(" ")
            assert string.endswith("\n") == original.endswith("\n")
            assert "  " not in string.strip() or "  " in original
