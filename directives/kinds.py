"""The documents that are made of a directive, as kinds of jobs."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from records.outbox import Job, Kind


def address(job: Job) -> str:
    """Where the finished document is fetched."""
    return reverse("directives:document_download", args=[job.subject_id, job.pk])


DIRECTIVE = Kind("directive.pdf", _("My directive on paper"), "directives.tasks.make_directive", address)
CARD = Kind("directive.card", _("My wallet card"), "directives.tasks.make_card", address)
