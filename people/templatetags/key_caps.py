"""How a page prints a key: as its reader calls it."""

from django import template

from people.keys import called

register = template.Library()


@register.filter
def cap(key: str) -> str:
    """ "Shift Space" is "Umschalt Leertaste" on a German page."""
    return called(key)
