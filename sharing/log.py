"""The log in plain sentences, for the person whose records they are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from sharing.models import AccessEvent, Share
from sharing.scopes import titles

What = AccessEvent.What


@dataclass(frozen=True)
class LogLine:
    """One sentence: who did what to which parts, and when."""

    at: datetime
    words: str
    parts: list[str]


def sentences(events: Iterable[AccessEvent], shares: dict[UUID, Share]) -> list[LogLine]:
    """Newest first. Openings of the same parts by the same person within five minutes are one line."""
    return [_line(event, shares.get(event.share_id) if event.share_id else None) for event in _one_per_visit(events)]


def _one_per_visit(events: Iterable[AccessEvent]) -> list[AccessEvent]:
    """Of the openings within five minutes the first is kept, so that who looks for an hour is seen for an hour.

    Events come newest first; the log itself keeps all.
    """
    kept: list[AccessEvent] = []
    newest: AccessEvent | None = None
    for event in events:
        if newest and _are_one_visit(newest, event):
            kept[-1] = event
        else:
            newest = event
            kept.append(event)
    return kept


def _are_one_visit(later: AccessEvent, earlier: AccessEvent) -> bool:
    is_same = (later.what, later.share_id, later.parts) == (earlier.what, earlier.share_id, earlier.parts)
    return is_same and later.what == What.OPENED and later.at - earlier.at < AccessEvent.SAME_VISIT


def _line(event: AccessEvent, share: Share | None) -> LogLine:
    who = share.label if share else _("Somebody you once shared with")
    words = {
        What.OPENED: _("%(who)s opened what you share."),
        What.TURNED_AWAY: _("%(who)s tried to open something that is not shared, and saw nothing."),
        What.SHARED: _("You offered to share with %(who)s."),
        What.CHANGED: _("You changed what %(who)s can read."),
        What.STOPPED: _("You stopped sharing with %(who)s."),
        What.ACCEPTED: _("%(who)s said yes."),
        What.DECLINED: _("%(who)s said no."),
        What.LEFT: _("%(who)s ended the share."),
    }[What(event.what)] % {"who": who}
    return LogLine(event.at, words, [str(title) for title in titles(event.parts)])
