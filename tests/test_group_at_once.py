"""Two act on one group at the same moment, really committed: every order gives a whole, and nobody waits for ever."""

from collections.abc import Callable

import pytest
from django.db import connection, transaction

from peers import joining, running
from peers.models import Facilitator, Group, Membership
from peers.running import IS_RUN, KEEPS_PLACES, NotPossible
from tests import group_people as acts
from tests.at_once import at_once
from tests.people import Person

ROUNDS = 4

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def dana() -> Person:
    return Person("dana")


@pytest.fixture
def people() -> list[Person]:
    return [Person(name) for name in ("ana", "ben", "cora")]


def stops(person: Person, group: Group) -> Callable[[], object]:
    """Stop running the group oneself."""

    def act() -> bool:
        with person.acting():
            mine = Facilitator.objects.running().get(group=group, person=person.pk)
            return running.end_helping(acts.of(person, group), mine.pk)

    return act


def changes(person: Person, group: Group, **terms: object) -> Callable[[], object]:
    def act() -> None:
        with person.acting():
            running.change(acts.of(person, group), acts.terms(**terms))

    return act


def erases(person: Person) -> Callable[[], object]:
    def act() -> None:
        with person.acting(), connection.cursor() as cursor:
            cursor.execute("SELECT sec.erase_person(%s)", [person.pk])

    return act


def standing(dana: Person, group: Group) -> tuple[set[str], list[str]]:
    """Who has a place, and who stands in line, by the names they chose."""
    with dana.acting():
        known = acts.of(dana, group)
        in_it = Membership.objects.filter(group=group)
        return (
            {each.called for each in known.lend(in_it.seated())},
            [each.called for each in known.lend(in_it.waiting())],
        )


def test_it_works(dana: Person, people: list[Person]) -> None:
    """Two stop running a group: one may, the other stays."""
    for _round in range(ROUNDS):
        group = acts.begins(dana)
        acts.helps(people[0], group, asked_by=dana)
        given = at_once([stops(dana, group), stops(people[0], group)])
        assert sorted(map(str, given)) == ["True", IS_RUN]
        with people[1].acting():
            assert Facilitator.objects.running().filter(group=group).count() == 1


def test_a_place_is_taken_while_it_is_taken_away(dana: Person, people: list[Person]) -> None:
    ana, ben, _cora = people
    for _round in range(ROUNDS):
        group = acts.begins(dana, capacity=2)
        acts.asks(ana, group)
        asked, changed = at_once([lambda: acts.asks(ben, group), changes(dana, group, capacity=1)])  # noqa: B023
        assert isinstance(asked, Membership)
        if isinstance(changed, NotPossible):
            assert (str(changed), standing(dana, group)) == (KEEPS_PLACES, ({"ana", "ben"}, []))
        else:
            assert (changed, standing(dana, group)) == (None, ({"ana"}, ["ben"]))


def test_next_in_line_goes_while_a_place_becomes_free(dana: Person, people: list[Person]) -> None:
    """One locks her own row, the other gives it a seat: without one order of locking they would wait for each other."""
    ana, ben, cora = people
    for _round in range(ROUNDS):
        group = acts.begins(dana, capacity=1)
        for person in people:
            acts.asks(person, group)
        given = at_once([lambda: acts.leaves(ana, group), lambda: acts.leaves(ben, group)])  # noqa: B023
        assert given == [True, True]
        assert standing(dana, group) == ({"cora"}, [])


def test_next_in_line_takes_another_name_while_getting_a_place(dana: Person, people: list[Person]) -> None:
    ana, ben, _cora = people
    for number in range(ROUNDS):
        group = acts.begins(dana, capacity=1)
        acts.asks(ana, group)
        acts.asks(ben, group)

        def renames(group: Group = group, called: str = f"Ben {number}") -> None:
            with ben.acting():
                membership = acts.of(ben, group).own_membership(ben.user)
                assert membership
                joining.rename(membership, called)

        assert at_once([lambda: acts.leaves(ana, group), renames]) == [True, None]  # noqa: B023
        assert standing(dana, group) == ({f"Ben {number}"}, [])


def test_somebody_is_accepted_and_goes(dana: Person, people: list[Person]) -> None:
    ana = people[0]
    for _round in range(ROUNDS):
        group = acts.begins(dana, joining=Group.Joining.BY_REQUEST)
        asked = acts.asks(ana, group)

        def accepts(group: Group = group, asked: Membership = asked) -> None:
            with dana.acting():
                joining.accept(acts.of(dana, group), asked.pk)

        assert at_once([accepts, lambda: acts.leaves(ana, group)]) == [None, True]  # noqa: B023
        assert standing(dana, group) == (set(), [])


def test_two_presses_join_once(dana: Person, people: list[Person]) -> None:
    ana = people[0]
    for _round in range(ROUNDS):
        group = acts.begins(dana)
        one, other = at_once([lambda: acts.asks(ana, group), lambda: acts.asks(ana, group)])  # noqa: B023
        assert one == other
        assert standing(dana, group) == ({"ana"}, [])


def test_two_are_erased_who_were_in_the_same_groups(dana: Person) -> None:
    """Each is in both groups, in another order; their places go to who is next."""
    for number in range(ROUNDS):
        first, second = acts.begins(dana, capacity=2), acts.begins(dana, capacity=2)
        ana, ben, cora = (Person(f"{name}{number}") for name in ("ana", "ben", "cora"))
        for person, groups in ((ana, (first, second)), (ben, (second, first)), (cora, (first, second))):
            for group in groups:
                acts.asks(person, group)
        assert at_once([erases(ana), erases(ben)]) == [None, None]
        assert standing(dana, first) == standing(dana, second) == ({f"cora{number}"}, [])


def test_a_tangle_of_raw_sql_ends_by_itself(dana: Person, people: list[Person]) -> None:
    """Who comes round the acts may have to try again; nothing is half done then."""
    ana, ben, _cora = people
    group = acts.begins(dana, capacity=1)
    acts.asks(ana, group)
    acts.asks(ben, group)

    def leaves(person: Person) -> Callable[[], object]:
        def act() -> int:
            with transaction.atomic(), person.acting():
                mine = Membership.objects.open().filter(person=person.pk)
                return mine.update(ended_at="2027-01-01T00:00Z", ended_how="left")

        return act

    given = at_once([leaves(ana), leaves(ben)])
    gone = {name for name, each in zip(("ana", "ben"), given, strict=True) if each == 1}
    seats, line = standing(dana, group)
    assert gone
    assert (seats, line) == ({"ana", "ben"} - gone, [])


def test_help_ends_while_the_helper_is_erased(dana: Person, people: list[Person]) -> None:
    for round_number in range(ROUNDS):
        group, lou = acts.begins(dana), Person(f"lou-{round_number}")
        helping = acts.helps(lou, group, asked_by=dana)

        def ends(pk: object = helping.pk, group: Group = group) -> object:
            with dana.acting():
                return running.end_helping(acts.of(dana, group), pk)  # type: ignore[arg-type]

        given = at_once([ends, erases(lou)])
        assert given[1] is None, given
        assert not isinstance(given[0], Exception), given


def test_two_who_asked_for_papers_of_one_group_are_erased(dana: Person) -> None:
    for round_number in range(ROUNDS):
        lou, kim = (Person(f"{name}-{round_number}") for name in ("lou", "kim"))
        group = acts.begins(dana)
        for helper in (lou, kim):
            acts.helps(helper, group, asked_by=dana)
            with helper.acting():
                acts.printed(helper, acts.of(helper, group), "names")
        assert at_once([erases(lou), erases(kim)]) == [None, None]
