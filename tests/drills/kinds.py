"""Kinds of jobs for drills: a document of one page, and one that takes some seconds to lay out."""

from django.urls import reverse

from records.outbox import Job, Kind


def address(job: Job) -> str:
    return reverse("home")


SHORT = Kind("drill.short", "A short document", "tests.drills.long_work.make_short", address)
LONG = Kind("drill.long", "A long document", "tests.drills.long_work.make_long", address)
