"""Run inside a trial's site with `name=address` for each page: prints what sealing costs and their queries, as JSON."""

import json
import os
import sys
import time
import uuid
from collections.abc import Callable
from statistics import median

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "recovery_portal.settings")
django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from accounts.models import User  # noqa: E402
from records import vault  # noqa: E402

FIELDS = 30
TEXT = "It clears my head. " * 21  # 399 letters
HOLDER, ROW, FIELD = uuid.uuid4(), uuid.uuid4(), "plans_wording.words"


def milliseconds(act: Callable[[], object], times: int = 2000) -> float:
    """The median of single runs, after as many warm ones as a tenth."""
    took = []
    for _ in range(times + times // 10):
        began = time.perf_counter()
        act()
        took.append(time.perf_counter() - began)
    return median(took[times // 10 :]) * 1000


def sealing() -> dict[str, float]:
    wrapped = vault.new_wrapped_key(HOLDER)
    key = vault.open_key(HOLDER, wrapped)
    sealed = key.seal(TEXT, field=FIELD, row=ROW)

    def page() -> None:
        opened = vault.open_key(HOLDER, wrapped)
        for _ in range(FIELDS):
            opened.open(sealed, field=FIELD, row=ROW)

    return {
        "seal 400 bytes": milliseconds(lambda: key.seal(TEXT, field=FIELD, row=ROW)),
        "open 400 bytes": milliseconds(lambda: key.open(sealed, field=FIELD, row=ROW)),
        "unwrap a key": milliseconds(lambda: vault.open_key(HOLDER, wrapped)),
        f"page of {FIELDS} fields": milliseconds(page, 500),
    }


def queries(username: str, address: str) -> list[str]:
    """The statements of one request, without those that open and close its transaction and savepoints."""
    browser = Client(headers={"host": "127.0.0.1"})
    browser.force_login(User.objects.get(username=username))
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            browser.get(address)
    said = [query["sql"] for query in captured.captured_queries]
    return [sql for sql in said if not sql.startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE"))]


if __name__ == "__main__":
    asked = [argument.split("=", 1) for argument in sys.argv[1:]]
    counted = {address: queries(username, address) for username, address in asked}
    print(json.dumps({"sealing": sealing(), "queries": counted}))
