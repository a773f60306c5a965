"""Demo content: a person with a whole plan, and a clinician she shares some parts with."""

import tomllib
import uuid
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from accounts.models import User
from plans.models import Plan
from plans.sections import SECTIONS
from records.acting import acting_as
from records.passes import spoken_words
from records.writing import Edit, Spot, add
from sharing import giving
from sharing.access import own_key
from sharing.models import Share

CONTENT = Path(__file__).with_name("demo.toml")
PERSON, CLINICIAN = "marisol", "dr-osei"
SHARED = ("tools", "early_signs", "breaking_down", "crisis", "voice")


@dataclass(frozen=True)
class SignIn:
    """A name and passphrase that were just made, for whom."""

    who: str
    username: str
    passphrase: str


@transaction.atomic
def load_demo() -> list[SignIn]:
    """Make the demo people with passphrases of this moment, which are kept nowhere.

    Raises IntegrityError when they exist already.
    """
    marisol, person = _sign_up("A person with a plan", PERSON)
    osei, clinician = _sign_up("A clinician who may read parts of it", CLINICIAN)
    with acting_as(marisol.pk):
        plan = Plan.objects.visible_to(marisol).get(holder=marisol.pk)
        plan.called = "Marisol"
        plan.save(update_fields=["called"])
        write_plan(plan)
        share, _words = giving.give(
            own_key(marisol),
            giving.Terms("Dr. Osei", "Marisol V.", [SECTIONS[key].scope for key in SHARED]),
            recipient=osei,
        )
    with acting_as(osei.pk):
        giving.accept_offer(Share.objects.visible_to(osei).get(pk=share.pk), osei)
    return [person, clinician]


def write_plan(plan: Plan) -> None:
    """Write the demo content into an empty plan, as its owner would."""
    for section, parts in tomllib.loads(CONTENT.read_text()).items():
        for part, entries in parts.items():
            for words in entries:
                steps = words.pop("steps", [])
                entry_id = uuid.uuid4()
                add(plan, Spot(section, part), entry_id=entry_id, edit=Edit(words))
                for step in steps:
                    add(plan, Spot(section, "steps", entry_id), entry_id=uuid.uuid4(), edit=Edit(step))


def _sign_up(who: str, username: str) -> tuple[User, SignIn]:
    passphrase = spoken_words(5)
    user = User(username=username)
    user.set_password(passphrase)
    user.save()
    return user, SignIn(who, username, passphrase)
