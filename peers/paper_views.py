"""Asking for a group's papers, and fetching them once they are ready. Only who runs the group does either."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import PersonRequest
from peers.kinds import ROSTER, SIGN_IN
from peers.models import Group, Session
from records import files, outbox
from records.models import Held
from records.outbox import Job
from records.papers import download
from sharing.access import on
from sharing.policy import Action


@require_POST
@on(Group, Action.RUN)
def roster_ask(request: PersonRequest, group: Group) -> HttpResponse:
    """Everybody in the group, on paper."""
    job = outbox.ask(ROSTER.name, holder_id=group.holder_id, subject_id=group.pk, person_id=request.user.pk)
    return redirect("records:job_detail", job.pk)


@require_POST
@on(Group, Action.RUN)
def sign_in_ask(request: PersonRequest, group: Group, session: UUID) -> HttpResponse:
    """One session's sheet to sign."""
    held = get_object_or_404(Session, group=group, pk=session)
    job = outbox.ask(SIGN_IN.name, holder_id=group.holder_id, subject_id=held.pk, person_id=request.user.pk)
    return redirect("records:job_detail", job.pk)


@require_safe
@on(Group, Action.RUN)
def paper_download(request: PersonRequest, group: Group, job: UUID) -> HttpResponse:
    """What was made, for whoever asked for it and still runs the group."""
    done = get_object_or_404(Job.objects.visible_to(request.user), pk=job, holder_id=group.pk)
    file = files.fetch(_made_of(group, done), done.file_id)
    if file is None and done.finished_at is None:
        raise Http404
    if file is None:
        return redirect("records:job_detail", done.pk)
    return download(file)


def _made_of(group: Group, job: Job) -> Held:
    """The group, or the session of it, that the paper tells of."""
    if job.subject_id == group.pk:
        return group
    return group.lend([get_object_or_404(Session, group=group, pk=job.subject_id)])[0]
