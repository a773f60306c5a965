"""`World` has every role the matrix knows, and a canary in every sealed field; made through the product's own acts.

What the roles are to groups is in `group_world`.
"""

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.test import Client
from django.utils import timezone

from directives.drafting import put_aside
from directives.topics import TOPICS
from plans.models import Entry
from plans.sections import SECTIONS
from records import writing
from records.catalogue import Part
from records.models import Pass
from records.passes import bearing
from sharing import giving
from sharing.models import Share
from tests import jobs
from tests.group_world import GroupWorld
from tests.people import Cast, Person

__all__ = ["Cast", "Person", "World"]

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
    "facilitator",
    "co_facilitator",
    "asked_to_help",
    "member",
    "waiting",
    "asking",
    "left",
)
NOT_SIGNED_IN = ("anonymous", "anonymous_bearer")
POWERS = {"staff": {"is_staff": True}, "superuser": {"is_staff": True, "is_superuser": True}}
PARTS = {
    "reader": ("plan.strengths", "plan.crisis", "plan.goals", "directive.draft"),
    "other_reader": ("plan.gains",),
    "expired": ("plan.strengths", "directive.draft"),
    "stopped": ("plan.strengths", "directive.draft"),
    "offered": ("plan.strengths", "directive.draft"),
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
        self.groups = GroupWorld(self.people, self.canaries.plant)
        self.works = {role: self._works_of(role) for role in self.people}

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
        return self.works.get(role) or uuid.uuid4()

    def _works_of(self, role: str) -> uuid.UUID:
        with self.people[role].acting():
            return self.people[role].directive().single_id("works", "own")

    def may_show(self, role: str, places: Sequence[str]) -> set[str]:
        """Canaries by the names a cell uses, in which `mine` is whoever visits."""
        return self.canaries.below(*(place.replace("mine", role, 1) for place in places))
