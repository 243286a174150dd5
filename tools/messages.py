"""Collect what must be said in Vietnamese, keep what is translated, and compile it.

    make messages                              update locale/vi from the sources, and compile it
    .venv/bin/python tools/messages.py --check     say what is stale or untranslated, and fail

The catalogue holds every string of the project, and after them what Django and the packages say in English
because their own Vietnamese catalogues lack it, or say in a Vietnamese that no editor would (such a message is
kept for as long as its translator's comment begins with "reworded"). Nothing in it depends on the day, the
machine or the number of a line, so that it changes only when words do; messages that nothing uses any more are
dropped.
"""

import argparse
import gettext
import io
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django  # noqa: E402
from babel.messages.catalog import Catalog, Message  # noqa: E402
from babel.messages.extract import DEFAULT_KEYWORDS, extract  # noqa: E402
from babel.messages.mofile import write_mo  # noqa: E402
from babel.messages.pofile import generate_po, read_po  # noqa: E402
from django.apps import apps  # noqa: E402
from django.utils.translation.template import templatize  # noqa: E402

FOLDER = ROOT / "locale" / "vi" / "LC_MESSAGES"
DOMAINS = ("django", "djangojs")
PACKAGES = ("newsroom", "committees", "articles")

KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
    "phrase": None,  # newsroom.phrases
}

# Django's own sources whose words nobody sees here: the names of other languages, and its welcome page.
UNSEEN = ("conf/global_settings.py", "views/templates/default_urlconf.html")

HEADER = [
    ("Project-Id-Version", "newsroom"),
    ("Language", "vi"),
    ("MIME-Version", "1.0"),
    ("Content-Type", "text/plain; charset=UTF-8"),
    ("Content-Transfer-Encoding", "8bit"),
    ("Plural-Forms", "nplurals=1; plural=0;"),
]

Key = tuple[str | None, str]  # context and message, as a catalogue finds it


@dataclass
class Found:
    """A message as the sources use it: where, and what they tell its translator."""

    id: str | tuple[str, ...]
    context: str | None
    places: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)

    @property
    def key(self) -> Key:
        return key_of(self)


def key_of(message: Found | Message) -> Key:
    return message.context or None, message.id if isinstance(message.id, str) else message.id[0]


class Collection(dict[Key, Found]):
    """Messages by context and words; one that is found again gains a place (and a plural, if it had none)."""

    def note(self, id: str | tuple[str, ...], context: str | None, place: str, comments: Iterable[str] = ()) -> None:
        found = Found(id, context or None)
        found = self.setdefault(found.key, found)
        if isinstance(found.id, str):
            found.id = id
        if place not in found.places:
            found.places.append(place)
        found.comments += [comment for comment in comments if comment not in found.comments]


# --- What the sources say ----------------------------------------------------------------------


def messages_of(path: Path, text: str) -> Iterator[tuple[str | tuple[str, ...], str | None, list[str]]]:
    """Yield each message that the source `text` marks for translation: words, context, comments."""
    method = {".py": "python", ".js": "javascript"}.get(path.suffix)
    if method is None:
        # Inside a bracket the tokenizer does not mind how the template is indented.
        method, text = "python", f"({templatize(text, origin=str(path))}\n)"
    source = io.BytesIO(text.encode())
    for _line, words, comments, context in extract(method, source, KEYWORDS, comment_tags=("Translators:",)):
        if isinstance(words, list | tuple):
            words = tuple(words[:2])
        yield words, context, comments


def sources(folder: Path) -> Iterator[Path]:
    """Yield the sources under `folder` that readers hear from, in a fixed order."""
    for path in sorted(folder.rglob("*")):
        if path.suffix in {".py", ".html", ".txt", ".xml", ".js"} and not {"migrations", "tests"} & {*path.parts}:
            yield path


def of_the_project() -> dict[str, Collection]:
    """Return what the project says, by domain: JavaScript is of `djangojs`, all else of `django`."""
    found = {domain: Collection() for domain in DOMAINS}
    for folder in (*PACKAGES, "templates", "static"):
        for path in sources(ROOT / folder):
            domain = "djangojs" if path.suffix == ".js" else "django"
            for words, context, comments in messages_of(path, path.read_text(encoding="utf-8")):
                found[domain].note(words, context, path.relative_to(ROOT).as_posix(), comments)
    return found


# --- What Django and the packages leave unsaid -------------------------------------------------


def installed() -> list[tuple[str, Path]]:
    """Return name and folder of Django's ground and of each installed app that is not ours."""
    ours = [(config.name, Path(config.path)) for config in apps.get_app_configs() if not_ours(config.name)]
    return [("django", Path(django.__file__).parent / "conf"), *ours]


def not_ours(name: str) -> bool:
    return name.partition(".")[0] not in PACKAGES


def said_in_vietnamese(domain: str) -> set[Key]:
    """Return what the catalogues of Django and the packages translate."""
    said: set[Key] = set()
    for _name, folder in installed():
        path = folder / "locale" / "vi" / "LC_MESSAGES" / f"{domain}.mo"
        if path.exists():
            with path.open("rb") as file:
                catalogue = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
            for entry in catalogue:
                words = entry if isinstance(entry, str) else entry[0]
                context, _, words = words.rpartition("\x04")
                said.add((context or None, words))
    return said


def reworded(kept: dict[Key, Message]) -> set[Key]:
    """Return which of the messages in our catalogue say better what a package says in Vietnamese too."""
    return {key for key, message in kept.items() if any(note.startswith("reworded") for note in message.user_comments)}


def left_unsaid(domain: str) -> Collection:
    """Return what Django and the packages say in English for want of a translation of their own, or badly.

    Django's words are read from its English catalogues, which it keeps complete; those of other
    packages from their sources.
    """
    found = Collection()
    said = said_in_vietnamese(domain) - reworded(read(FOLDER / f"{domain}.po"))
    for name, folder in installed():
        english = folder / "locale" / "en" / "LC_MESSAGES" / f"{domain}.po"
        if english.exists():
            for message in read_po(io.BytesIO(english.read_bytes())):
                seen = [place for place, _line in message.locations if not place.endswith(UNSEEN)]
                if message.id and key_of(message) not in said and (seen or not message.locations):
                    found.note(message.id, message.context, name)
        elif name.partition(".")[0] != "django":
            suffixes = {".js"} if domain == "djangojs" else {".py", ".html", ".txt", ".xml"}
            for path in sources(folder):
                if path.suffix in suffixes and "static" not in path.relative_to(folder).parts:
                    for words, context, _comments in messages_of(path, path.read_text(encoding="utf-8")):
                        if (context or None, words if isinstance(words, str) else words[0]) not in said:
                            found.note(words, context, name)
    return found


# --- The catalogue -----------------------------------------------------------------------------


class Catalogue(Catalog):
    """A catalogue whose header says nothing of the day it was written or of what wrote it."""

    mime_headers: Any = property(lambda self: HEADER, lambda self, headers: None)


def read(path: Path) -> dict[Key, Message]:
    """Return the messages of the catalogue at `path`; none where there is no file."""
    if not path.exists():
        return {}
    return {key_of(message): message for message in read_po(io.BytesIO(path.read_bytes())) if message.id}


def is_translated(string: Any) -> bool:
    """Whether `string`, a translation or the list of a plural's, says anything."""
    return all([string] if isinstance(string, str) else string or [""])


def build(domain: str, project: Collection) -> tuple[Catalogue, list[Found]]:
    """Return the catalogue of `domain`, with the translations we have, and the messages that have none."""
    kept = read(FOLDER / f"{domain}.po")
    catalogue = Catalogue(
        fuzzy=False, locale="vi", header_comment="# Vietnamese, as the newsroom speaks it. Written by `make messages`."
    )
    untranslated = []
    theirs = left_unsaid(domain)
    for found in [
        *sorted(project.values(), key=lambda found: (found.places[0], found.key[1], found.key[0] or "")),
        *sorted(
            (found for key, found in theirs.items() if key not in project),
            key=lambda found: (found.places[0], found.key[1], found.key[0] or ""),
        ),
    ]:
        old = kept.get(found.key)
        string: Any = old.string if old else ""
        if isinstance(found.id, str):
            string = string if isinstance(string, str) else (string or [""])[0]
        else:
            string = [string] if isinstance(string, str) else list(string or [""])[:1]
        catalogue.add(
            found.id,
            string,
            locations=[(place, 0) for place in found.places],
            auto_comments=found.comments,
            user_comments=old.user_comments if old else (),
            context=found.context,
        )
        if not is_translated(string):
            untranslated.append(found)
    return catalogue, untranslated


def written(catalogue: Catalogue) -> tuple[bytes, bytes]:
    """Return `catalogue` as the bytes of its .po and of its .mo."""
    text = "".join(generate_po(catalogue, include_lineno=False, width=110))
    # What has no translation is left out, or Babel would give out the English singular for a plural.
    translated = Catalogue(locale="vi", fuzzy=False)
    for message in catalogue:
        if message.id and is_translated(message.string):
            translated[message.id] = message
    compiled = io.BytesIO()
    write_mo(compiled, translated)
    return text.rstrip("\n").encode() + b"\n", compiled.getvalue()


def complaints(domain: str, project: Collection) -> Iterator[str]:
    """Yield what is stale, untranslated or at odds with its original in the catalogue of `domain`."""
    catalogue, untranslated = build(domain, project)
    for path, content in zip(paths(domain), written(catalogue), strict=True):
        if len(catalogue) and (not path.exists() or path.read_bytes() != content):
            yield f"{path.relative_to(ROOT)} is not what the sources say: run `make messages`"
    for found in untranslated:
        yield f"{domain}: untranslated: {found.key[1]!r} ({', '.join(found.places)})"
    for message, errors in catalogue.check():
        if is_translated(message.string):
            for error in errors:
                yield f"{domain}: {key_of(message)[1]!r}: {error}"


def paths(domain: str) -> tuple[Path, Path]:
    return FOLDER / f"{domain}.po", FOLDER / f"{domain}.mo"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--check", action="store_true", help="write nothing; say what is stale or untranslated, and fail"
    )
    options = parser.parse_args()
    django.setup()
    project = of_the_project()
    if options.check:
        found = [line for domain in DOMAINS for line in complaints(domain, project[domain])]
        print("\n".join(found))
        return bool(found)
    FOLDER.mkdir(parents=True, exist_ok=True)
    for domain in DOMAINS:
        catalogue, untranslated = build(domain, project[domain])
        if len(catalogue):
            for path, content in zip(paths(domain), written(catalogue), strict=True):
                path.write_bytes(content)
        print(f"{domain}: {len(catalogue)} messages, {len(untranslated)} untranslated")
    return 0


if __name__ == "__main__":
    sys.exit(main())
