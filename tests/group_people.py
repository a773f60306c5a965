"""What people do in groups, for tests: through the product's own acts, each as the person who does it."""

from datetime import date, time
from typing import Any
from uuid import UUID

from django.utils import timezone

from peers import attendance, joining, running
from peers.kinds import ROSTER
from peers.models import Facilitator, Group, Membership, Session
from records import files, outbox
from records.outbox import Job
from tests.people import Person

TUESDAY = 1


def terms(**changed: Any) -> running.Terms:
    """A listed group of ten that people may simply join, on Tuesdays at ten."""
    words = {
        "name": changed.pop("name", "Tuesday circle"),
        "about": changed.pop("about", "We talk and we listen."),
        "place": changed.pop("place", "Library, room 2"),
    }
    known = {
        "for_members": "The door code is 4711.",
        "weekday": TUESDAY,
        "at": time(10),
        "minutes": 90,
        "time_zone": "America/New_York",
        "capacity": 10,
        "joining": Group.Joining.OPEN,
        "is_listed": True,
    }
    return running.Terms(words=words, **{**known, **changed})


def begins(person: Person, called: str = "Dana", **changed: Any) -> Group:
    """A group that this person runs."""
    with person.acting():
        group = running.begin(person.user, terms(**changed), called)
        return of(person, group)


def of(person: Person, group: Group) -> Group:
    """The group as this person sees it. Raises Group.DoesNotExist if they do not."""
    with person.acting():
        return Group.objects.visible_to(person.user).get(pk=group.pk)


def asks(person: Person, group: Group, called: str = "") -> Membership:
    with person.acting():
        return joining.ask(of(person, group), person.user, called or person.user.username)


def leaves(person: Person, group: Group) -> bool:
    with person.acting():
        return joining.leave(of(person, group), person.user)


def helps(person: Person, group: Group, asked_by: Person, called: str = "Lou") -> Facilitator:
    """Asked to help run the group, and says yes."""
    asked = is_asked_to_help(person, group, asked_by)
    with person.acting():
        running.say_yes(of(person, group), person.user, called)
    return asked


def is_asked_to_help(person: Person, group: Group, asked_by: Person) -> Facilitator:
    with asked_by.acting():
        return running.ask_to_help(of(asked_by, group), asked_by.user, person.user)


def opens(person: Person, group: Group, day: date) -> Session:
    """A session of the group, reached from the group by who runs it."""
    with person.acting():
        return attendance.open_session(of(person, group), day)


def marks(person: Person, session: Session, **what: Any) -> None:
    """`marks(dana, session, **{str(membership.pk): "here"})`, by whoever runs the group."""
    with person.acting():
        by = Facilitator.objects.running().get(group=session.group_id, person=person.pk)
        attendance.mark(session, by, {UUID(pk): mark for pk, mark in what.items()})


def printed(person: Person, group: Group, words: str) -> Job:
    """A group's roster on paper, with these words in it. The person must be acting."""
    content = words.encode()
    fingerprint = group.key.fingerprint(content)
    made = files.keep(group, kind=ROSTER.name, part="", fingerprint=fingerprint, content=content)
    job = outbox.ask(ROSTER.name, holder_id=group.holder_id, subject_id=group.pk, person_id=person.pk)
    Job.objects.filter(pk=job.pk).update(attempts=1, finished_at=timezone.now(), file=made)
    return job
