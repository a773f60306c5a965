"""`manage.py load_demo`: demo people and content, for fresh data only. Prints the sign-ins it made."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError

from recovery_portal.demo import load_demo


class Command(BaseCommand):
    help = "Make the demo people with their content, and print how to sign in as them."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            made = load_demo()
        except IntegrityError as there:
            raise CommandError("The demo people are here already. Nothing was changed.") from there
        for sign_in in made:
            self.stdout.write(
                f"{sign_in.who}\n    name:       {sign_in.username}\n    passphrase: {sign_in.passphrase}"
            )
