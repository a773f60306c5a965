"""Asking for a document made of the draft, and fetching it once it is ready."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import PersonRequest
from directives.kinds import CARD, DIRECTIVE
from directives.models import Directive
from records import files, outbox
from records.outbox import Job, Kind
from records.papers import download
from sharing.access import mine, on
from sharing.policy import Action


@require_POST
@on(Directive, Action.PRINT)
def document_ask(request: PersonRequest, directive: Directive) -> HttpResponse:
    """The whole directive as a PDF: for its owner, and for a reader of the draft."""
    return _ask(request, directive, DIRECTIVE)


@require_POST
@mine(Directive, Action.PRINT)
def card_ask(request: PersonRequest, directive: Directive) -> HttpResponse:
    """The wallet card, which only its owner carries."""
    return _ask(request, directive, CARD)


@require_safe
@on(Directive, Action.PRINT)
def document_download(request: PersonRequest, directive: Directive, job: UUID) -> HttpResponse:
    """What was made, for whoever asked for it and may still read what it was made of."""
    # SECURITY: the job must be this person's own, or a reader could fetch the owner's card by its id.
    done = get_object_or_404(Job.objects.visible_to(request.user), pk=job, subject_id=directive.pk)
    file = files.fetch(directive, done.file_id)
    # SECURITY: what the owner took out since must not reach a reader by an older file.
    if file and not directive.is_mine and file.made_at < directive.changed_at:
        Job.objects.visible_to(request.user).filter(pk=done.pk).update(file=None)
        messages.info(request, _("The directive has changed since then. You can have a new one made."))
        return redirect("records:job_detail", done.pk)
    if file is None and done.finished_at is None:
        raise Http404
    if file is None:
        return redirect("records:job_detail", done.pk)
    return download(file)


def _ask(request: PersonRequest, directive: Directive, kind: Kind) -> HttpResponse:
    job = outbox.ask(kind.name, holder_id=directive.holder_id, subject_id=directive.pk, person_id=request.user.pk)
    return redirect("records:job_detail", job.pk)
