"""Beginning a group, changing it, and who helps to run it."""

import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import time, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from peers import attendance, joining
from peers.models import Facilitator, Group, Inside
from records.acting import acting_as
from records.models import Holder, HolderKey, lend
from records.vault import open_key

# Constraints of the database that an act may meet when two people act at once, and what they mean.
KEEPS_PLACES, IS_RUN, ONCE = "group_keeps_places", "group_is_run", "facilitator_once_a_group"
# And one of ours: a question that was not taken up is not asked again at once.
ASKED_LATELY, RESTS = "asked lately", timedelta(days=30)
# Two who change a group at once: the second one reads first.
CHANGED = "changed"


# What of a group stands in columns of its own, by the names that its terms have too.
COLUMNS = ("weekday", "at", "minutes", "time_zone", "capacity", "joining", "is_listed")


class NotPossible(Exception):
    """Why an act cannot be done now: the name of the rule it would break."""


@dataclass(frozen=True)
class Terms:
    """What a group is. `words`: name, about and place; `for_members` as in `Inside`; the rest as in `Group`."""

    words: Mapping[str, str]
    for_members: str
    weekday: int
    at: time
    minutes: int
    time_zone: str
    capacity: int
    joining: str
    is_listed: bool


def begin(person: User, terms: Terms, called: str, form_id: UUID | None = None) -> Group:
    """A new group with a key of its own, run by this person under that name.

    `form_id`: made with the form, so that sent twice it is one group.
    """
    # SECURITY: hashed with the person's own id, so that nobody can name another holder to act as.
    holder_id = uuid.uuid5(person.pk, str(form_id or uuid.uuid4()))
    if begun := Group.objects.visible_to(person).filter(pk=holder_id).first():
        return begun
    # SECURITY: the group acts for itself in these lines only: until somebody runs it, nobody else may write to it.
    with acting_as(holder_id):
        Holder.begin(holder_id, Holder.Kind.GROUP)
        key = open_key(holder_id, bytes(HolderKey.objects.get(holder=holder_id).wrapped))
        [group] = lend(key, [Group(pk=holder_id, holder_id=holder_id)])
        _set(group, terms)
        group.save()
        group.new(Inside, group=group, words=terms.for_members).save()
        group.new(Facilitator, group=group, person=person, called=called, accepted_at=timezone.now()).save()
    return group


def change(group: Group, terms: Terms, seen: str = "") -> None:
    """Other terms. More places go to who is next in line; a group that opens takes in all who asked, in their order.

    `seen`: the group's `version` that the form showed. Raises NotPossible(CHANGED) if somebody else changed it since,
    NotPossible(KEEPS_PLACES) for fewer places than are taken.
    """
    joining.lock(group.pk)
    if seen and Group.objects.get(pk=group.pk).version != seen:
        raise NotPossible(CHANGED)
    _set(group, terms)
    group.changed_at = timezone.now()
    with _refusing(KEEPS_PLACES):
        group.save(update_fields=["words", *COLUMNS, "changed_at"])
    for inside in group.lend(Inside.objects.filter(group=group)):
        inside.words = terms.for_members
        inside.save(update_fields=["words"])
    if group.is_open:
        joining.accept_all(group)
    attendance.move_to_come(group)


def ask_to_help(group: Group, asked_by: User, person: User) -> Facilitator:
    """Ask somebody to help run the group; they see names only once they say yes.

    Raises NotPossible(ONCE), or NotPossible(ASKED_LATELY) when they said no, or the question was taken back.
    """
    not_taken_up = Facilitator.objects.filter(group=group, person=person.pk, accepted_at=None)
    if not_taken_up.filter(ended_at__gt=timezone.now() - RESTS).exists():
        raise NotPossible(ASKED_LATELY)
    mine = Facilitator.objects.running().get(group=group, person=asked_by.pk)
    asked = group.new(Facilitator, group=group, person=person, asked_by=mine)
    with _refusing(ONCE):
        asked.save()
    return asked


def say_yes(group: Group, person: User, called: str) -> bool:
    """Help run the group from now on, under this name. A place one had as a member goes to who is next.

    False if the question was taken back meanwhile.
    """
    joining.lock(group.pk)
    asked = Facilitator.objects.open().filter(group=group, person=person.pk, accepted_at=None).first()
    if asked is None:
        return False
    [asked] = group.lend([asked])
    asked.called, asked.accepted_at = called, timezone.now()
    asked.save(update_fields=["called", "accepted_at"])
    joining.leave(group, person)
    return True


def say_no(group: Group, person: User) -> bool:
    """False if nothing is asked any more."""
    asked = Facilitator.objects.open().filter(group=group, person=person.pk, accepted_at=None)
    return bool(asked.update(ended_at=timezone.now()))


def end_helping(group: Group, pk: UUID) -> bool:
    """Take back a question, stop running the group oneself, or end it for somebody one asked.

    False if it is over already. Raises NotPossible(IS_RUN) for the last who runs it.
    """
    joining.lock(group.pk)
    with _refusing(IS_RUN):
        return bool(Facilitator.objects.open().filter(group=group, pk=pk).update(ended_at=timezone.now()))


def may_end(helper: Facilitator, mine: Facilitator) -> bool:
    """Whether who acts may end this: themselves, whoever they asked, and a question nobody has answered yet."""
    return helper.pk == mine.pk or helper.asked_by_id == mine.pk or helper.accepted_at is None


def _set(group: Group, terms: Terms) -> None:
    group.words = dict(terms.words)
    for name in COLUMNS:
        setattr(group, name, getattr(terms, name))


@contextmanager
def _refusing(rule: str) -> Iterator[None]:
    """A savepoint in which breaking this rule of the database is an answer: NotPossible with its name."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if _rule_of(error) != rule:
            raise
        raise NotPossible(rule) from error


def _rule_of(error: IntegrityError) -> str:
    """The name of the constraint that refused."""
    diagnosis = getattr(error.__cause__, "diag", None)
    return str(getattr(diagnosis, "constraint_name", ""))
