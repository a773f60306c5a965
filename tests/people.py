"""People for tests: what each of them does, through the product's own acts. `Cast` is for the tests of one verb."""

import time
import uuid
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from directives.models import Directive
from directives.models import Entry as DirectiveEntry
from directives.topics import TOPICS
from plans.models import Entry, Plan
from records import writing
from records.acting import acting_as
from sharing import giving
from sharing.access import own_key
from sharing.models import AccessEvent, Share

# SAVEPOINT and its kin are sent too, but ask the database for nothing.
BRACKETS = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK")


class Person:
    """Somebody with an account and a browser."""

    def __init__(self, name: str, **fields: Any) -> None:
        self.user = User(username=name, **fields)
        self.user.save()
        self.client = Client(raise_request_exception=False)
        self.client.force_login(self.user)
        self.confirms(seconds_ago=0)

    @property
    def pk(self) -> uuid.UUID:
        return self.user.pk

    def confirms(self, seconds_ago: int) -> None:
        """The passphrase was typed that long ago."""
        session = self.client.session
        session[AUTHENTICATION_METHODS_SESSION_KEY] = [
            {"method": "password", "at": time.time() - seconds_ago, "username": self.user.username}
        ]
        session[f"{AUTHENTICATION_METHODS_SESSION_KEY}_user"] = str(self.pk)
        session.save()

    def acting(self) -> AbstractContextManager[None]:
        """The database holds this person responsible."""
        return acting_as(self.pk)

    def get(self, name: str, *args: Any, query: str = "", **options: Any) -> HttpResponse:
        return self._visit("get", reverse(name, args=args) + query, **options)

    def post(self, name: str, /, *args: Any, htmx: Any = False, **data: Any) -> HttpResponse:
        return self._visit("post", reverse(name, args=args), data=data, headers={"HX-Request": "true"} if htmx else {})

    def _visit(self, method: str, address: str, **options: Any) -> HttpResponse:
        # In a test all requests share one transaction: begin each with nobody acting, as the site does.
        with acting_as(None):
            return getattr(self.client, method)(address, **options)

    def queries(self, name: str, *args: Any) -> tuple[list[str], list[str]]:
        """What a page asks of the database, and the transaction's brackets around it."""
        self.get(name, *args)
        with acting_as(None), CaptureQueriesContext(connection) as captured:
            assert self.client.get(reverse(name, args=args)).status_code == 200
        said = [query["sql"] for query in captured.captured_queries]
        asked = [sql for sql in said if not sql.startswith(BRACKETS)]
        return asked, [sql for sql in said if sql.startswith(BRACKETS)]

    def plan(self) -> Plan:
        return Plan.objects.visible_to(self.user).get(holder=self.pk)

    def directive(self) -> Directive:
        return Directive.objects.visible_to(self.user).get(holder=self.pk)

    def writes(self, section: str, part: str, under: Any = None, **words: str) -> Entry:
        """A new entry at the end of a list of the plan."""
        with self.acting():
            spot = writing.Spot(section, part, under)
            return writing.add(self.plan(), spot, entry_id=uuid.uuid4(), edit=writing.Edit(words)).entry

    def answers(self, topic: str, part: str = "own", **words: str) -> DirectiveEntry:
        """A new entry in a list of the directive, or what stands now in a form that has one."""
        with self.acting():
            directive = self.directive()
            is_single = TOPICS[topic].part(part).is_single
            entry_id = directive.single_id(topic, part) if is_single else uuid.uuid4()
            entry = DirectiveEntry.objects.visible_to(self.user).filter(pk=entry_id).first()
            edit = writing.Edit(words, seen=entry.newest().number if entry else 0)
            return writing.add(directive, writing.Spot(topic, part), entry_id=entry_id, edit=edit).entry

    def rewrites(self, entry: Entry, **words: str) -> None:
        with self.acting():
            own = Entry.objects.visible_to(self.user).get(pk=entry.pk)
            writing.write(own, writing.Edit(words, seen=own.newest().number))

    def removes(self, entry: Entry, days_ago: int = 0) -> None:
        with self.acting():
            Entry.objects.filter(pk=entry.pk).update(removed_at=timezone.now() - timedelta(days=days_ago))

    def offers(self, reader: "Person | None", *parts: str, **said: Any) -> tuple[Share, str]:
        """A share that waits: for the reader's answer, or for whoever brings the words."""
        known: dict[str, Any] = {"label": "Dr. Osei", "my_name": "Ana", "ends_at": None, **said}
        with self.acting():
            recipient = reader.user if reader else None
            return giving.give(own_key(self.user), giving.Terms(parts=list(parts), **known), recipient=recipient)

    def shares(self, reader: "Person", *parts: str, **said: Any) -> Share:
        """A share that is live."""
        share, _words = self.offers(reader, *parts, **said)
        with reader.acting():
            giving.accept_offer(Share.objects.visible_to(reader.user).get(pk=share.pk), reader.user)
        return share

    def sets(self, share: Share, **fields: Any) -> None:
        """Changes a share's facts past its rules, such as an end in the past."""
        with self.acting():
            Share.objects.filter(pk=share.pk).update(**fields)

    def log(self) -> list[AccessEvent]:
        """This person's own log, oldest first."""
        with self.acting():
            return list(AccessEvent.objects.filter(holder=self.pk).order_by("at", "pk"))


class Cast:
    """Ana owns a plan, Ben is somebody she may share with, Cora is nobody to her."""

    def __init__(self) -> None:
        self.ana, self.ben, self.cora = Person("ana"), Person("ben"), Person("cora")
