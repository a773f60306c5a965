"""Backups of groups: names go with their people, and what ended stays so when older content is restored."""

import uuid
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import psycopg
import pytest

from peers import attendance, joining, running
from peers.models import Facilitator, Group
from records.vault import open_key
from recovery_portal.embedded import Cluster
from recovery_portal.roles import Addresses
from scripts import restore_drill
from tests import group_people
from tests.backups import as_text, dumped, fresh, restored
from tests.people import Person
from tests.test_erasing import erase

CODE, CANARY = "The door code is 2020.", "Heron of the weir"

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def emptied(cluster: Cluster, addresses: Addresses) -> Iterator[Addresses]:
    """A database to restore into."""
    with fresh(cluster, addresses) as database:
        yield database


class Circle:
    """A group of two places: who runs it, who helps, two in it, one in line; and a paper and a sheet of it."""

    def __init__(self) -> None:
        self.dana, self.lou, self.mira, self.noor, self.pia = map(Person, ("dana", "lou", "mira", "noor", "pia"))
        self.group = group_people.begins(self.dana, capacity=2)
        group_people.helps(self.lou, self.group, self.dana)
        self.mira_in = group_people.asks(self.mira, self.group, CANARY)
        group_people.asks(self.noor, self.group)
        group_people.asks(self.pia, self.group)
        self.session = group_people.opens(self.dana, self.group, date(2026, 3, 3))
        group_people.marks(self.lou, self.session, **{str(self.mira_in.pk): "here"})
        with self.dana.acting():
            by = Facilitator.objects.running().get(group=self.group, person=self.dana.pk)
            attendance.walk_in(self.session, by, "Sam", pk=uuid.uuid4())
            group_people.printed(self.dana, group_people.of(self.dana, self.group), CANARY)

    def goes_on(self) -> None:
        """Help ends, one leaves and one is next, it is off the list with another code, and somebody is added."""
        with self.lou.acting():
            mine = Facilitator.objects.running().get(group=self.group, person=self.lou.pk)
            running.end_helping(group_people.of(self.lou, self.group), mine.pk)
        group_people.leaves(self.noor, self.group)
        with self.dana.acting():
            group = group_people.of(self.dana, self.group)
            running.change(group, group_people.terms(is_listed=False, capacity=3, for_members=CODE))
            self.added = joining.add(group_people.of(self.dana, self.group), "Ola")
        group_people.marks(self.dana, self.session, **{str(self.added.pk): "late"})


@pytest.fixture
def circle() -> Circle:
    return Circle()


def sealed(admin: psycopg.Connection, query: str) -> list[str]:
    """As COPY writes what is sealed."""
    return [bytes(value).hex() for (value,) in admin.execute(query).fetchall()]


def test_it_works(
    addresses: Addresses, emptied: Addresses, admin: psycopg.Connection, circle: Circle, tmp_path: Path
) -> None:
    """What ended after the older content was dumped stays ended, and the group goes on."""
    content, _people = dumped(addresses, tmp_path / "before")
    circle.goes_on()
    young = group_people.begins(circle.lou, "Lou")
    _content, newest = dumped(addresses, tmp_path / "after")
    assert "0 erased since then" in restored(emptied, content, newest)
    with psycopg.connect(emptied.admin, autocommit=True) as server:
        for table in ("group", "inside", "facilitator", "membership"):
            rows = f"SELECT t::text FROM peers_{table} t ORDER BY id"
            assert server.execute(rows).fetchall() == admin.execute(rows).fetchall(), table
        assert words_inside(server, circle.group) == CODE
        assert server.execute("SELECT nextval('sec.line') > max(line) FROM peers_membership").fetchone() == (True,)
        # Of then: the sheet as it was, with the walk-in.
        assert server.execute("SELECT count(*) FROM peers_mark").fetchone() == (2,)
        assert server.execute("SELECT count(*) FROM peers_walkin").fetchone() == (1,)
    who = {"dana": circle.dana, "lou": circle.lou, "mira": circle.mira, "noor": circle.noor, "pia": circle.pia}
    seen = {name: groups_seen(emptied.web, person) - {young.pk} for name, person in who.items()}
    assert [name for name, groups in seen.items() if groups] == ["dana", "mira", "pia"]
    assert restore_drill.check_strangers(emptied) == []


def words_inside(server: psycopg.Connection, group: Group) -> str:
    row = server.execute(
        "SELECT wrapped, i.id, words FROM records_holderkey k JOIN peers_inside i ON i.holder_id = k.holder_id"
        " WHERE i.holder_id = %s",
        [group.pk],
    ).fetchone()
    assert row
    wrapped, pk, words = row
    return open_key(group.pk, wrapped).open(words, field="peers_inside.words", row=pk)


def groups_seen(web: str, person: Person) -> set[uuid.UUID]:
    """As the second wall shows them to the site's role."""
    with psycopg.connect(web) as server:
        server.execute("SELECT set_config('app.person', %s, true)", [str(person.pk)])
        return {pk for (pk,) in server.execute("SELECT id FROM peers_group").fetchall()}


def test_names_of_the_erased_are_in_no_content(
    addresses: Addresses, emptied: Addresses, admin: psycopg.Connection, circle: Circle, tmp_path: Path
) -> None:
    """The group's key opens them, and outlives their people: so they are where keys are, and papers nowhere."""
    names = sealed(admin, f"SELECT called FROM peers_membership WHERE person_id = '{circle.mira.pk}'")
    names += sealed(admin, f"SELECT called FROM peers_facilitator WHERE person_id = '{circle.lou.pk}'")
    papers = sealed(admin, "SELECT content FROM records_file")
    assert (len(names), len(papers)) == (2, 1)
    gone = with_a_mark(circle.dana)
    content, older = dumped(addresses, tmp_path / "before")
    erase(circle.mira.user)
    erase(circle.lou.user)
    erase_group(addresses, gone)
    _content, newest = dumped(addresses, tmp_path / "after")
    assert [name in as_text(older) for name in names] == [True, True]
    for dump in (content, newest):
        assert [name in as_text(dump) for name in (*names, *papers)] == [False, False, False]

    assert "3 erased since then" in restored(emptied, content, newest)
    with psycopg.connect(emptied.admin, autocommit=True) as server:
        row = "SELECT person_id, called, ended_how FROM peers_membership WHERE id = %s"
        assert server.execute(row, [circle.mira_in.pk]).fetchone() == (None, None, "left")
        # Of whom there were marks, they still count; of the erased group nothing is left.
        assert server.execute("SELECT count(*) FROM peers_mark").fetchone() == (2,)
    assert restore_drill.check_erased(emptied) == []


def with_a_mark(runs: Person) -> Group:
    """Another group, with a sheet. Its marks hang on a membership that no newer dump has once the group is erased."""
    group = group_people.begins(runs, "Dana")
    session = group_people.opens(runs, group, date(2026, 3, 3))
    with runs.acting():
        added = joining.add(group_people.of(runs, group), "Kim")
    group_people.marks(runs, session, **{str(added.pk): "here"})
    return group


def erase_group(addresses: Addresses, group: Group) -> None:
    with psycopg.connect(addresses.owner) as server:
        server.execute("SELECT set_config('app.person', %s, true)", [str(group.pk)])
        server.execute("SELECT sec.erase_holder(%s)", [group.pk])
