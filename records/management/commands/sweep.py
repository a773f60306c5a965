"""`manage.py sweep`: do in this process every job that is due. Needs no broker and no worker; safe at any time."""

import logging
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections

from records import entries, files, outbox

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Do every job that is due, then clear what is old. Run it by the clock where no worker runs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--every", type=int, metavar="SECONDS", help="go on, with so long a pause, until stopped")

    def handle(self, *args: Any, every: int | None, **options: Any) -> None:
        self.stdout.write(self._sweep())
        while every:
            time.sleep(every)
            try:
                line = self._sweep()
            except DatabaseError as error:
                # Away for a while, as after a crash: the next round finds it again, and every job with it.
                logger.error("swept nothing", exc_info=error)
                close_old_connections()
                continue
            if options["verbosity"] > 1:
                self.stdout.write(line)

    def _sweep(self) -> str:
        """All that worker and beat would do."""
        done = sum(outbox.do(job_id) for job_id in outbox.due(limit=1000))
        files.clear_old()
        entries.clear_removed()
        return f"{done} jobs done, {outbox.Job.objects.open().count()} left"
