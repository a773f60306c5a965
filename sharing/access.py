"""The two access decorators that fetch the record a view works on, and the log of those turned away."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404, HttpResponse

from accounts.models import User
from accounts.requests import PersonRequest
from accounts.sessions import mark_as_reader
from records.access import View, declare
from records.models import HolderKey
from records.vault import OpenedKey, open_key
from sharing.models import AccessEvent, Share
from sharing.policy import Action, allows

READING = frozenset({Action.READ, Action.PRINT})
# Whoever runs a group sees names of others all the time: their session is short, like a reader's.
RUNNING = frozenset({Action.RUN})
# A yes or no that is pressed twice is refused the second time; that is nobody's try at anything.
NOT_WORTH_TELLING = frozenset({Action.ANSWER_INVITATION, Action.LEAVE})
Decorator = Callable[[View], View]
# A model whose `objects.visible_to(user)` writes `.relation` on each row. Django's types have no name for that.
Related = type[Any]


def own_key(user: User) -> OpenedKey:
    """The key of the person who is signed in, for the first row of something new."""
    # SECURITY: call it with request.user only. Keys of those who share with this person can be read as well.
    return open_key(user.pk, bytes(HolderKey.objects.get(holder=user.pk).wrapped))


@dataclass(frozen=True)
class Denial:
    """Somebody asked for a record they may not have. Kept on the request until the view's savepoint is gone."""

    table: str
    pk: UUID


def on(model: Related, action: Action) -> Decorator:
    """For a view of one record: fetches it, asks the table, logs the reading, hands it over instead of its id.

    Not visible: 404. Visible, but not allowed: 403. A reading by another person is in the log before
    anything is shown.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def reach(request: PersonRequest, pk: UUID, **kwargs: Any) -> HttpResponse:
            record = model.objects.visible_to(request.user).filter(pk=pk).first()
            return view(request, _allowed(request, record, action, Denial(model._meta.db_table, pk)), **kwargs)

        return declare(reach, f"{action} {model._meta.label}")

    return decorate


def mine(model: Related, action: Action) -> Decorator:
    """For a view of the one record of this kind that everybody has: there is no id to get wrong."""

    def decorate(view: View) -> View:
        @wraps(view)
        def reach(request: PersonRequest, **kwargs: Any) -> HttpResponse:
            record = model.objects.visible_to(request.user).filter(holder=request.user.pk).first()
            if record is None or not allows(action, record):
                raise Http404
            return view(request, record, **kwargs)

        return declare(reach, f"{action} own {model._meta.label}")

    return decorate


def _allowed(request: PersonRequest, record: Any, action: Action, denial: Denial) -> Any:
    if record is None or not allows(action, record):
        if action not in NOT_WORTH_TELLING:
            request.denial = denial
        raise Http404 if record is None else PermissionDenied
    is_of_another = record.holder_id != request.user.pk
    if action in READING and is_of_another:
        # SECURITY: written first. If the log cannot be written, nothing is shown.
        record.new(
            AccessEvent,
            what=AccessEvent.What.OPENED,
            actor_id=request.user.pk,
            share_id=record.pk if isinstance(record, Share) else _newest_share(record.holder_id, request.user),
            parts=record.parts_read,
        ).save()
    if is_of_another and action in READING | RUNNING:
        mark_as_reader(request)
    return record


def _newest_share(holder_id: UUID, reader: User) -> UUID | None:
    """The share by which the log tells who this reader is: under it the holder gave them a name."""
    given = Share.objects.filter(holder=holder_id, recipient=reader.pk).order_by("-made_at")
    return given.values_list("pk", flat=True).first()


class LogDenials:
    """Writes down tries by somebody with a present or past relation, outside the view's savepoint.

    Strangers are not logged: an owner cannot do anything with a stranger's guess, and it would tell
    whoever guesses nothing either way.
    """

    def __init__(self, get_response: Callable[[PersonRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: PersonRequest) -> HttpResponse:
        response = self.get_response(request)
        denial = getattr(request, "denial", None)
        if denial and request.user.is_authenticated and (holder := _holder_who_shared(denial)):
            AccessEvent(
                holder_id=holder,
                what=AccessEvent.What.TURNED_AWAY,
                actor_id=request.user.pk,
                share_id=_newest_share(holder, request.user),
            ).save()
        return response


def _holder_who_shared(denial: Denial) -> UUID | None:
    """Whose record it is, if that person ever shared with the one who acts; the database answers, or None."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sec.holder_who_shared(%s, %s)", [denial.table, denial.pk])
        return cursor.fetchone()[0]
