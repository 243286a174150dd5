"""Compile every template of the project, and find what each names.

A template that cannot be compiled, or that extends, includes or asks for a static file that is not there,
is a page that fails for a reader: it fails here instead.
"""

import os
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django  # noqa: E402
from django.contrib.staticfiles import finders  # noqa: E402
from django.template import TemplateDoesNotExist, TemplateSyntaxError  # noqa: E402
from django.template.loader import get_template  # noqa: E402

# Names given as literals; a name that is computed is found out by the tests of its page.
TEMPLATE = re.compile(r"""{%\s*(?:extends|include)\s+(["'])(.+?)\1""")
# What readers would see: a comment that does not end on its line, and what a merge left behind.
PRINTED = re.compile(r"{#(?!.*#})|^(?:<{7}|={7}|>{7})(?: |$)", re.MULTILINE)
STATIC = re.compile(r"""{%\s*static\s+(["'])(.+?)\1""")


def faults(folder: Path) -> list[str]:
    """Return what is wrong with the templates under `folder`, one sentence each."""
    found = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        try:
            text = path.read_text(encoding="utf-8")
            get_template(name)
        except (TemplateSyntaxError, TemplateDoesNotExist, UnicodeDecodeError) as error:
            found.append(f"{name}: {error}")
            continue
        for match in PRINTED.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            found.append(f"{name}, line {line}: {match[0]} would be printed")
        for _quote, other in TEMPLATE.findall(text):
            try:
                get_template(other)
            except TemplateDoesNotExist:
                found.append(f"{name}: no template is named {other}")
            except TemplateSyntaxError:
                pass  # told at its own name
        found += [
            f"{name}: no static file is named {other}" for _, other in STATIC.findall(text) if not finders.find(other)
        ]
    return found


if __name__ == "__main__":
    django.setup()
    complaints = faults(ROOT / "templates")
    print("\n".join(complaints))
    sys.exit(bool(complaints))
