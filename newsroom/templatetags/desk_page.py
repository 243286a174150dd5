"""The first page of the desk: what waits, above the list of all desks."""

from typing import Any

from django import template

from articles import desk_page
from newsroom.models import User

register = template.Library()


@register.simple_tag
def what_waits(person: Any) -> list[desk_page.Panel]:
    """Return the lists of the first page for who is signed in."""
    return desk_page.panels(person) if isinstance(person, User) else []
