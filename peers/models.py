"""Groups, who runs them, who is in them, their sessions and who came. All of it is held and sealed by the group."""

import uuid
from typing import TYPE_CHECKING, Self, cast
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.db.models.expressions import Func
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from peers.querysets import FacilitatorQuerySet, MembershipQuerySet
from peers.schedule import Weekly
from records.append_only import AppendOnly, AppendOnlyQuerySet
from records.fields import SealedFields, SealedText
from records.models import Held, HolderKey
from sharing.policy import Relation

if TYPE_CHECKING:
    from accounts.models import User

MOST_PLACES = 500


class Facilitator(Held):
    """Somebody who runs a group, or was asked to help run it. Facts are their times; nothing is overwritten."""

    group = models.ForeignKey("peers.Group", models.PROTECT, related_name="+")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", help_text="Nobody, once erased."
    )
    called = SealedText(null=True, help_text="The name the group knows them by.")
    asked_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    accepted_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = FacilitatorQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "person"], condition=Q(ended_at=None), name="facilitator_once_a_group"
            ),
        ]
        indexes = [models.Index(fields=["person"], condition=Q(ended_at=None), name="facilitator_by_person")]

    @property
    def is_running(self) -> bool:
        return self.accepted_at is not None and self.ended_at is None


class Membership(Held):
    """Somebody's way through a group: asked, accepted, given a place, over. Each is a time, set once.

    The database gives the place in line and the seat (migration 2): never more than there are, and in order.
    """

    class EndedHow(models.TextChoices):
        LEFT = "left", _("left")
        DECLINED = "declined", _("declined")
        TAKEN_OFF = "taken off", _("taken off the list")

    group = models.ForeignKey("peers.Group", models.PROTECT, related_name="+")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        help_text="Nobody: added by first name, or erased.",
    )
    called = SealedText(null=True, help_text="The name chosen for this group.")
    made_at = models.DateTimeField(default=timezone.now)
    accepted_at = models.DateTimeField(null=True)
    line = models.BigIntegerField(null=True, editable=False, help_text="Lower stands further ahead.")
    seated_at = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(null=True)
    ended_how = models.CharField(max_length=10, choices=EndedHow, default="", blank=True)
    renamed_at = models.DateTimeField(null=True)

    objects = MembershipQuerySet.as_manager()

    # Written by `with_place_in_line`.
    place_in_line: int | None

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "person"], condition=Q(ended_at=None), name="membership_once_a_group"
            ),
            models.UniqueConstraint(fields=["line"], name="membership_line_once"),
            models.CheckConstraint(
                condition=Q(accepted_at=None, line=None) | Q(accepted_at__isnull=False, line__isnull=False),
                name="membership_in_line_once_accepted",
            ),
            models.CheckConstraint(condition=Q(seated_at=None) | Q(line__isnull=False), name="membership_seat_by_line"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_how="") | (Q(ended_at__isnull=False) & ~Q(ended_how="")),
                name="membership_ended_somehow",
            ),
        ]
        indexes = [models.Index(fields=["person"], condition=Q(ended_at=None), name="membership_by_person")]

    @property
    def is_asking(self) -> bool:
        return self.ended_at is None and self.accepted_at is None

    @property
    def is_waiting(self) -> bool:
        return self.ended_at is None and self.accepted_at is not None and self.seated_at is None

    @property
    def has_place(self) -> bool:
        return self.ended_at is None and self.seated_at is not None


class GroupQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """The groups this person runs, is in, was asked to help with, or may ask to join.

        Each with `.relation`, and with `.places_taken`, a count. The key that comes along opens what hangs on the
        group; the second wall shows each relation its own rows.
        """
        if not user.is_authenticated:
            return self.none()
        running = Facilitator.objects.running().filter(group=OuterRef("pk"))
        asked_to_help = Facilitator.objects.open().filter(group=OuterRef("pk"), person=user.pk, accepted_at=None)
        mine = Membership.objects.filter(group=OuterRef("pk"), person=user.pk)
        return self.annotate(
            relation=Case(
                When(Exists(running.filter(person=user.pk)), then=Value(Relation.FACILITATOR)),
                When(Exists(asked_to_help), then=Value(Relation.ASKED_TO_HELP)),
                When(Exists(mine.seated()), then=Value(Relation.MEMBER)),
                When(Exists(mine.waiting()), then=Value(Relation.WAITING)),
                When(Exists(mine.asking()), then=Value(Relation.ASKING)),
                When(Q(is_listed=True) & Exists(running), then=Value(Relation.VISITOR)),
                default=None,
                output_field=models.CharField(),
            ),
            places_taken=Func(F("pk"), function="sec.places_taken", output_field=models.IntegerField()),
            wrapped_key=HolderKey.of(),
        ).exclude(relation=None)


class Group(Held):
    """A peer group that meets once a week. Its id is its holder's, as a person's is."""

    class Joining(models.TextChoices):
        OPEN = "open", _("Anybody can join while there is a place")
        BY_REQUEST = "by request", _("People ask, and we answer")

    words = SealedFields(help_text="name, about, place: for everybody who can find the group.")
    weekday = models.PositiveSmallIntegerField(help_text="0 is Monday.")
    at = models.TimeField()
    minutes = models.PositiveSmallIntegerField()
    time_zone = models.CharField(max_length=64)
    capacity = models.PositiveSmallIntegerField()
    joining = models.CharField(max_length=10, choices=Joining, default=Joining.BY_REQUEST)
    is_listed = models.BooleanField(default=False, help_text="Whether everybody with an account can find it.")
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = GroupQuerySet.as_manager()

    # Written by `visible_to`; absent on a group that was fetched any other way.
    relation: str
    places_taken: int

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(pk=F("holder")), name="group_is_its_holder"),
            models.CheckConstraint(condition=Q(capacity__range=(1, MOST_PLACES)), name="group_has_places"),
            models.CheckConstraint(condition=Q(weekday__range=(0, 6)), name="group_meets_on_a_weekday"),
            models.CheckConstraint(condition=Q(minutes__range=(1, 1440)), name="group_lasts_at_most_a_day"),
        ]

    @property
    def name(self) -> str:
        return self.words["name"]

    @property
    def places_free(self) -> int:
        return max(self.capacity - self.places_taken, 0)

    @property
    def is_open(self) -> bool:
        """Whether a place that is free is anybody's who wants it."""
        return self.joining == self.Joining.OPEN

    @property
    def version(self) -> str:
        """Another one after each change of its terms."""
        return self.changed_at.isoformat()

    @property
    def weekly(self) -> Weekly:
        return Weekly(self.weekday, self.at, self.minutes, ZoneInfo(self.time_zone))

    def own_membership(self, user: "User") -> Membership | None:
        """How this person stands in the group now, with `.place_in_line`; None if they are not in it."""
        mine = Membership.objects.open().filter(group=self, person=user.pk).with_place_in_line()
        return next(iter(self.lend(mine)), None)

    def for_members(self) -> str:
        """What only people with a place, and who runs it, read. The second wall shows others no such row: "" then."""
        return next((each.words for each in self.lend(Inside.objects.filter(group=self))), "")

    def facilitators(self) -> list[Facilitator]:
        """Those who run it, the longest first."""
        return self.lend(Facilitator.objects.running().filter(group=self).order_by("accepted_at", "pk"))


class Inside(Held):
    """A link, a door code, whom to call. A row of its own, so that the second wall tells it from what all may read."""

    group = models.OneToOneField(Group, models.PROTECT, related_name="+")
    words = SealedText()


class Session(Held):
    """One meeting of a group."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="+")
    held_on = models.DateField(help_text="The day where the group meets.")
    starts_at = models.DateTimeField()
    changed_at = models.DateTimeField(default=timezone.now, help_text="When somebody was last marked.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "held_on"], name="session_once_a_day")]


class WalkIn(AppendOnly):
    """Somebody who came to one session without being in the group, by first name."""

    session = models.ForeignKey(Session, models.PROTECT, related_name="+")
    called = SealedText()
    made_at = models.DateTimeField(default=timezone.now)


class MarkQuerySet(AppendOnlyQuerySet):
    def in_order(self) -> Self:
        """Oldest first: of each person the last one counts."""
        return self.order_by("number")


class Mark(AppendOnly):
    """Whether somebody came, as one facilitator marked it. A correction is another mark."""

    class What(models.TextChoices):
        HERE = "here", _("Here")
        LATE = "late", _("Late")
        SENT_WORD = "sent word", _("Sent word")
        AWAY = "away", _("Away")
        TAKEN_BACK = "taken back", _("Not marked")

    session = models.ForeignKey(Session, models.PROTECT, related_name="+")
    membership = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    walk_in = models.ForeignKey(WalkIn, models.PROTECT, null=True, related_name="+")
    number = models.PositiveIntegerField(help_text="Counts up within the session.")
    what = models.CharField(max_length=10, choices=What)
    made_by = models.ForeignKey(Facilitator, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    objects = MarkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "number"], name="mark_numbered_once"),
            models.CheckConstraint(
                condition=Q(membership=None, walk_in__isnull=False) | Q(membership__isnull=False, walk_in=None),
                name="mark_of_one_person",
            ),
        ]

    @property
    def whose(self) -> uuid.UUID:
        """The membership or the walk-in it is about."""
        return cast(uuid.UUID, self.membership_id or self.walk_in_id)
