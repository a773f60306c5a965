"""The cast: who there is, what they wrote and what they share; all of it made through the product's own acts.

`Cast` is small and for the tests of one verb. `World` has every role the matrix knows, and a canary in every
sealed field.
"""

import re
import time
import uuid
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.usersessions.models import UserSession
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from directives.drafting import put_aside
from directives.models import Directive
from directives.models import Entry as DirectiveEntry
from directives.topics import TOPICS
from plans.models import Entry, Plan
from plans.sections import SECTIONS
from records import writing
from records.acting import acting_as
from records.catalogue import Part
from records.models import Pass
from records.passes import bearing
from sharing import giving
from sharing.access import own_key
from sharing.models import AccessEvent, Share
from tests import jobs

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

    def post(self, name: str, *args: Any, htmx: Any = False, **data: Any) -> HttpResponse:
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


ROLES = (
    "anonymous",
    "anonymous_bearer",
    "owner",
    "stranger",
    "reader",
    "other_reader",
    "expired",
    "stopped",
    "offered",
    "bearer",
    "spent_bearer",
    "expired_bearer",
    "staff",
    "superuser",
)
NOT_SIGNED_IN = ("anonymous", "anonymous_bearer")
POWERS = {"staff": {"is_staff": True}, "superuser": {"is_staff": True, "is_superuser": True}}
PARTS = {
    "reader": ("plan.strengths", "plan.crisis", "plan.goals", "directive.draft"),
    "other_reader": ("plan.gains",),
    "expired": ("plan.strengths",),
    "stopped": ("plan.strengths",),
    "offered": ("plan.strengths",),
    "bearer": ("plan.strengths",),
    "expired_bearer": ("plan.strengths",),
}
NO_WORDS = "nobody ever said these words"


@dataclass
class Canaries:
    """Words that stand nowhere else: one for each sealed place, known by the place's name."""

    places: dict[str, str] = field(default_factory=dict)

    def plant(self, place: str) -> str:
        word = f"cnry{len(self.places):04d}"
        self.places[word] = place
        return word

    def found_in(self, text: str) -> set[str]:
        return {self.places[word] for word in re.findall(r"cnry\d{4}", text)}

    def below(self, *names: str) -> set[str]:
        """All places that are one of these, or below one of them."""
        return {place for place in self.places.values() if any(f"{place}.".startswith(f"{name}.") for name in names)}


class World:
    """Everybody the matrix knows. Anonymous visitors have no person, only what they bear."""

    def __init__(self) -> None:
        self.canaries = Canaries()
        self.people = {role: Person(role, **POWERS.get(role, {})) for role in ROLES if role not in NOT_SIGNED_IN}
        self.words = dict.fromkeys(ROLES, NO_WORDS)
        self.owner = self.people["owner"]
        for role in self.people:
            self._call(role)
        self._write_owners_plan()
        for role in self.people.keys() - {"owner"}:
            self._write(role, "strengths", SECTIONS["strengths"].part("strengths"))
            self._answer(role, "works")
        self._write_owners_directive()
        self.shares = {role: self._share(role) for role in PARTS}
        self.owners_session = self._note_device(self.owner)
        with self.owner.acting():
            self.given_up = jobs.given_up(self.owner.user, self.owner.plan())
            self.job = jobs.ready(self.owner.user, self.owner.plan(), self.canaries.plant("owner.file"))
            self.drafted = jobs.drafted(self.owner.user, self.owner.directive(), self.canaries.plant("owner.document"))

    def _note_device(self, person: Person) -> int:
        """Another device on which somebody is signed in."""
        device = Client()
        device.force_login(person.user)
        key = device.session.session_key
        return UserSession.objects.create(user=person.user, session_key=key, ip="127.0.0.1", user_agent="").pk

    def _call(self, role: str) -> None:
        with self.people[role].acting():
            plan = self.people[role].plan()
            plan.called = self.canaries.plant(f"{role}.called")
            plan.save()

    def _write_owners_plan(self) -> None:
        """Every list of every section, and what is there but not shown: older words, removed ones, those below."""
        owner, plant = self.owner, self.canaries.plant
        self.entry = owner.writes("strengths", "strengths", text=plant("owner.older"))
        owner.rewrites(self.entry, text=plant("owner.plan.strengths.first.text"))
        lists = [(section.key, part) for section in SECTIONS.values() for part in section.parts]
        for section, part in lists:
            self._write("owner", section, part)
        self.removed = owner.writes("strengths", "strengths", text=plant("owner.removed.strength"))
        goal = owner.writes("goals", "goals", text=plant("owner.removed.goal"))
        owner.writes("goals", "steps", goal.pk, text=plant("owner.below_removed"))
        owner.removes(self.removed)
        owner.removes(goal)

    def _write(self, role: str, section: str, part: Part) -> Entry:
        """One entry with a canary in every box of its own words."""
        place = f"{role}.plan.{section}.{part.key}"
        words = {
            question.key: self.canaries.plant(f"{place}.{question.key}")
            for question in part.questions
            if not question.choices and not question.is_date
        }
        under = self._goal_of(role) if part.below else None
        return self.people[role].writes(section, part.key, under, **words)

    def _write_owners_directive(self) -> None:
        """Every form and list of every topic, an older answer, a removed one, and a topic that was put aside."""
        self.owner.answers("works", text=self.canaries.plant("owner.older"))
        for topic in TOPICS:
            self._answer("owner", topic)
        self.way = self.owner.answers("deescalation", "ways", text=self.canaries.plant("owner.directive.way"))
        self.removed_answer = self.owner.answers(
            "signs", "signs", text=self.canaries.plant("owner.removed_answer.signs")
        )
        with self.owner.acting():
            writing.remove(self.removed_answer)
            put_aside(self.owner.directive(), TOPICS["copies"])

    def _answer(self, role: str, topic: str) -> None:
        """An answer with a canary in every box of its own words, to every part of a topic."""
        for part in TOPICS[topic].parts:
            place = f"{role}.directive.{topic}.{part.key}"
            words = {
                question.key: self.canaries.plant(f"{place}.{question.key}")
                for question in part.questions
                if not question.choices and not question.is_date
            }
            choices = {question.key: question.choices[-1][0] for question in part.questions if question.choices}
            self.people[role].answers(topic, part.key, **words, **choices)

    def _goal_of(self, role: str) -> uuid.UUID:
        with self.people[role].acting():
            return Entry.objects.filter(holder=self.people[role].pk, part="goals").latest("made_at").pk

    def _share(self, role: str) -> Share:
        said = {"label": self.canaries.plant(f"label.{role}"), "my_name": self.canaries.plant(f"my_name.{role}")}
        if role in ("reader", "bearer", "expired_bearer"):
            share, self.words[role] = self.owner.offers(None, *PARTS[role], **said)
        else:
            share, _words = self.owner.offers(self.people[role], *PARTS[role], **said)
        arrange = {
            "reader": self._taken_by_words,
            "bearer": self._overheard,
            "expired_bearer": self._words_too_old,
            "other_reader": self._answered,
            "expired": self._ended_yesterday,
            "stopped": self._taken_back,
        }
        arrange.get(role, lambda role, share: None)(role, share)
        return share

    def _taken_by_words(self, role: str, share: Share) -> None:
        """The reader takes the share by its words; somebody else knows them too."""
        reader = self.people[role]
        with bearing(self.words[role], Pass.Purpose.INVITATION, person=reader.pk) as found:
            assert found
            giving.accept_invitation(found, reader.user)
        self.words["spent_bearer"] = self.words[role]

    def _overheard(self, role: str, share: Share) -> None:
        self.words["anonymous_bearer"] = self.words[role]

    def _words_too_old(self, role: str, share: Share) -> None:
        with self.owner.acting():
            Pass.objects.filter(subject_id=share.pk).update(expires_at=timezone.now() - timedelta(hours=1))

    def _answered(self, role: str, share: Share) -> None:
        reader = self.people[role]
        with reader.acting():
            giving.accept_offer(Share.objects.visible_to(reader.user).get(pk=share.pk), reader.user)

    def _ended_yesterday(self, role: str, share: Share) -> None:
        self._answered(role, share)
        self.owner.sets(share, ends_at=timezone.now() - timedelta(days=1))

    def _taken_back(self, role: str, share: Share) -> None:
        self._answered(role, share)
        with self.owner.acting():
            giving.stop(Share.objects.visible_to(self.owner.user).get(pk=share.pk))

    def works_of(self, role: str) -> uuid.UUID:
        """The id of the answer to one topic that everybody has."""
        if role not in self.people:
            return uuid.uuid4()
        with self.people[role].acting():
            return self.people[role].directive().single_id("works", "own")

    def may_show(self, role: str, places: Sequence[str]) -> set[str]:
        """Canaries by the names a cell uses, in which `mine` is whoever visits."""
        return self.canaries.below(*(place.replace("mine", role, 1) for place in places))
