"""What the drills' jobs do, in a worker: lay out a plan's document with the engine the product has."""

from django.utils.html import format_html, format_html_join

from accounts.models import User
from plans.models import Plan
from records import files, pdf
from records.files import File
from records.outbox import Job, NotAllowed

PART = "plan.strengths"
SHORT_PARAGRAPHS, LONG_PARAGRAPHS = 3, 1500
WORDS = "I know that a bad day is a day, and that it ends. " * 6


def make_short(job: Job) -> File:
    return _make(job, SHORT_PARAGRAPHS)


def make_long(job: Job) -> File:
    """Some seconds: long enough to be killed in the middle of."""
    return _make(job, LONG_PARAGRAPHS)


def _make(job: Job, paragraphs: int) -> File:
    person = User.objects.filter(pk=job.person_id).first()
    plan = Plan.objects.visible_to(person).filter(pk=job.subject_id).first() if person else None
    if plan is None or not plan.may_read(PART):
        raise NotAllowed
    text = format_html_join("", "<p>{} {}</p>", ((number, WORDS) for number in range(paragraphs)))
    html = format_html(
        '<!DOCTYPE html><html lang="en"><head><title>Document</title></head><body><h1>Mine</h1>{}</body></html>', text
    )
    fingerprint = plan.key.fingerprint(html.encode())
    content = pdf.render(html, moment=job.asked_at, identifier=plan.pk.bytes)
    return files.keep(plan, kind=job.kind, part=PART, fingerprint=fingerprint, content=content)
