"""How the desk calls the parts of an article when it compares two texts."""

from django import template

from articles.revisions import LABELS

register = template.Library()


@register.filter
def part_label(name: str) -> str:
    """Return what the part (a key of `articles.revisions.LABELS`) is called at the desk."""
    return str(LABELS[name])
