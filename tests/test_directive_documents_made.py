"""Having the directive made as a PDF: in whose name, for whom, and only once for the same words."""

import pytest

from directives import tasks
from directives.kinds import DIRECTIVE
from directives.models import DRAFT
from records import outbox
from records.files import File
from records.outbox import Job, NotAllowed
from tests.directive_papers import answer_like_people, directive_of, job_for, printed
from tests.documents import Paper
from tests.people import Cast, Person

pytestmark = pytest.mark.django_db


def made_for(person: Person, owner: Person) -> File:
    job = job_for(person, owner, DIRECTIVE.name)
    with person.acting():
        return tasks.make_directive(job)


def files_of(owner: Person) -> list[File]:
    with owner.acting():
        return list(File.objects.filter(holder=owner.pk))


def test_it_works(cast: Cast) -> None:
    answer_like_people(cast.ana)
    with cast.ana.acting():
        pk = cast.ana.directive().pk
        job = outbox.ask(DIRECTIVE.name, holder_id=cast.ana.pk, subject_id=pk, person_id=cast.ana.pk)
    assert outbox.do(job.pk)
    done = Job.objects.get(pk=job.pk)
    assert done.address == f"/directive/{pk}/printed/{done.pk}/"
    (file,) = files_of(cast.ana)
    assert (done.file_id, file.part, file.kind) == (file.pk, DRAFT, "directive.pdf")


def test_the_same_directive_gives_the_same_bytes_and_is_made_once(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    answer_like_people(cast.ana)
    one, two = directive_of(cast.ana), directive_of(cast.ana)
    assert one == two
    assert printed(one).content == printed(two).content
    first = made_for(cast.ana, cast.ana)
    monkeypatch.setattr("records.pdf.pdf_engine.draw", None)
    assert made_for(cast.ana, cast.ana).pk == first.pk
    assert len(files_of(cast.ana)) == 1


def test_another_word_is_another_file(cast: Cast) -> None:
    answer_like_people(cast.ana)
    before, first = directive_of(cast.ana), made_for(cast.ana, cast.ana)
    cast.ana.answers("about_me", legal_name="Marisol Ortiz Vega")
    after = directive_of(cast.ana)
    assert after.moment > before.moment
    assert after.html != before.html
    assert made_for(cast.ana, cast.ana).pk != first.pk


def test_a_reader_of_the_draft_may_have_it(cast: Cast) -> None:
    answer_like_people(cast.ana)
    cast.ana.shares(cast.ben, DRAFT)
    mine, theirs = made_for(cast.ana, cast.ana), made_for(cast.ben, cast.ana)
    with cast.ben.acting():
        assert "Marisol Vega" in Paper(bytes(theirs.content)).text()
    assert mine.pk == theirs.pk


@pytest.mark.parametrize("parts", [(), ("plan.crisis",)])
def test_others_may_not(cast: Cast, parts: tuple[str, ...]) -> None:
    answer_like_people(cast.ana)
    if parts:
        cast.ana.shares(cast.ben, *parts)
    with pytest.raises(NotAllowed):
        made_for(cast.ben, cast.ana)
    assert files_of(cast.ana) == []
