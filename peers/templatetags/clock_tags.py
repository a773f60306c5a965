"""Moments on two clocks: the group's, which its people go by, and one's own where it says something else.

Both give what a clock on the wall shows, without a time zone: Django's `date` turns any other time to one's own.
"""

from datetime import datetime

from django import template
from django.utils.timezone import localtime

register = template.Library()


@register.filter
def group_clock(at: datetime) -> datetime:
    """What the clock of the group's place shows. `at`: a moment with the group's own time zone."""
    return at.replace(tzinfo=None)


@register.filter
def own_clock(at: datetime) -> datetime | None:
    """What one's own clock shows at that moment; None if it is the same as the group's."""
    own = localtime(at).replace(tzinfo=None)
    return None if own == group_clock(at) else own
