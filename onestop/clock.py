"""The only reader of the system clock: every rule takes `now` as an argument."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    """The present moment, aware, in Asia/Ho_Chi_Minh."""
    return timezone.now().astimezone(VIETNAM)


def today() -> date:
    """The present day in Vietnam."""
    return now().date()


def local_day(moment: datetime) -> date:
    """The day in Vietnam on which a moment falls."""
    return moment.astimezone(VIETNAM).date()
