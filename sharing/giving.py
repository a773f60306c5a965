"""Giving, changing and ending shares. Every act writes its line in the owner's log, in the same transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from records.acting import acting_as
from records.models import Pass, lend
from records.passes import hash_of, make_pass, use_up
from records.vault import OpenedKey
from sharing.models import AccessEvent, Share
from sharing.policy import Relation

INVITATION_LASTS = timedelta(days=7)
INVITATION_WORDS = 5
What = AccessEvent.What


class NotPossible(Exception):
    """A sharing act that cannot be done now; carries a key that the view turns into words."""


@dataclass(frozen=True)
class Terms:
    """What a reader sees, under which names, and until when."""

    label: str
    my_name: str
    parts: Sequence[str]
    ends_at: datetime | None = None


@transaction.atomic
def give(key: OpenedKey, terms: Terms, *, recipient: User | None, share_id: UUID | None = None) -> tuple[Share, str]:
    """A new share of the key's holder. With a recipient it waits for their answer; without, it comes with words.

    Gives the share and the words of its invitation ("" when there is a recipient). `share_id` was made with the
    form, so sending that twice makes one share. Raises NotPossible for sharing with oneself, with somebody who
    has a share already, and for a share that is made.
    """
    if recipient:
        _clear_the_way(key.holder_id, recipient.pk)
    share = Share(pk=share_id or uuid4(), holder_id=key.holder_id, recipient=recipient)
    if Share.objects.filter(pk=share.pk).exists():
        raise NotPossible("made")
    lend(key, [share])
    _set(share, terms)
    try:
        with transaction.atomic():
            share.save(force_insert=True)
    except IntegrityError as twice:
        raise NotPossible("already" if recipient else "made") from twice
    _log(share, What.SHARED, share.holder_id)
    return share, "" if recipient else invite(share)


@transaction.atomic
def invite(share: Share) -> str:
    """New words for a share nobody has accepted yet. Earlier words stop working."""
    _end_invitations(share)
    _made, words = make_pass(
        share.holder_id, Pass.Purpose.INVITATION, words=INVITATION_WORDS, lasts=INVITATION_LASTS, subject=share.pk
    )
    return words


@transaction.atomic
def change(share: Share, terms: Terms) -> None:
    """What the reader sees from now on. Raises NotPossible if the share was stopped meanwhile."""
    current = Share.objects.select_for_update(of=("self",)).get(pk=share.pk)
    if current.stopped_at:
        raise NotPossible("stopped")
    _set(share, terms)
    share.save(update_fields=["label", "my_name", "parts", "ends_at"])
    _log(share, What.CHANGED, share.holder_id)


@transaction.atomic
def stop(share: Share) -> None:
    """Ends a share at once, and its invitation with it. Stopping twice is stopping once."""
    # The invitation before the share, as whoever accepts does: the other way round the two could lock each other out.
    _end_invitations(share)
    if Share.objects.filter(pk=share.pk, stopped_at=None).update(stopped_at=timezone.now()):
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
    # SECURITY: of the pass's own holder. A pass somebody made themselves opens nothing of anybody else's.
    mine = Share.objects.select_for_update(of=("self",)).filter(pk=found.subject_id, holder=found.holder_id)
    share = mine.first()
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


def taken_by(words: str, reader: User) -> Share | None:
    """The share this reader took with these words earlier, if it is live: pressing twice, or the link again."""
    with acting_as(reader.pk, with_pass=hash_of(words)):
        used = Pass.objects.filter(purpose=Pass.Purpose.INVITATION, secret_hash=hash_of(words)).first()
        mine = Share.objects.visible_to(reader).filter(pk=used.subject_id if used else None)
        return mine.filter(relation=Relation.CONSULTANT).first()


def _set(share: Share, terms: Terms) -> None:
    share.label, share.my_name = terms.label, terms.my_name
    share.parts, share.ends_at = list(terms.parts), terms.ends_at


def _end_invitations(share: Share) -> None:
    """Words that were given out and not used yet open nothing from now on."""
    now = timezone.now()
    Pass.objects.filter(holder=share.holder_id, subject_id=share.pk, used_at=None, expires_at__gt=now).update(
        expires_at=now
    )


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
