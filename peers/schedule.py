"""When a weekly group meets. Pure: the clock is an argument, and nothing here asks the database."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Weekly:
    """Once a week, by the clock of the group's own place.

    `weekday`: 0 is Monday. `minutes`: how long it lasts. An hour that a clock change leaves out or has twice is read
    as PEP 495 says for fold 0.
    """

    weekday: int
    at: time
    minutes: int
    zone: ZoneInfo

    def on(self, day: date) -> datetime:
        """The beginning on this day, whatever day of the week it is, with the group's time zone."""
        return datetime.combine(day, self.at, self.zone)

    def next(self, now: datetime) -> datetime:
        """The meeting that goes on at `now`, or else the next one to begin."""
        today = now.astimezone(self.zone).date()
        # One day back: a meeting that began before midnight may still go on.
        for ahead in range(-1, 8):
            begins = self.on(today + timedelta(days=ahead))
            if begins.weekday() == self.weekday and self._ends(begins) > now:
                return begins
        raise AssertionError("a week has every weekday")

    def is_on(self, day: date) -> bool:
        return day.weekday() == self.weekday

    def today(self, now: datetime) -> date:
        """What day it is where the group meets."""
        return now.astimezone(self.zone).date()

    def _ends(self, begins: datetime) -> datetime:
        # In UTC: between 1:30 and 2:30 of a clock change lie two hours, or none.
        return begins.astimezone(ZoneInfo("UTC")) + timedelta(minutes=self.minutes)
