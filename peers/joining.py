"""Coming into a group and going out of it. Places and the waiting list are kept by the database (migration 2)."""

from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.models import User
from peers.models import Facilitator, Group, Membership

EndedHow = Membership.EndedHow


def ask(group: Group, person: User, called: str) -> Membership:
    """Ask to join under a name. Gives how the person stands now, also if they were in the group already.

    In an open group they have a place at once if one is free, or stand in line; else who runs it answers.
    Raises NotLent for a group that did not come from `visible_to`.
    """
    # Two presses at once meet at the constraint `membership_once_a_group`: the first one's row is the one.
    asked = group.new(Membership, group=group, person=person, called=called)
    Membership.objects.bulk_create([asked], ignore_conflicts=True)
    if (standing := group.own_membership(person)) is None:
        raise Membership.DoesNotExist
    return standing


def takes_people(group: Group) -> bool:
    """Whether somebody can ask at all: it is on the list, and somebody runs it (`sec.group_is_listed`)."""
    return group.is_listed and Facilitator.objects.running().filter(group=group).exists()


def add(group: Group, called: str) -> Membership:
    """Somebody without an account, by first name: they take a place, or stand in line."""
    added = group.new(Membership, group=group, called=called)
    added.save()
    return in_group(group, added.pk)


def accept(group: Group, pk: UUID) -> Membership:
    """Whoever asked has a place now, or stands in line. Accepting twice changes nothing."""
    lock(group.pk)
    _accept(group, pk)
    return in_group(group, pk)


def accept_all(group: Group) -> None:
    """Everybody who asked, in the order they did: nobody is passed over when a group opens."""
    lock(group.pk)
    for pk in list(Membership.objects.asking().filter(group=group).values_list("pk", flat=True)):
        _accept(group, pk)


def decline(group: Group, pk: UUID) -> bool:
    """Not this time. False for somebody who was accepted meanwhile, or does not ask any more."""
    return _end(group, EndedHow.DECLINED, pk=pk, accepted_at=None)


def take_off(group: Group, pk: UUID) -> bool:
    """Off the list, whether with a place or in line; the place goes to who is next. False if they are off already."""
    return _end(group, EndedHow.TAKEN_OFF, pk=pk, accepted_at__isnull=False)


def leave(group: Group, person: User) -> bool:
    """By one's own act; the place goes to who is next. False for somebody who is not in the group."""
    return _end(group, EndedHow.LEFT, person=person.pk)


def rename(membership: Membership, called: str) -> bool:
    """Another name for this group. False for somebody who is not in it any more."""
    lock(membership.group_id)
    if not Membership.objects.open().filter(pk=membership.pk).exists():
        return False
    membership.called, membership.renamed_at = called, timezone.now()
    membership.save(update_fields=["called", "renamed_at"])
    return True


def in_group(group: Group, pk: UUID) -> Membership:
    """One person of the group, readable, with `.place_in_line`. Raises Membership.DoesNotExist."""
    return group.lend([Membership.objects.filter(group=group).with_place_in_line().get(pk=pk)])[0]


def answers_since(person: User, since: datetime) -> list[Membership]:
    """What groups decided about this person lately: declined, or taken off the list. Their names stay sealed.

    The latest first; not of groups they are in now.
    """
    in_now = Membership.objects.open().filter(person=person.pk, group=OuterRef("group"))
    decided = Membership.objects.filter(~Exists(in_now), person=person.pk, ended_at__gt=since)
    return list(decided.filter(ended_how__in=[EndedHow.DECLINED, EndedHow.TAKEN_OFF]).order_by("-ended_at"))


def _accept(group: Group, pk: UUID) -> None:
    # One by one: each takes the next number in line.
    Membership.objects.filter(group=group, pk=pk).asking().update(accepted_at=timezone.now())


def _end(group: Group, how: str, **whose: object) -> bool:
    lock(group.pk)
    now = timezone.now()
    return bool(Membership.objects.open().filter(group=group, **whose).update(ended_at=now, ended_how=how))


def lock(pk: UUID) -> None:
    """First the group, then its people: who gives a place locks in this order, and two never wait for each other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sec.lock_group(%s)", [pk])
