"""Having a group's papers made and fetching them: in whose name, for whom."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from peers import joining, running, tasks
from peers.kinds import ROSTER, SIGN_IN
from peers.models import Group
from records import outbox
from records.files import File
from records.outbox import Job, Kind, NotAllowed
from recovery_portal.roles import Addresses
from tests import group_people
from tests.documents import Paper
from tests.jobs import again
from tests.people import Person

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parent.parent
KINDS = [ROSTER, SIGN_IN]
WORKS = {ROSTER: tasks.make_roster, SIGN_IN: tasks.make_sign_in}


class Circle:
    """A group that Dana runs and Lou helps with; Ana has its one place, Ben is in line, Eve asks, Cora is not in it."""

    def __init__(self) -> None:
        self.dana, self.lou, self.ana = Person("dana"), Person("lou"), Person("ana")
        self.ben, self.cora, self.eve = Person("ben"), Person("cora"), Person("eve")
        self.group = group_people.begins(self.dana, capacity=1)
        self.helping = group_people.helps(self.lou, self.group, self.dana)
        group_people.asks(self.ana, self.group, "Anouk")
        group_people.asks(self.ben, self.group, "Benno")
        self.becomes(joining=Group.Joining.BY_REQUEST)
        group_people.asks(self.eve, self.group, "Evelin")
        self.session = group_people.opens(self.dana, self.group, date(2041, 3, 5))

    def becomes(self, **terms: object) -> None:
        with self.dana.acting():
            running.change(group_people.of(self.dana, self.group), group_people.terms(capacity=1, **terms))

    def asks(self, person: Person, kind: Kind) -> Job:
        """By the button."""
        sent = person.post(*self.button(kind))
        assert sent.status_code == 302, sent.status_code
        return Job.objects.get(pk=sent["Location"].split("/")[-2])

    def button(self, kind: Kind) -> tuple[Any, ...]:
        if kind is ROSTER:
            return "peers:roster_ask", self.group.pk
        return "peers:sign_in_ask", self.group.pk, self.session.pk

    def made_for(self, person: Person, kind: Kind) -> Job:
        """By the button, and made."""
        job = self.asks(person, kind)
        assert outbox.do(job.pk)
        return again(job)

    def job_of(self, person: Person, kind: Kind) -> Job:
        """As the outbox would hand it to the work, whoever asked for it."""
        subject = self.group if kind is ROSTER else self.session
        return Job(kind=kind.name, holder_id=self.group.pk, person_id=person.pk, subject_id=subject.pk)

    def fetches(self, person: Person, job: Job) -> tuple[int, bytes]:
        response = person.get("peers:paper_download", self.group.pk, job.pk)
        return response.status_code, response.content

    def ends_helping(self) -> None:
        with self.lou.acting():
            running.end_helping(group_people.of(self.lou, self.group), self.helping.pk)

    def files(self) -> list[File]:
        with self.dana.acting():
            return list(File.objects.filter(holder=self.group.pk).order_by("made_at"))


def text_of(content: bytes) -> str:
    return Paper(content).text()


@pytest.fixture
def circle(db: None) -> Circle:
    return Circle()


@pytest.mark.parametrize("kind", KINDS)
def test_it_works(circle: Circle, kind: Kind) -> None:
    job = circle.made_for(circle.dana, kind)
    [file] = circle.files()
    part = {ROSTER: "group.roster", SIGN_IN: "group.sign_in"}[kind]
    assert (job.file_id, file.kind, file.part, file.holder_id) == (file.pk, kind.name, part, circle.group.pk)
    response = circle.dana.get("peers:paper_download", circle.group.pk, job.pk)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="helm.pdf"', "a name that says nothing"
    assert "no-store" in response["Cache-Control"]
    assert "Anouk" in text_of(response.content)
    assert ("Benno" in text_of(response.content)) is (kind is ROSTER)
    assert "Evelin" not in text_of(response.content)


@pytest.mark.parametrize(
    ("kind", "title", "back"),
    [(ROSTER, "The roster on paper", "The group"), (SIGN_IN, "The sign-in sheet", "The sheet")],
)
def test_its_page_says_what_it_is_and_leads_back_and_on(circle: Circle, kind: Kind, title: str, back: str) -> None:
    job = circle.asks(circle.dana, kind)
    place = "run" if kind is ROSTER else f"sessions/{circle.session.pk}"
    for is_made in (False, True):
        page = circle.dana.get("records:job_detail", job.pk).content.decode()
        assert f"{title}</h1>" in page
        assert f'href="/groups/{circle.group.pk}/{place}/"' in page
        assert back in page
        assert (f'href="/groups/{circle.group.pk}/printed/{job.pk}/"' in page) is is_made
        outbox.do(job.pk)


@pytest.mark.parametrize("kind", KINDS)
def test_somebody_who_helps_gets_their_own(circle: Circle, kind: Kind) -> None:
    job = circle.made_for(circle.lou, kind)
    status, content = circle.fetches(circle.lou, job)
    assert status == 200
    assert "Anouk" in text_of(content)
    assert circle.fetches(circle.dana, job)[0] == 404, "another's job, though it is her group"


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_group_gives_the_same_bytes_and_is_made_once(
    circle: Circle, kind: Kind, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = circle.made_for(circle.dana, kind)
    [file] = circle.files()
    content = circle.fetches(circle.dana, first)[1]
    with monkeypatch.context() as patched:
        patched.setattr("records.pdf.pdf_engine.draw", None)
        second = circle.made_for(circle.lou, kind)
    assert (second.file_id, len(circle.files())) == (file.pk, 1)
    assert circle.fetches(circle.lou, second) == (200, content)


@pytest.mark.parametrize("kind", KINDS)
def test_another_name_is_another_file(circle: Circle, kind: Kind) -> None:
    first = circle.made_for(circle.dana, kind)
    with circle.ana.acting():
        mine = group_people.of(circle.ana, circle.group).own_membership(circle.ana.user)
        assert mine
        joining.rename(mine, "Annika")
    second = circle.made_for(circle.dana, kind)
    assert first.file_id != second.file_id
    text = text_of(circle.fetches(circle.dana, second)[1])
    assert "Annika" in text
    assert "Anouk" not in text


@pytest.mark.parametrize("kind", KINDS)
def test_whoever_stopped_running_it_before_it_was_made_gets_nothing(circle: Circle, kind: Kind) -> None:
    job = circle.asks(circle.lou, kind)
    circle.ends_helping()
    assert not outbox.do(job.pk)
    assert (again(job).was_hidden, again(job).file_id, circle.files()) == (True, None, [])
    page = circle.lou.get("records:job_detail", job.pk).content.decode()
    assert "It was not made, because you can no longer read what it is made of." in page
    assert circle.fetches(circle.lou, job)[0] == 403


@pytest.mark.parametrize(("is_listed", "status"), [(True, 403), (False, 404)])
@pytest.mark.parametrize("kind", KINDS)
def test_whoever_stopped_running_it_cannot_fetch_what_was_made(kind: Kind, is_listed: bool, status: int) -> None:
    circle = Circle()
    if not is_listed:
        with circle.dana.acting():
            running.change(group_people.of(circle.dana, circle.group), group_people.terms(capacity=1, is_listed=False))
    job = circle.made_for(circle.lou, kind)
    assert circle.fetches(circle.lou, job)[0] == 200
    circle.ends_helping()
    refused, content = circle.fetches(circle.lou, job)
    assert refused == status
    assert b"%PDF" not in content
    with circle.lou.acting():
        assert not File.objects.filter(pk=job.file_id).exists(), "the wall hides it as well"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("who", "status"), [("ana", 403), ("ben", 403), ("eve", 403), ("cora", 403), ("nobody", 404)])
def test_nobody_else_may_have_it(circle: Circle, kind: Kind, who: str, status: int) -> None:
    """With a place, in line, asking, somebody who could ask; and a stranger to a group that is not listed."""
    person = getattr(circle, who, circle.cora)
    if who == "nobody":
        circle.becomes(is_listed=False)
    made = circle.made_for(circle.dana, kind)
    assert person.post(*circle.button(kind)).status_code == status
    assert circle.fetches(person, made)[0] == status
    with person.acting():
        with pytest.raises(NotAllowed):
            WORKS[kind](circle.job_of(person, kind))
        assert not File.objects.exists()
    assert Job.objects.count() == len(circle.files()) == 1


def test_a_session_of_another_group_is_not_there(circle: Circle) -> None:
    other = group_people.begins(circle.dana)
    assert circle.dana.post("peers:sign_in_ask", other.pk, circle.session.pk).status_code == 404
    with circle.dana.acting(), pytest.raises(NotAllowed):
        tasks.make_sign_in(
            Job(kind=SIGN_IN.name, holder_id=other.pk, person_id=circle.dana.pk, subject_id=circle.session.pk)
        )
    made = circle.made_for(circle.dana, SIGN_IN)
    assert circle.dana.get("peers:paper_download", other.pk, made.pk).status_code == 404


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_not_finished_is_not_there(circle: Circle, kind: Kind) -> None:
    job = circle.asks(circle.dana, kind)
    assert circle.fetches(circle.dana, job)[0] == 404


def test_after_a_day_it_leads_to_the_page_that_makes_it_again(circle: Circle) -> None:
    job = circle.made_for(circle.dana, ROSTER)
    Job.objects.filter(pk=job.pk).update(file=None)
    response = circle.dana.get("peers:paper_download", circle.group.pk, job.pk)
    assert (response.status_code, response["Location"]) == (302, f"/jobs/{job.pk}/")


def test_nothing_can_be_sent_there(circle: Circle) -> None:
    job = circle.made_for(circle.dana, ROSTER)
    assert circle.dana.post("peers:paper_download", circle.group.pk, job.pk).status_code == 405
    for kind in KINDS:
        assert circle.dana.get(*circle.button(kind)).status_code == 405


@pytest.mark.django_db(transaction=True)
def test_the_worker_role_suffices(addresses: Addresses) -> None:
    circle = Circle()
    jobs = [circle.asks(circle.dana, kind) for kind in KINDS]
    sweep = [sys.executable, str(ROOT / "manage.py"), "sweep"]
    environment = {**os.environ, "DATABASE_URL": addresses.worker}
    done = subprocess.run(sweep, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.stdout, done.returncode) == ("2 jobs done, 0 left\n", 0), done.stderr
    for job in jobs:
        assert "Anouk" in text_of(circle.fetches(circle.dana, job)[1])
