"""Demo content: a person with a plan and a directive, a clinician she shares with, and a peer who runs her group."""

import tomllib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction

from accounts.models import User
from directives.drafting import choose_state
from directives.models import DRAFT, Directive
from directives.topics import TOPICS
from plans.models import Plan
from plans.sections import SECTIONS
from records.acting import acting_as
from records.catalogue import Section
from records.entries import Written
from records.passes import spoken_words
from records.writing import Edit, Spot, add
from recovery_portal import demo_group
from sharing import giving
from sharing.access import own_key
from sharing.models import Share

PLAN, DIRECTIVE = (Path(__file__).with_name(name) for name in ("demo_plan.toml", "demo_directive.toml"))
STATE = "NC"
PERSON, CLINICIAN, FACILITATOR = "marisol", "dr-osei", "dana"
# Asks to join the group. Nobody signs in as June: there is no passphrase.
ASKING = "june"
SHARED = ("tools", "early_signs", "breaking_down", "crisis", "voice")


@dataclass(frozen=True)
class SignIn:
    """A name and passphrase that were just made, for whom."""

    who: str
    username: str
    passphrase: str


@transaction.atomic
def load_demo(today: date | None = None) -> list[SignIn]:
    """Make the demo people with passphrases of this moment, which are kept nowhere. First the person, then the
    clinician, then who runs the group, which meets on the weekday of `today`.

    Raises IntegrityError when they exist already.
    """
    marisol, person = _sign_up("A person with a plan", PERSON, "Marisol")
    osei, clinician = _sign_up("A clinician who may read parts of it", CLINICIAN, "Dr. Osei")
    dana, facilitator = _sign_up("A peer who runs a group", FACILITATOR, "Dana")
    with acting_as(marisol.pk):
        _write_own(marisol)
        share, _words = giving.give(
            own_key(marisol),
            giving.Terms("Dr. Osei", "Marisol V.", [*(SECTIONS[key].scope for key in SHARED), DRAFT]),
            recipient=osei,
        )
    with acting_as(osei.pk):
        giving.accept_offer(Share.objects.visible_to(osei).get(pk=share.pk), osei)
    june = User(username=ASKING)
    june.set_unusable_password()
    june.save()
    demo_group.load_group(demo_group.People(facilitator=dana, member=marisol, asking=june), today=today)
    return [person, clinician, facilitator]


def write(record: Written, content: Path, sections: Mapping[str, Section]) -> None:
    """Write demo content into an empty record, as its owner would."""
    for key, parts in tomllib.loads(content.read_text()).items():
        for part, entries in parts.items():
            for words in entries:
                steps = words.pop("steps", [])
                is_single = sections[key].part(part).is_single
                entry_id = record.single_id(key, part) if is_single else uuid.uuid4()
                add(record, Spot(key, part), entry_id=entry_id, edit=Edit(words))
                for step in steps:
                    add(record, Spot(key, "steps", entry_id), entry_id=uuid.uuid4(), edit=Edit(step))


def _write_own(marisol: User) -> None:
    write(Plan.objects.visible_to(marisol).get(holder=marisol.pk), PLAN, SECTIONS)
    directive = Directive.objects.visible_to(marisol).get(holder=marisol.pk)
    choose_state(directive, STATE)
    write(directive, DIRECTIVE, TOPICS)


def _sign_up(who: str, username: str, called: str) -> tuple[User, SignIn]:
    passphrase = spoken_words(5)
    user = User(username=username)
    user.set_password(passphrase)
    user.save()
    with acting_as(user.pk):
        plan = Plan.objects.visible_to(user).get(holder=user.pk)
        plan.called = called
        plan.save(update_fields=["called"])
    return user, SignIn(who, username, passphrase)
