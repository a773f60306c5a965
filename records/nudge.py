"""Tells a worker at once that a job waits. Nothing is lost when it does not: the sweep finds every job.

SECURITY: a message carries the job's id and nothing else. A broker is trusted with no content.
"""

import logging
import threading
import time
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

logger = logging.getLogger(__name__)

MOST_THREADS = 4
REST_SECONDS = 30.0

_places = threading.BoundedSemaphore(MOST_THREADS)
_telling = threading.Lock()
_rests_until = 0.0


def nudge(job_id: UUID) -> None:
    """Send the message from a thread of its own: a broker that is gone or hangs costs the request nothing.

    After an error no message is sent for a while. Without a broker none ever is.
    """
    if not settings.CELERY_BROKER_URL or time.monotonic() < _rests_until:
        return
    if not _places.acquire(blocking=False):
        return
    try:
        threading.Thread(target=_send, args=[job_id], daemon=True, name="nudge").start()
    except RuntimeError:  # the process is ending, or has no thread left to give
        _places.release()


def _send(job_id: UUID) -> None:
    try:
        # Found by its name, as is the task: a web process loads Celery with its first job, and the work never.
        import_string(settings.MESSENGER).send_task("records.tasks.do_job", [str(job_id)], retry=False)
    except Exception as error:
        _rest(error)
    finally:
        _places.release()


def _rest(error: Exception) -> None:
    """No message for a while; said once, however many threads come to the same end."""
    global _rests_until
    with _telling:
        if time.monotonic() >= _rests_until:
            logger.warning("the broker takes no messages: jobs wait for the sweep", exc_info=error)
        _rests_until = time.monotonic() + REST_SECONDS
