"""Sessions, and who came: one mark a tap, corrections as further marks, and the sheet that is read from them."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from peers.models import Facilitator, Group, Mark, Membership, Session, WalkIn

What = Mark.What


@dataclass
class Row:
    """One person on the sheet, with all their marks of this session, oldest first."""

    pk: UUID
    called: str | None
    is_walk_in: bool
    marks: list[Mark] = field(default_factory=list)

    @property
    def what(self) -> str:
        """The mark that counts: the last one; TAKEN_BACK where there is none."""
        return self.marks[-1].what if self.marks else What.TAKEN_BACK

    @property
    def is_marked(self) -> bool:
        return self.what != What.TAKEN_BACK

    @property
    def trail(self) -> list[Mark]:
        """All their marks, the latest first."""
        return self.marks[::-1]

    def what_at(self, number: int) -> str:
        """The mark that counted when the session had this many."""
        known = [each.what for each in self.marks if each.number <= number]
        return known[-1] if known else What.TAKEN_BACK

    def is_marked_since(self, number: int) -> bool:
        return bool(self.marks) and self.marks[-1].number > number

    def takes(self, what: str, by: Facilitator, seen: int) -> bool:
        """Whether a page that knew the first `seen` marks says something new: no old news, and nothing sent twice."""
        mine = [each.what for each in self.marks if each.number > seen and each.made_by_id == by.pk]
        # Sent before, and the answer was lost: whoever marked them after that has the last word.
        is_sent_again = mine[-1:] == [what]
        return what not in {self.what, self.what_at(seen)} and not is_sent_again


@dataclass(frozen=True)
class Sheet:
    """A session with everybody on it, by name (of one name: as they got their place); walk-ins after, as they came."""

    session: Session
    number: int
    rows: list[Row]

    @property
    def tally(self) -> Counter[str]:
        """How many have each mark now. A walk-in who was taken off again was never expected: not one of them."""
        return Counter(row.what for row in self.rows if row.is_marked or not row.is_walk_in)

    @property
    def seen(self) -> int:
        """The number of the last mark: whoever holds it knows the sheet as it is here."""
        return max((each.number for row in self.rows for each in row.marks), default=0)

    @property
    def fingerprint(self) -> str:
        """Who is on it, in order, as 16 letters: a page that holds others shows another list."""
        return sha256("".join(str(row.pk) for row in self.rows).encode()).hexdigest()[:16]


def open_session(group: Group, day: date) -> Session:
    """The group's session on this day, begun now if it was not. Two who begin it at once get the same."""
    begun = group.new(Session, group=group, held_on=day, starts_at=group.weekly.on(day))
    Session.objects.bulk_create([begun], ignore_conflicts=True)
    return group.lend([Session.objects.get(group=group, held_on=day)])[0]


def move_to_come(group: Group) -> None:
    """Sheets that were opened ahead begin when the group meets now. Those of today and before stay as they were."""
    for session in Session.objects.filter(group=group, held_on__gt=group.weekly.today(timezone.now())):
        Session.objects.filter(pk=session.pk).update(starts_at=group.weekly.on(session.held_on))


@transaction.atomic
def mark(session: Session, by: Facilitator, chosen: Mapping[UUID, str], *, seen: int | None = None) -> int:
    """Mark people of the session: membership or walk-in → one of `What`. Gives how many marks are new.

    `seen`: how many marks the page knew, whose every choice this is. What it only showed is no news; somebody else
    may have changed it since. Without, all is news. The same mark again changes nothing, so a form that is sent
    twice leaves no second trail. Ids that are not on the sheet are left out.
    """
    _lock(session)
    rows = {row.pk: row for row in _rows(session)}
    told = [(rows[pk], what) for pk, what in chosen.items() if pk in rows and rows[pk].what != what]
    new = [(row, what) for row, what in told if seen is None or row.takes(what, by, seen)]
    first = 1 + max((each.number for row in rows.values() for each in row.marks), default=0)
    Mark.objects.bulk_create(_mark(session, by, row, number, what) for number, (row, what) in enumerate(new, first))
    if new:
        _note_change(session)
    return len(new)


@transaction.atomic
def walk_in(session: Session, by: Facilitator, called: str, *, pk: UUID) -> None:
    """Somebody who is here without being in the group. `pk`: made for the form, so that sent twice it is one person."""
    _lock(session)
    if WalkIn.objects.filter(pk=pk).exists():
        return
    session.new(WalkIn, pk=pk, session=session, called=called).save()
    number = Mark.objects.filter(session=session).count() + 1
    _mark(session, by, Row(pk, called, is_walk_in=True), number, What.HERE).save()
    _note_change(session)


def sheet(session: Session) -> Sheet:
    """The session as it stands. Raises NotLent for a session that was not reached from a group."""
    number = Session.objects.filter(group=session.group_id, held_on__lte=session.held_on).count()
    return Sheet(session, number, _rows(session))


def _mark(session: Session, by: Facilitator, row: Row, number: int, what: str) -> Mark:
    whose = {"walk_in_id": row.pk} if row.is_walk_in else {"membership_id": row.pk}
    return session.new(Mark, session=session, number=number, what=what, made_by=by, **whose)


def _rows(session: Session) -> list[Row]:
    # Whoever walks in is marked with it, so their names come with the marks.
    marks = list(Mark.objects.filter(session=session).select_related("made_by", "walk_in").in_order())
    session.lend(each.made_by for each in marks)
    walked_in = {each.walk_in.pk: each.walk_in for each in marks if each.walk_in}
    members = session.lend(_on_sheet(session, {mark.membership_id for mark in marks if mark.membership_id}))
    walk_ins = sorted(session.lend(walked_in.values()), key=lambda each: (each.made_at, each.pk))
    # Of two with one name, whoever is new stands below: nobody's place on the sheet moves under a thumb.
    members.sort(key=lambda each: ((each.called or "").casefold(), each.seated_at or each.made_at, each.pk))
    rows = {each.pk: Row(each.pk, each.called, is_walk_in=False) for each in members}
    rows |= {each.pk: Row(each.pk, each.called, is_walk_in=True) for each in walk_ins}
    for each in marks:
        rows[each.whose].marks.append(each)
    return list(rows.values())


def _on_sheet(session: Session, marked: set[UUID]) -> "QuerySet[Membership]":
    """Everybody with a place who had not left by then, also who came later: sheets are filled in from paper, too."""
    has_place = Q(seated_at__isnull=False) & (Q(ended_at=None) | Q(ended_at__gt=session.starts_at))
    return Membership.objects.filter(Q(group=session.group_id) & (has_place | Q(pk__in=marked)))


def _lock(session: Session) -> None:
    """Marks of one session are written one after the other: each knows the one before it."""
    Session.objects.select_for_update(no_key=True).get(pk=session.pk)


def _note_change(session: Session) -> None:
    session.changed_at = timezone.now()
    Session.objects.filter(pk=session.pk).update(changed_at=session.changed_at)


def marks_of(group: Group, membership: Membership) -> list[tuple[Session, Mark]]:
    """What was marked about one person, as it counts, the latest session first: theirs to see."""
    last: dict[UUID, Mark] = {}
    for each in Mark.objects.filter(membership=membership).select_related("session").in_order():
        last[each.session_id] = each
    kept = [(each.session, each) for each in last.values() if each.what != What.TAKEN_BACK]
    return sorted(kept, key=lambda pair: pair[0].held_on, reverse=True)
