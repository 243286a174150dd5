"""What the desk's own pages ask of the whole house: what waits, how much room the front page has."""

from typing import Any

from django import template

from articles import desk_page
from newsroom import front
from newsroom.models import User

register = template.Library()


@register.simple_tag
def what_waits(person: Any) -> list[desk_page.Panel]:
    """Return the lists of the first page for who is signed in."""
    return desk_page.panels(person) if isinstance(person, User) else []


@register.simple_tag
def front_places() -> int:
    """Return how many featured articles the front page has room for."""
    return 1 + front.CARDS
