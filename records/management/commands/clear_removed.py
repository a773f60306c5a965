"""`manage.py clear_removed`: take away for good what was removed more than 30 days ago. Safe to run at any time."""

from typing import Any

from django.core.management.base import BaseCommand

from records.entries import clear_removed


class Command(BaseCommand):
    help = "Take away for good what people removed from what they write more than 30 days ago."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{clear_removed()} removed entries are gone for good.")
