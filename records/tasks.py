"""What workers and the beat run. Arguments are ids."""

from uuid import UUID

from celery import shared_task

from records import entries, files, outbox

# The next sweep sends its own messages: those of this one are of no use any more.
SWEEP_SECONDS = 10


@shared_task
def do_job(job_id: str) -> None:
    outbox.do(UUID(job_id))


@shared_task
def sweep() -> None:
    """A message for each job that is due: for those whose own message was lost, and those to be tried again."""
    for job_id in outbox.due():
        do_job.apply_async([str(job_id)], expires=SWEEP_SECONDS)


@shared_task
def clear() -> None:
    files.clear_old()


@shared_task
def clear_removed() -> None:
    """What was removed more than 30 days ago goes for good."""
    entries.clear_removed()
