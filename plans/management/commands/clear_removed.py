"""`manage.py clear_removed`: take away for good what was removed more than 30 days ago. Safe to run at any time."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection


class Command(BaseCommand):
    help = "Take away for good what people removed from their plans more than 30 days ago."

    def handle(self, *args: Any, **options: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT sec.clear_removed()")
            self.stdout.write(f"{cursor.fetchone()[0]} removed entries are gone for good.")
