"""Run by a restore with the ids of people who came after the content was dumped: lays out empty pages for each."""

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "recovery_portal.settings")
django.setup()

from django.db import transaction  # noqa: E402

from accounts.beginnings import begin_all  # noqa: E402
from accounts.models import User  # noqa: E402
from records.acting import acting_as  # noqa: E402

if __name__ == "__main__":
    with transaction.atomic():
        for newcomer in User.objects.filter(pk__in=sys.argv[1:]):
            with acting_as(newcomer.pk):
                begin_all(newcomer)
