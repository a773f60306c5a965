"""The papers that are made of a group, as kinds of jobs."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from records.outbox import Job, Kind
from records.text import Text


def address(job: Job) -> str:
    """Where the finished paper is fetched. A group has its holder's id."""
    return reverse("peers:paper_download", args=[job.holder_id, job.pk])


def to_group(job: Job) -> tuple[str, Text]:
    return reverse("peers:group_run", args=[job.holder_id]), _("The group")


def to_sheet(job: Job) -> tuple[str, Text]:
    return reverse("peers:session_sheet", args=[job.holder_id, job.subject_id]), _("The sheet")


ROSTER = Kind("peers.roster", _("The roster on paper"), "peers.tasks.make_roster", address, to_group)
SIGN_IN = Kind("peers.sign_in", _("The sign-in sheet"), "peers.tasks.make_sign_in", address, to_sheet)
