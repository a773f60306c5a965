"""Work that is done later: kept in the transaction that asks for it, and done by whoever gets to it first.

A job names what and for whom, never with which words. Which kinds there are, upper rooms say; how a worker
hears of a job quickly is in `nudge`, and nothing here depends on that.
"""

import logging
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any, Self

from django.db import connection, models, transaction
from django.db.models import DO_NOTHING, Exists, F, OuterRef, Q
from django.db.models.functions import Now
from django.utils.module_loading import import_string

from records.acting import acting_as
from records.files import File
from records.nudge import nudge
from records.text import Text

logger = logging.getLogger(__name__)

# How long after the first, second … beginning the next try may begin; the last one also waits that long.
WAITS = [timedelta(seconds=seconds) for seconds in (5, 15, 45, 120, 300, 600)]
MOST_TRIES = len(WAITS)


class NotAllowed(Exception):
    """Whoever asked may not have this, or not any more: raised by a kind's work when `visible_to` shows nothing."""


@dataclass(frozen=True)
class Kind:
    """Something that can be made later.

    `name`: kept in jobs, so it never changes. `title`: what people call what is made.
    `work`: where the function lies, such as "room.tasks.make_it"; imported when first used, so that a web process
    never loads an engine. It is called as `work(job)` inside the job's transaction, in which the job's person acts.
    It fetches `job.subject_id` through `visible_to`, raises NotAllowed when that gives nothing, and returns the
    `File` it kept. It may run more than once: `files.keep` makes that one file.
    `address(job)`: where the finished file is fetched; `job.file_id` is set then.
    `back(job)`: the page that whoever asked came from, and what it is called.
    """

    name: str
    title: Text
    work: str
    address: Callable[["Job"], str]
    back: Callable[["Job"], tuple[str, Text]]


_kinds: dict[str, Kind] = {}


def register_kind(kind: Kind) -> None:
    """Called once per kind, in `AppConfig.ready()`. Raises ValueError for a name that exists already."""
    if kind.name in _kinds:
        raise ValueError(f"a kind of job registered twice: {kind.name}")
    _kinds[kind.name] = kind


class JobQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """The jobs this person asked for. They hold no content, so they lend no key."""
        return self.filter(person_id=user.pk) if user.is_authenticated else self.none()

    def open(self) -> Self:
        """Neither done nor given up."""
        return self.filter(finished_at=None, given_up_at=None)

    def fresh(self) -> Self:
        """The last one of each kind, while its file is kept; the newest first."""
        later = self.model._default_manager.filter(
            kind=OuterRef("kind"), subject_id=OuterRef("subject_id"), person_id=OuterRef("person_id"),
            asked_at__gt=OuterRef("asked_at"),
        )  # fmt: skip
        kept = Q(finished_at=None, given_up_at=None) | Q(file__isnull=False)
        return self.filter(~Exists(later), kept).order_by("-asked_at")

    def due(self) -> Self:
        """Those that may begin now, by the database's clock, the longest waiting first."""
        return self.open().filter(not_before__lte=Now()).order_by("not_before", "asked_at")


class Job(models.Model):
    """One thing to be made. Ids and times only: it lies outside row-level security, and everybody's are swept.

    The holder is whose record it is about, the person is who asked and in whose name it is made.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=60)
    holder_id = models.UUIDField()
    person_id = models.UUIDField()
    subject_id = models.UUIDField()
    asked_at = models.DateTimeField(db_default=Now())
    not_before = models.DateTimeField(db_default=Now())
    attempts = models.PositiveSmallIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)
    was_hidden = models.BooleanField(default=False, help_text="Given up because whoever asked may not have it.")
    file = models.ForeignKey(File, DO_NOTHING, null=True, related_name="+", help_text="Gone after a day.")

    objects = JobQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_id", "person_id"],
                condition=Q(attempts=0, finished_at=None, given_up_at=None),
                name="job_waits_once",
            ),
            models.CheckConstraint(condition=Q(finished_at=None) | Q(given_up_at=None), name="job_done_or_given_up"),
        ]
        indexes = [
            models.Index(fields=["not_before"], condition=Q(finished_at=None, given_up_at=None), name="job_open"),
        ]

    def __str__(self) -> str:
        return f"job {self.pk}"

    @property
    def title(self) -> Text:
        return _kinds[self.kind].title

    @property
    def address(self) -> str:
        """Where what was made is fetched."""
        return _kinds[self.kind].address(self)

    @property
    def back(self) -> tuple[str, Text]:
        """The page one came from, and what it is called."""
        return _kinds[self.kind].back(self)


def ask(kind: str, *, holder_id: uuid.UUID, subject_id: uuid.UUID, person_id: uuid.UUID) -> Job:
    """Ask for something, as part of the transaction this is called in; it is begun once that is kept.

    Asking again before it began gives the same job. Asking again later gives a new one: what it is made of may
    have changed. Raises ValueError for a kind that nobody registered.
    """
    if kind not in _kinds:
        raise ValueError(
            f"nobody registered this kind of job: {kind}. Call register_kind in your room's AppConfig.ready()."
        )
    wanted = {"kind": kind, "subject_id": subject_id, "person_id": person_id}
    while True:
        # Two presses at once meet at the index: the second waits here, then finds the first one's row.
        Job.objects.bulk_create([Job(holder_id=holder_id, **wanted)], ignore_conflicts=True)
        # None when a worker began it in between: then this is a new question.
        if job := Job.objects.open().filter(attempts=0, **wanted).first():
            transaction.on_commit(partial(nudge, job.pk), robust=True)
            return job


def due(limit: int = 100) -> list[uuid.UUID]:
    """The ids of jobs that may begin now."""
    return list(Job.objects.due().values_list("pk", flat=True)[:limit])


def do(job_id: uuid.UUID) -> bool:
    """Do a job if it is due and nobody else is at it. Gives whether this call finished it; never raises for the work.

    The try is counted and kept before it begins: a job that kills its worker comes to its last try like any other.
    """
    job = _begin(job_id)
    if job is None:
        return False
    try:
        with transaction.atomic():
            return _finish(job)
    except NotAllowed:
        _give_up(job, was_hidden=True)
    except Exception as error:
        # The log keeps the type and the place. What the exception says may be somebody's words.
        logger.error("job not done", exc_info=error)
        if job.attempts >= MOST_TRIES:
            _give_up(job)
    return False


@transaction.atomic
def _begin(job_id: uuid.UUID) -> Job | None:
    """Count the try and say when the next one may come, should nobody ever hear of this one again."""
    job = Job.objects.due().filter(pk=job_id).select_for_update(skip_locked=True).first()
    if job is None or not _is_mine_alone(job):
        return None
    if job.attempts >= MOST_TRIES:
        _give_up(job)
        return None
    Job.objects.filter(pk=job.pk).update(attempts=F("attempts") + 1, not_before=Now() + WAITS[job.attempts])
    job.attempts += 1
    return job


def _finish(job: Job) -> bool:
    """Inside its own transaction: make the file and say so, both or neither."""
    if not _is_mine_alone(job):
        return False
    with acting_as(job.person_id):
        file: File = import_string(_kinds[job.kind].work)(job)
    if file.holder_id != job.holder_id:
        raise ValueError("the work kept a file of another holder")
    if not Job.objects.open().filter(pk=job.pk, attempts=job.attempts).update(file=file, finished_at=Now()):
        # Erased meanwhile, or taken over by another worker: the file goes with this transaction.
        transaction.set_rollback(True)
        return False
    return True


def _is_mine_alone(job: Job) -> bool:
    """Take the job until this transaction ends, unless another worker has it. A killed worker lets go at once.

    Not the row's own lock: erasing a person deletes the row, and must not wait until their document is laid out.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [str(job.pk)])
        return cursor.fetchone()[0]


def _give_up(job: Job, was_hidden: bool = False) -> None:
    Job.objects.open().filter(pk=job.pk).update(given_up_at=Now(), was_hidden=was_hidden)
