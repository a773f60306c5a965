"""Kinds of jobs for tests: a file made of a plan, and works that go wrong in their own way. Registered on import."""

from collections.abc import Callable
from uuid import UUID

from django.utils import timezone

from accounts.models import User
from directives.kinds import DIRECTIVE
from directives.models import DRAFT, Directive
from plans.models import Plan
from records import files, outbox
from records.files import File
from records.outbox import Job, Kind, NotAllowed
from records.text import Text

PART = "plan.strengths"
CONTENT = b"%PDF canary 51c2: she sings in the kitchen"
# What a test wants done in the middle of the work.
MEANWHILE: list[Callable[[], None]] = []


def make(job: Job) -> File:
    """Keep a file of the plan, if whoever asked may read this part of it."""
    person = User.objects.get(pk=job.person_id)
    plan = Plan.objects.visible_to(person).filter(pk=job.subject_id).first()
    if plan is None or not plan.may_read(PART):
        raise NotAllowed
    made = files.keep(plan, kind="test", part=PART, fingerprint=plan.key.fingerprint(CONTENT), content=CONTENT)
    for act in MEANWHILE:
        act()
    return made


def break_down(job: Job) -> File:
    """Keep a file, and then come to grief with somebody's words in hand."""
    make(job)
    raise ValueError(CONTENT.decode())


def die(job: Job) -> File:
    """As a worker that is ended in the middle."""
    make(job)
    raise SystemExit


def make_of_another(job: Job) -> File:
    """Keep a file of one's own plan instead of the one asked for."""
    person = User.objects.get(pk=job.person_id)
    plan = Plan.objects.visible_to(person).get(holder=person.pk)
    return files.keep(plan, kind="test", part=PART, fingerprint=bytes(32), content=CONTENT)


def address(job: Job) -> str:
    return f"/fetch/{job.file_id}/"


def back(job: Job) -> tuple[str, Text]:
    return "/", "Today"


KINDS = {
    work.__name__: Kind(f"test.{work.__name__}", "My plan as a file", f"{__name__}.{work.__name__}", address, back)
    for work in (make, break_down, die, make_of_another)
}


for _kind in KINDS.values():
    outbox.register_kind(_kind)


def ask_for(person: User, plan: Plan, work: str = "make") -> Job:
    return outbox.ask(f"test.{work}", holder_id=plan.holder_id, subject_id=plan.pk, person_id=person.pk)


def given_up(person: User, plan: Plan) -> Job:
    """One that came to nothing. The person must be acting."""
    job = ask_for(person, plan)
    Job.objects.filter(pk=job.pk).update(attempts=outbox.MOST_TRIES, given_up_at=timezone.now())
    return job


def ready(person: User, plan: Plan, words: str) -> Job:
    """One whose file is there, with these words in it. The person must be acting."""
    content = words.encode()
    made = files.keep(plan, kind="test", part=PART, fingerprint=plan.key.fingerprint(content), content=content)
    job = ask_for(person, plan)
    Job.objects.filter(pk=job.pk).update(attempts=1, finished_at=timezone.now(), file=made)
    return job


def drafted(person: User, directive: Directive, words: str) -> Job:
    """A document of the directive that is there, with these words in it. The person must be acting."""
    content = words.encode()
    fingerprint = directive.key.fingerprint(content)
    made = files.keep(directive, kind=DIRECTIVE.name, part=DRAFT, fingerprint=fingerprint, content=content)
    asked = {"holder_id": directive.holder_id, "subject_id": directive.pk, "person_id": person.pk}
    job = outbox.ask(DIRECTIVE.name, **asked)
    Job.objects.filter(pk=job.pk).update(attempts=1, finished_at=timezone.now(), file=made)
    return job


def again(job: Job) -> Job:
    """As the table has it now."""
    return Job.objects.get(pk=job.pk)


def make_due(pk: UUID) -> None:
    """The wait is over."""
    Job.objects.filter(pk=pk).update(not_before="2020-01-01T00:00Z")
