"""The page of something that is being made: it says how far it is, with or without JavaScript."""

from datetime import timedelta
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from records import outbox
from records.access import signed_in
from records.outbox import Job
from records.requests import PageRequest

# Nearly all are ready before; whoever waits longer is told so.
USUAL = timedelta(seconds=30)
WAITING = ("making", "slow")


@require_safe
@signed_in
def job_detail(request: PageRequest, pk: UUID) -> HttpResponse:
    """The page; for htmx, which asks again and again, only what is new since the state it shows."""
    job = get_object_or_404(Job.objects.visible_to(request.user), pk=pk)
    state = state_of(job)
    context = {"job": job, "state": state, "is_waiting": state in WAITING, "is_new": state != request.GET.get("shown")}
    template = "records/job_asked.html" if request.htmx else "records/job.html"
    return render(request, template, context)


@require_POST
@signed_in
def job_again(request: PageRequest, pk: UUID) -> HttpResponse:
    """Asks anew for what could not be made, or is gone. What waits or is ready stays as it is."""
    job = get_object_or_404(Job.objects.visible_to(request.user), pk=pk)
    if state_of(job) in ("gone", "given_up"):
        job = outbox.ask(job.kind, holder_id=job.holder_id, subject_id=job.subject_id, person_id=job.person_id)
    return redirect("records:job_detail", job.pk)


def state_of(job: Job) -> str:
    """What the page shows: making, slow, ready, gone, given_up or hidden."""
    if job.given_up_at:
        return "hidden" if job.was_hidden else "given_up"
    if job.finished_at:
        return "ready" if job.file_id else "gone"
    is_slow = job.attempts > 1 or timezone.now() - job.asked_at > USUAL
    return "slow" if is_slow else "making"
