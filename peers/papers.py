"""What stands on the papers of a group: its roster, and a session's sheet to sign. `tasks` makes PDFs of these.

Nothing here knows the time of day: a paper says how things stood when they last changed. Those who ask to join are on
no paper, and no last name, no marks and nothing about a person are: a paper lies about in rooms.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Max, QuerySet
from django.template.loader import render_to_string
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format, time_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from peers.attendance import sheet
from peers.models import Facilitator, Group, Membership, Session
from peers.rosters import roster

# Empty lines at the end of a sheet to sign, for those who come along.
LINES_FOR_WALK_INS = 6
# On which no clock changes, anywhere.
SOME_DAY = date(2000, 1, 5)


@dataclass(frozen=True)
class Paper:
    """A whole page of HTML for `records.pdf`, and when what it says last changed."""

    html: str = field(repr=False)
    moment: datetime


def roster_paper(group: Group) -> Paper:
    """Everybody with a place and everybody in line, by the names they chose, with when and by whom it is run.

    `group` comes from `visible_to`, for somebody who runs it. Five queries. Raises NotLent for any other group.
    """
    people = roster(group)
    zone = group.weekly.zone
    moment = max([_changes(group), *_helpers_times(group)])
    context = {
        "meets": _meets(group),
        "run_by": [each.called or "" for each in group.facilitators()],
        "day": _day(moment, zone),
        "with_place": [(each.called or "", _day(each.seated_at, zone)) for each in people.with_place],
        "waiting": [each.called or "" for each in people.waiting],
    }
    return _paper("peers/print/roster.html", group, context, moment)


def sign_in_paper(group: Group, session: Session) -> Paper:
    """A line to sign for everybody on the session's sheet, and empty ones for walk-ins.

    `session` was reached from this group, which comes from `visible_to` for somebody who runs it. Five queries.
    """
    begins = session.starts_at.astimezone(group.weekly.zone)
    # Names of erased people are gone; their marks still count, but there is nobody to sign.
    called = [row.called for row in sheet(session).rows if row.called and not row.is_walk_in]
    context = {
        "day": date_format(begins, "l j F Y"),
        "hours": _hours(begins, group.minutes),
        "called": called,
        "walk_ins": range(LINES_FOR_WALK_INS),
    }
    # A mark can bring somebody onto the sheet who had left before.
    return _paper("peers/print/sign_in.html", group, context, max(_changes(group), session.changed_at))


def _paper(template: str, group: Group, context: Mapping[str, object], moment: datetime) -> Paper:
    # The title is seen in lists of files and in windows: it names nobody and nothing.
    title = _("{site} document").format(site=settings.SITE_NAME)
    frame = {"title": title, "language": get_language(), "name": group.name}
    return Paper(render_to_string(template, {**frame, **context}), moment)


def _meets(group: Group) -> str:
    """Such as "Each Tuesday, 10:00 to 11:30, New York time"."""
    place = group.time_zone.rpartition("/")[2].replace("_", " ")
    words = _("Each {weekday}, {hours}, {place} time")
    hours = _hours(group.weekly.on(SOME_DAY), group.minutes)
    return words.format(weekday=WEEKDAYS[group.weekday], hours=hours, place=place)


def _hours(begins: datetime, minutes: int) -> str:
    """By the clock on the wall there, also when the clocks change meanwhile."""
    ends = (begins.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(begins.tzinfo)
    return _("{begins} to {ends}").format(begins=time_format(begins, "H:i"), ends=time_format(ends, "H:i"))


def _day(moment: datetime | None, zone: ZoneInfo) -> str:
    return date_format(moment.astimezone(zone), "j F Y") if moment else ""


def _changes(group: Group) -> datetime:
    """When the group, or a name, a place or the line in it, last changed. Whoever only asks changes no paper."""
    in_line = Membership.objects.filter(group=group, accepted_at__isnull=False)
    return max([group.changed_at, *_latest(in_line, "accepted_at", "seated_at", "renamed_at", "ended_at")])


def _helpers_times(group: Group) -> list[datetime]:
    """When somebody last began or ended running the group."""
    return _latest(Facilitator.objects.filter(group=group, accepted_at__isnull=False), "accepted_at", "ended_at")


def _latest(rows: "QuerySet[Membership] | QuerySet[Facilitator]", *times: str) -> list[datetime]:
    return [latest for latest in rows.aggregate(*map(Max, times)).values() if latest]
