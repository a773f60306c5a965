"""Run inside a drill's site: prints, as JSON, every wording of the demo person that opens, current or earlier."""

import json
import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "recovery_portal.settings")
django.setup()

from accounts.models import User  # noqa: E402
from plans.models import Plan, Wording  # noqa: E402
from records.acting import acting_as  # noqa: E402
from recovery_portal.demo import PERSON  # noqa: E402


def kept_words() -> list[tuple[str, str]]:
    """Entry and text of each. Raises SealBroken if one does not open."""
    person = User.objects.get(username=PERSON)
    with acting_as(person.pk):
        plan = Plan.objects.visible_to(person).get(holder=person.pk)
        wordings = plan.lend(Wording.objects.filter(entry__record=plan))
        return [(str(wording.entry_id), wording.words["text"]) for wording in wordings if "text" in wording.words]


if __name__ == "__main__":
    print(json.dumps(kept_words()))
