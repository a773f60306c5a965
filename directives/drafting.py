"""Acts on the draft as a whole: choosing its state, putting a topic aside, taking it up again. All can be repeated."""

from django.db import transaction
from django.utils import timezone

from directives.models import Directive
from directives.topics import Topic


def choose_state(directive: Directive, code: str) -> None:
    """`code`: of the law's data, such as "NC"; "" takes the choice back. What was written stays as it is."""
    rows = Directive.objects.filter(pk=directive.pk).exclude(state=code)
    rows.update(state=code, changed_at=timezone.now())


def put_aside(directive: Directive, topic: Topic) -> None:
    _set_skipped(directive, topic, True)


def take_up(directive: Directive, topic: Topic) -> None:
    _set_skipped(directive, topic, False)


@transaction.atomic
def _set_skipped(directive: Directive, topic: Topic, is_skipped: bool) -> None:
    # Locked: two windows that skip two topics at once both count.
    current = Directive.objects.select_for_update().get(pk=directive.pk)
    others = [key for key in current.skipped if key != topic.key]
    Directive.objects.filter(pk=directive.pk).update(skipped=[*others, topic.key] if is_skipped else others)
