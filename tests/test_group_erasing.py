"""Erasing somebody who is in a group or runs one: the name goes everywhere, counts stay, places go to who is next."""

from collections.abc import Callable
from datetime import timedelta

import psycopg
import pytest
from django.db import DatabaseError, connection
from django.utils import timezone

from peers import joining, running
from peers.models import Facilitator, Group, Mark, Membership, Session
from records.files import File
from records.outbox import Job
from tests import group_people as acts
from tests.people import Person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def dana() -> Person:
    return Person("dana")


@pytest.fixture
def ana() -> Person:
    return Person("annabel")


@pytest.fixture
def ben() -> Person:
    return Person("ben")


@pytest.fixture
def group(dana: Person, ana: Person, ben: Person) -> Group:
    """Ana has the only place and came last week, Ben stands in line; their names are on a paper."""
    group = acts.begins(dana, capacity=1)
    membership = acts.asks(ana, group, "Annie")
    acts.asks(ben, group, "Benny")
    session = acts.opens(dana, group, group.weekly.today(timezone.now()) - timedelta(days=7))
    acts.marks(dana, session, **{str(membership.pk): "here"})
    with dana.acting():
        acts.printed(dana, group, "Annie, Benny")
    return group


@pytest.fixture
def named(admin: psycopg.Connection) -> Callable[[Person], list[str]]:
    """The tables that still name somebody, by the name of their account or by its id."""

    def found(person: Person) -> list[str]:
        return [
            table
            for table in connection.introspection.table_names()
            for word in (str(person.pk), person.user.username)
            if admin.execute(f'SELECT FROM "{table}" t WHERE t::text LIKE %s', [f"%{word}%"]).fetchall()
        ]

    return found


def erase(person: Person) -> None:
    with person.acting(), connection.cursor() as cursor:
        cursor.execute("SELECT sec.erase_person(%s)", [person.pk])


def standing(dana: Person, group: Group) -> list[tuple[str | None, bool, int | None]]:
    """Everybody in the group: name, whether they have a place, and their number in line."""
    with dana.acting():
        people = Membership.objects.open().filter(group=group).with_place_in_line().order_by("line")
        return [(each.called, each.has_place, each.place_in_line) for each in acts.of(dana, group).lend(people)]


def test_it_works(group: Group, dana: Person, ana: Person, named: Callable[[Person], list[str]]) -> None:
    """Of somebody with a place a nameless row stays, and their marks; the place goes to who is next."""
    erase(ana)
    assert standing(dana, group) == [("Benny", True, None)]
    assert named(ana) == []
    with dana.acting():
        gone = Membership.objects.get(group=group, person=None)
        assert (gone.__dict__["called"], gone.ended_how, gone.has_place) == (None, "left", False)
        assert Mark.objects.get().whose == gone.pk
        assert Session.objects.count() == 1


def test_papers_with_the_name_are_gone(group: Group, dana: Person, ana: Person) -> None:
    with dana.acting():
        assert File.objects.filter(holder=group.pk).count() == 1
    erase(ana)
    with dana.acting():
        assert not File.objects.filter(holder=group.pk).exists()
    assert Job.objects.get(holder_id=group.pk).file_id is None
    assert dana.get("peers:paper_download", group.pk, Job.objects.get(holder_id=group.pk).pk).status_code == 302


def test_papers_of_other_groups_stay(group: Group, dana: Person, ana: Person) -> None:
    other = acts.begins(dana)
    with dana.acting():
        kept = acts.printed(dana, other, "Cora")
    erase(ana)
    with dana.acting():
        assert File.objects.get().pk == Job.objects.get(pk=kept.pk).file_id


def test_who_stands_in_line(group: Group, dana: Person, ben: Person, named: Callable[[Person], list[str]]) -> None:
    """The line closes up."""
    acts.asks(Person("cora"), group)
    assert standing(dana, group)[1:] == [("Benny", False, 1), ("cora", False, 2)]
    erase(ben)
    assert standing(dana, group) == [("Annie", True, None), ("cora", False, 1)]
    assert named(ben) == []


def test_who_asks_and_who_was_declined(dana: Person, ana: Person, ben: Person) -> None:
    group = acts.begins(dana, joining=Group.Joining.BY_REQUEST)
    acts.asks(ana, group)
    declined = acts.asks(ben, group)
    with dana.acting():
        assert joining.decline(acts.of(dana, group), declined.pk)
    erase(ana)
    erase(ben)
    assert standing(dana, group) == []
    with dana.acting():
        rows = Membership.objects.filter(group=group).order_by("made_at")
        assert [(each.__dict__["called"], each.ended_how) for each in rows] == [(None, "left"), (None, "declined")]


def test_who_left_long_ago(group: Group, dana: Person, ana: Person, named: Callable[[Person], list[str]]) -> None:
    acts.leaves(ana, group)
    erase(ana)
    assert named(ana) == []
    with dana.acting():
        assert not Membership.objects.filter(group=group, person=None, called__isnull=False).exists()


def test_one_who_runs_it_with_somebody(
    group: Group, dana: Person, ana: Person, named: Callable[[Person], list[str]]
) -> None:
    lou, cora = Person("lou"), Person("cora")
    acts.helps(lou, group, asked_by=dana)
    asked = acts.is_asked_to_help(cora, group, asked_by=dana)
    erase(dana)
    assert named(dana) == []
    assert acts.of(lou, group).relation == "facilitator"
    assert acts.of(Person("eve"), group).relation == "visitor"
    with lou.acting():
        assert [each.called for each in acts.of(lou, group).facilitators()] == ["Lou"]
        assert Mark.objects.count() == 1
        assert running.end_helping(acts.of(lou, group), asked.pk)


def test_the_only_one_who_runs_it(group: Group, dana: Person, ana: Person, ben: Person) -> None:
    """Nobody finds the group any more, and nobody new has its key. Who is in it can still go."""
    acts.begins(Person("lou"))
    erase(dana)
    eve = Person("eve")
    with eve.acting():
        assert not Group.objects.visible_to(eve.user).filter(pk=group.pk).exists()
        assert not Group.objects.filter(pk=group.pk).exists()
    assert str(group.pk) not in eve.get("peers:group_find").content.decode()
    assert eve.get("peers:group_detail", group.pk).status_code == 404
    assert ana.get("peers:group_detail", group.pk).status_code == 200
    assert ana.post("peers:group_leave", group.pk).status_code == 302
    with ben.acting():
        own = acts.of(ben, group).own_membership(ben.user)
        assert own
        assert own.has_place


def test_somebody_she_had_asked_can_still_take_it_on(group: Group, dana: Person) -> None:
    lou = Person("lou")
    acts.is_asked_to_help(lou, group, asked_by=dana)
    erase(dana)
    with lou.acting():
        running.say_yes(acts.of(lou, group), lou.user, "Lou")
    assert acts.of(lou, group).relation == "facilitator"
    assert acts.of(Person("eve"), group).relation == "visitor"


def test_nobody_revives_who_was_erased(group: Group, dana: Person) -> None:
    """A row without a person that runs the group again would let the last one stop."""
    lou = Person("lou")
    acts.helps(lou, group, asked_by=dana)
    erase(dana)
    with pytest.raises(DatabaseError, match="only the person"), lou.acting():
        Facilitator.objects.filter(person=None).update(ended_at=None)


def test_jobs_that_she_asked_for_go(group: Group, dana: Person) -> None:
    assert Job.objects.filter(person_id=dana.pk).exists()
    erase(dana)
    assert not Job.objects.filter(holder_id=group.pk).exists()


def test_a_group_is_not_erased_with_a_person(group: Group, dana: Person, ana: Person, ben: Person) -> None:
    erase(dana)
    with ben.acting():
        seen = acts.of(ben, group)
        assert (seen.name, seen.places_taken) == ("Tuesday circle", 1)
