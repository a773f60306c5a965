"""The directive's topics as data: the union of what published forms ask, in our own words. Every one is optional.

Pages, forms, documents and shares read this one catalogue. The keys are those of `law_words.treatments`.
"""

from django.utils.translation import gettext_lazy as _

from directives.law_words.treatments import TOPIC_KEYS
from directives.topics import crisis, me, paper, speaking, treatment
from directives.topics.shape import Topic

GROUPS = (
    ("first", _("First things")),
    ("speaks", _("Who speaks for me")),
    ("know", _("What helps to know")),
    ("treatment", _("My treatment")),
    ("where", _("Where I am")),
    ("hard", _("When it gets hard")),
    ("people", _("My people")),
    ("life", _("My life goes on")),
    ("paper", _("About this paper")),
)

_FOUND = {
    value.key: value
    for module in (crisis, me, paper, speaking, treatment)
    for value in vars(module).values()
    if isinstance(value, Topic)
}
TOPICS = {key: _FOUND[key] for key in TOPIC_KEYS}
# As they are asked, group by group; the papers have an order of their own.
IN_ORDER = tuple(topic for group, _title in GROUPS for topic in TOPICS.values() if topic.group == group)
# What a reader in an emergency looks for, before the rest.
URGENT = ("agent", "alternate", "first_five", "allergies", "medicines_no", "deescalation")
BY_SLUG = {topic.slug: topic for topic in TOPICS.values()}

__all__ = ["BY_SLUG", "GROUPS", "IN_ORDER", "TOPICS", "URGENT", "Topic"]
