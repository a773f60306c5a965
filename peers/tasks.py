"""What workers make of a group. The outbox calls these in the name of whoever asked."""

from collections.abc import Callable
from uuid import UUID

from accounts.models import User
from peers.models import Group, Session
from peers.papers import Paper, roster_paper, sign_in_paper
from records import printing
from records.files import File
from records.models import Held
from records.outbox import Job, NotAllowed
from sharing.policy import Action, allows

# No parts of a group can be shared. These say in the table of files what each of them is.
ROSTER_PART, SIGN_IN_PART = "group.roster", "group.sign_in"


class ChangedMeanwhile(RuntimeError):
    """Somebody came, left or was erased while the paper was laid out. The outbox makes it again."""


def make_roster(job: Job) -> File:
    """Everybody in the group, as a PDF for who runs it. Raises NotAllowed for anybody else."""
    group = _run_by(job.person_id, job.subject_id)
    return _keep(job, group, group, ROSTER_PART, lambda: roster_paper(group))


def make_sign_in(job: Job) -> File:
    """One session's sheet to sign, as a PDF for who runs the group. Raises NotAllowed for anybody else."""
    group = _run_by(job.person_id, job.holder_id)
    held = next(iter(group.lend(Session.objects.filter(group=group, pk=job.subject_id))), None)
    if held is None:
        raise NotAllowed
    return _keep(job, group, held, SIGN_IN_PART, lambda: sign_in_paper(group, held))


def _run_by(person_id: UUID, pk: UUID) -> Group:
    """The group, if this person runs it now: between asking and making they may have stopped."""
    person = User.objects.filter(pk=person_id).first()
    group = Group.objects.visible_to(person).filter(pk=pk).first() if person else None
    # SECURITY: members see the group too. What is kept here holds all names, also of those in line.
    if group is None or not allows(Action.RUN, group):
        raise NotAllowed
    return group


def _keep(job: Job, group: Group, record: Held, part: str, build: Callable[[], Paper]) -> File:
    paper = build()
    file = printing.make(record, kind=job.kind, part=part, html=paper.html, moment=paper.moment)
    # SECURITY: erasing somebody takes away the group's files; this one is not there yet. Either erasing waits at this
    # row until the file is kept, and takes it away too; or it came first, and the paper differs now.
    # First the job, then the group: erasing locks them in this order.
    list(Job.objects.filter(pk=job.pk).select_for_update())
    Group.objects.select_for_update(no_key=True).get(pk=group.pk)
    if build() != paper:
        raise ChangedMeanwhile
    return file
