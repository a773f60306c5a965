"""The recovery kit: nine words on paper that let a person choose a new passphrase. The words are kept nowhere."""

from datetime import datetime
from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.open_sessions import end_all
from records.models import Pass
from records.passes import bearing, make_pass, use_up

WORDS = 9  # 116 bits


class NotAKit(Exception):
    """The words are no kit, or one that was used or replaced."""


class AlreadyMade(Exception):
    """This form has made its kit."""


def made_at(user: User) -> datetime | None:
    """When the person's present kit was made; None without one."""
    return _live(user).values_list("made_at", flat=True).first()


@transaction.atomic
def make_kit(user: User, once: UUID | None = None) -> str:
    """The words of a new kit, to be shown once. Kits made before stop working. The person acts.

    `once` came with the form: sending that again, as a reload does, would end the kit just written on paper.
    Raises AlreadyMade then.
    """
    if once and Pass.objects.filter(holder=user.pk, purpose=Pass.Purpose.RECOVERY, subject_id=once).exists():
        raise AlreadyMade
    _live(user).update(expires_at=timezone.now())
    _kit, words = make_pass(user.pk, Pass.Purpose.RECOVERY, words=WORDS, lasts=None, subject=once)
    return words


@transaction.atomic
def use_kit(words: str, passphrase: str) -> User:
    """Set a new passphrase for whoever's kit it is, use the kit up and end every session. Nobody need be signed in.

    Raises NotAKit, or ValidationError for a passphrase that is easy to guess: then the kit stays good.
    """
    with bearing(words, Pass.Purpose.RECOVERY) as kit:
        person = User.objects.filter(pk=kit.holder_id, is_active=True).first() if kit else None
        if kit is None or person is None:
            raise NotAKit
        validate_password(passphrase, person)
        person.set_password(passphrase)
        person.save(update_fields=["password"])
        use_up(kit)
    end_all(person)
    return person


def _live(user: User) -> QuerySet[Pass]:
    return Pass.objects.filter(holder=user.pk, purpose=Pass.Purpose.RECOVERY, used_at=None, expires_at=None).order_by(
        "-made_at"
    )
