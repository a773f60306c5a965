"""Giving, changing and ending shares. Every act writes its line in the owner's log, in the same transaction."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from records.models import Pass, lend
from records.passes import make_pass, use_up
from records.vault import OpenedKey
from sharing.models import AccessEvent, Share

INVITATION_LASTS = timedelta(days=7)
INVITATION_WORDS = 5
What = AccessEvent.What


class NotPossible(Exception):
    """A sharing act that cannot be done now; carries a key that the view turns into words."""


@transaction.atomic
def give(
    key: OpenedKey,
    *,
    label: str,
    my_name: str,
    parts: Sequence[str],
    ends_at: datetime | None,
    recipient: User | None,
) -> tuple[Share, str]:
    """A new share of the key's holder. With a recipient it waits for their answer; without, it comes with words.

    Gives the share and the words of its invitation ("" when there is a recipient). Raises NotPossible for
    sharing with oneself, or with somebody who has a share already.
    """
    if recipient:
        _clear_the_way(key.holder_id, recipient.pk)
    share = Share(holder_id=key.holder_id, parts=list(parts), ends_at=ends_at, recipient=recipient)
    lend(key, [share])
    share.label, share.my_name = label, my_name
    try:
        with transaction.atomic():
            share.save()
    except IntegrityError as twice:
        raise NotPossible("already") from twice
    _log(share, What.SHARED, share.holder_id)
    if recipient:
        return share, ""
    return share, invite(share)


@transaction.atomic
def invite(share: Share) -> str:
    """New words for a share nobody has accepted yet. Earlier words stop working."""
    Pass.objects.filter(holder=share.holder_id, subject_id=share.pk, used_at=None).update(expires_at=timezone.now())
    _made, words = make_pass(
        share.holder_id, Pass.Purpose.INVITATION, words=INVITATION_WORDS, lasts=INVITATION_LASTS, subject=share.pk
    )
    return words


@transaction.atomic
def change(share: Share, *, label: str, my_name: str, parts: Sequence[str], ends_at: datetime | None) -> None:
    """What the reader sees from now on. Raises NotPossible if the share was stopped meanwhile."""
    current = Share.objects.select_for_update(of=("self",)).get(pk=share.pk)
    if current.stopped_at:
        raise NotPossible("stopped")
    share.label, share.my_name, share.parts, share.ends_at = label, my_name, list(parts), ends_at
    share.save(update_fields=["label", "my_name", "parts", "ends_at"])
    _log(share, What.CHANGED, share.holder_id)


@transaction.atomic
def stop(share: Share) -> None:
    """Ends a share at once, and its invitation with it. Stopping twice is stopping once."""
    if not Share.objects.filter(pk=share.pk, stopped_at=None).update(stopped_at=timezone.now()):
        return
    Pass.objects.filter(holder=share.holder_id, subject_id=share.pk, used_at=None).update(expires_at=timezone.now())
    _log(share, What.STOPPED, share.holder_id)


@transaction.atomic
def accept_offer(share: Share, reader: User) -> None:
    """The reader takes a share that was offered to their name."""
    if Share.objects.filter(pk=share.pk, accepted_at=None, stopped_at=None).update(accepted_at=timezone.now()):
        _log(share, What.ACCEPTED, reader.pk)


@transaction.atomic
def accept_invitation(found: Pass, reader: User) -> Share:
    """The reader takes a share by its words. Whoever acts bears the pass, and is the reader.

    Raises NotPossible when it was stopped or has ended, is the reader's own, or when the two have a share already.
    """
    share = Share.objects.select_for_update(of=("self",)).filter(pk=found.subject_id).first()
    if share is None or share.is_over or share.recipient_id:
        raise NotPossible("over")
    _clear_the_way(share.holder_id, reader.pk)
    try:
        with transaction.atomic():
            Share.objects.filter(pk=share.pk).update(recipient=reader, accepted_at=timezone.now())
    except IntegrityError as twice:
        raise NotPossible("already") from twice
    use_up(found)
    _log(share, What.ACCEPTED, reader.pk)
    return share


@transaction.atomic
def decline(share: Share, reader: User) -> None:
    """The reader says no thank you, or does not want to read any more."""
    what = What.LEFT if share.accepted_at else What.DECLINED
    if Share.objects.filter(pk=share.pk, stopped_at=None).update(stopped_at=timezone.now()):
        _log(share, what, reader.pk)


def _clear_the_way(holder_id: UUID, recipient_id: UUID) -> None:
    """A share that has ended by its date makes room; one that is still open does not."""
    if holder_id == recipient_id:
        raise NotPossible("oneself")
    Share.objects.filter(holder=holder_id, recipient=recipient_id, stopped_at=None, ends_at__lte=timezone.now()).update(
        stopped_at=timezone.now()
    )
    # The holder's row would be the natural lock; the constraint `share_one_at_a_time` decides a race.
    if Share.objects.filter(holder=holder_id, recipient=recipient_id, stopped_at=None).exists():
        raise NotPossible("already")


def _log(share: Share, what: str, actor_id: UUID) -> None:
    AccessEvent(holder_id=share.holder_id, what=what, actor_id=actor_id, share_id=share.pk, parts=share.parts).save()
