"""The documents that are made of a directive, as kinds of jobs."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from records.outbox import Job, Kind
from records.text import Text


def address(job: Job) -> str:
    """Where the finished document is fetched."""
    return reverse("directives:document_download", args=[job.subject_id, job.pk])


def back(job: Job) -> tuple[str, Text]:
    """To one's own directive, or to those one reads."""
    if job.person_id == job.holder_id:
        return reverse("directives:directive_read"), _("My directive")
    return reverse("sharing:people"), _("People who share with me")


DIRECTIVE = Kind("directive.pdf", _("The directive as a PDF"), "directives.tasks.make_directive", address, back)
CARD = Kind("directive.card", _("My wallet card as a PDF"), "directives.tasks.make_card", address, back)
