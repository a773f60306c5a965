"""Each change of what stands on a group's papers is on the next one, and is its moment."""

from collections.abc import Callable
from datetime import date

import pytest
from django.utils import timezone

from peers import joining, running
from peers.models import Facilitator, Group, Membership
from tests import group_people
from tests import test_group_papers as papers
from tests.people import Person
from tests.test_group_papers import TUESDAY, cells, group_with, roster_of, sign_in_of

pytestmark = pytest.mark.django_db

dana = papers.dana


def comes(dana: Person, group: Group) -> None:
    group_people.asks(Person("cora"), group)


def leaves(dana: Person, group: Group) -> None:
    with dana.acting():
        [first] = Membership.objects.seated().filter(group=group)[:1]
        joining.take_off(group_people.of(dana, group), first.pk)


def is_renamed(dana: Person, group: Group) -> None:
    with dana.acting():
        [first] = group_people.of(dana, group).lend(Membership.objects.seated().filter(group=group)[:1])
        joining.rename(first, "Rosalinda")


def is_changed(dana: Person, group: Group) -> None:
    with dana.acting():
        running.change(group_people.of(dana, group), group_people.terms(name="Wednesday circle"))


def gets_help(dana: Person, group: Group) -> None:
    group_people.helps(Person("lou"), group, dana)


def loses_help(dana: Person, group: Group) -> None:
    with dana.acting():
        lou = Facilitator.objects.running().filter(group=group).exclude(person=dana.pk).get()
        running.end_helping(group_people.of(dana, group), lou.pk)


@pytest.mark.parametrize("act", [comes, leaves, is_renamed, is_changed, gets_help, loses_help])
def test_it_works(dana: Person, act: Callable[[Person, Group], None]) -> None:
    group = group_with(dana, "Rosa", capacity=5)
    if act is loses_help:
        gets_help(dana, group)
    before = roster_of(dana, group)
    began = timezone.now()
    act(dana, group)
    after = roster_of(dana, group)
    assert after.html != before.html
    assert before.moment < began <= after.moment <= timezone.now()
    assert roster_of(dana, group) == after


def test_whoever_left_is_on_neither(dana: Person) -> None:
    group = group_with(dana, "Rosa", "Ben")
    leaves(dana, group)
    left = [name for name in ("Rosa", "Ben") if name in roster_of(dana, group).html]
    assert len(left) == 1
    # A session of long ago was held with both.
    for day, names in ((date(2041, 3, 5), left), (TUESDAY, ["Ben", "Rosa"])):
        assert [cell for cell in cells(sign_in_of(dana, group, day)) if cell] == names


def test_a_mark_brings_somebody_back_onto_the_sheet_and_is_its_moment(dana: Person) -> None:
    group = group_with(dana, "Rosa")
    day = date(2041, 3, 5)
    session = group_people.opens(dana, group, day)
    with dana.acting():
        pk = Membership.objects.get(group=group).pk
    group_people.marks(dana, session, **{str(pk): "here"})
    leaves(dana, group)
    before = sign_in_of(dana, group, day)
    assert "Rosa" in before.html
    group_people.marks(dana, session, **{str(pk): "late"})
    assert sign_in_of(dana, group, day).moment > before.moment
