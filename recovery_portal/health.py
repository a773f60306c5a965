"""Whether this process can serve people: for load balancers and whoever keeps watch, not for people."""

import logging
import uuid

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from records import vault
from records.access import public

logger = logging.getLogger(__name__)
NOBODY = uuid.UUID(int=0)


@require_safe
@public
def health(request: HttpRequest) -> HttpResponse:
    """200 and "ok" when the database answers and the newest master key seals; otherwise 503.

    When the database is away, `RequestTransaction` says so before this view is reached, or after it was.
    The broker is not asked: without it everything works, only later (docs/jobs.md).
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    try:
        vault.open_key(NOBODY, vault.new_wrapped_key(NOBODY))
    except (vault.VaultMissing, vault.SealBroken) as error:
        logger.error("no master key", exc_info=error)
        return HttpResponse("no master key", content_type="text/plain", status=503)
    return HttpResponse("ok", content_type="text/plain")
