"""What workers make of a directive. The outbox calls these in the name of whoever asked."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.utils import timezone

from accounts.models import User
from directives.documents import Document, card_document, directive_document
from directives.models import DRAFT, Directive
from records import printing
from records.files import File
from records.outbox import Job, NotAllowed

# SECURITY: the part of the card. It is no name of a part that can be shared, so that files, and the wall below them,
# show the card to its owner alone.
NEVER_SHARED = "directive.card"


def make_directive(job: Job) -> File:
    """The draft as a PDF, for its owner or a reader of it. Raises NotAllowed for anybody else."""
    return _make(job, directive_document, part=DRAFT)


def make_card(job: Job) -> File:
    """The wallet card as a PDF. Raises NotAllowed for all but the owner, who alone carries it."""
    return _make(job, card_document, part=NEVER_SHARED)


def _make(job: Job, build: Callable[[Directive], Document], *, part: str) -> File:
    user = User.objects.get(pk=job.person_id)
    directive = Directive.objects.visible_to(user).filter(pk=job.subject_id).first()
    if directive is None or not directive.may_read(part):
        raise NotAllowed
    with timezone.override(ZoneInfo(user.time_zone)):
        document = build(directive)
    return printing.make(directive, kind=job.kind, part=part, html=document.html, moment=document.moment)
