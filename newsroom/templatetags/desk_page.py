"""What the desk's own pages ask of the whole house: what waits, who came, how much room the front page has."""

from typing import Any

from django import template
from django.utils import timezone

from articles.desk import first_page
from newsroom import front
from newsroom.models import User
from newsroom.visits.asking import at_once
from newsroom.visits.models import Sums, VisitDay

register = template.Library()


@register.simple_tag
def what_waits(person: Any) -> list[first_page.Panel]:
    """Return the lists of the first page for who is signed in."""
    return first_page.panels(person) if isinstance(person, User) else []


@register.simple_tag
def visits_of_today(person: Any) -> Sums | None:
    """Return how often the site was visited, for who is signed in and may look at its counters; else None.

    None as well while it cannot be told: the desk is needed for other things.
    """
    may_look = isinstance(person, User) and person.has_perm("visits.view_visitday")
    return at_once(lambda: VisitDay.objects.sums(timezone.localdate()), None) if may_look else None


@register.simple_tag
def front_places() -> int:
    """Return how many featured articles the front page has room for."""
    return 1 + front.CARDS
