"""Nobody's name is on a group's paper once they are erased: not on those that were made, nor on one being made."""

from collections.abc import Callable

import psycopg
import pytest
from django.db import connection

from peers import tasks
from peers.kinds import ROSTER
from records import outbox, pdf
from records.outbox import Kind
from recovery_portal.roles import Addresses
from tests import group_people
from tests import test_group_papers_made as made
from tests.jobs import make_due
from tests.people import Person
from tests.test_group_papers_made import KINDS, WORKS, Circle, text_of

pytestmark = pytest.mark.django_db

circle = made.circle


def erase(person: Person) -> None:
    with person.acting(), connection.cursor() as cursor:
        cursor.execute("SELECT sec.erase_person(%s)", [person.pk])


@pytest.mark.parametrize(("who", "called"), [("ana", "Anouk"), ("ben", "Benno"), ("lou", "Lou")])
def test_who_is_erased_is_in_no_file_any_more(circle: Circle, admin: psycopg.Connection, who: str, called: str) -> None:
    """With a place, in line, or running it: what was made with their name goes, and what is made then lacks it."""
    jobs = [circle.made_for(circle.dana, kind) for kind in KINDS]
    assert called in text_of(circle.fetches(circle.dana, jobs[0])[1])
    erase(getattr(circle, who))
    assert circle.files() == []
    for job in jobs:
        assert circle.fetches(circle.dana, job)[0] == 302
        assert "Make it again" in circle.dana.get("records:job_detail", job.pk).content.decode()
    for kind in KINDS:
        text = text_of(circle.fetches(circle.dana, circle.made_for(circle.dana, kind))[1])
        assert called not in text
        assert "Tuesday circle" in text


def test_who_left_before_they_were_erased_is_in_no_file_either(circle: Circle) -> None:
    circle.made_for(circle.dana, ROSTER)
    group_people.leaves(circle.ana, circle.group)
    erase(circle.ana)
    assert circle.files() == []


def erase_meanwhile(addresses: Addresses, person: Person) -> Callable[..., bytes]:
    """Sets the type as always, and in the middle of it somebody is erased by another process."""
    render = pdf.render

    def rendering(*args: object, **options: object) -> bytes:
        with psycopg.connect(addresses.web) as other:
            other.execute("SELECT set_config('app.person', %s, true)", [str(person.pk)])
            other.execute("SELECT sec.erase_person(%s)", [person.pk])
        return render(*args, **options)  # type: ignore[arg-type]

    return rendering


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", KINDS)
def test_who_is_erased_while_it_is_made_is_not_in_it(
    addresses: Addresses, monkeypatch: pytest.MonkeyPatch, kind: Kind
) -> None:
    circle = Circle()
    job = circle.asks(circle.dana, kind)
    with monkeypatch.context() as patched:
        patched.setattr("records.pdf.render", erase_meanwhile(addresses, circle.ana))
        assert not outbox.do(job.pk)
    assert circle.files() == []
    make_due(job.pk)
    assert outbox.do(job.pk)
    text = text_of(circle.fetches(circle.dana, job)[1])
    assert "Anouk" not in text
    assert "Benno" in text, "who was next in line"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", KINDS)
def test_the_work_sees_it_by_itself(addresses: Addresses, monkeypatch: pytest.MonkeyPatch, kind: Kind) -> None:
    """Also for a job that nobody knew of when erasing began."""
    circle = Circle()
    monkeypatch.setattr("records.pdf.render", erase_meanwhile(addresses, circle.ana))
    with pytest.raises(tasks.ChangedMeanwhile), circle.dana.acting():
        WORKS[kind](circle.job_of(circle.dana, kind))
    assert circle.files() == []
