"""What workers do for plans by the clock."""

from celery import shared_task
from django.core.management import call_command


@shared_task
def clear_removed() -> None:
    """What was removed more than 30 days ago goes for good."""
    call_command("clear_removed", verbosity=0)
