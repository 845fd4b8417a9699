"""How the list of work says what is due: words, colour and the share of time that is left."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from onestop.clock import VIETNAM
from onestop.pages.states import Tone
from workflows.worklists import Part, WorkItem

PART_NAMES: dict[Part, Promise] = {
    Part.ALL: gettext_lazy("Tất cả"),
    Part.MINE: gettext_lazy("Của tôi"),
    Part.FREE: gettext_lazy("Chưa ai nhận"),
    Part.LATE: gettext_lazy("Quá hạn"),
    Part.TODAY: gettext_lazy("Hạn hôm nay"),
}
TAB_TONES = {Part.LATE: "late", Part.TODAY: "soon"}
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Tab:
    """Thẻ lọc: a filter with the number of tasks behind it."""

    url: str
    name: str
    count: int
    tone: str
    is_current: bool


@dataclass(frozen=True)
class DueMark:
    """Dấu hạn of one line: what it says, its tone, and the share of time left."""

    words: str
    tone: Tone
    share_left: float


def tabs(counts: dict[Part, int], *, part: Part, words: str) -> list[Tab]:
    """The filters in the order of their urgency; the words searched for are kept."""
    order = (Part.LATE, Part.TODAY, Part.FREE, Part.MINE, Part.ALL)
    return [
        Tab(
            url="?" + urlencode({"loc": one.value} | ({"tu": words} if words else {})),
            name=str(PART_NAMES[one]),
            count=counts[one],
            tone=TAB_TONES.get(one, "") if counts[one] else "",
            is_current=one is part,
        )
        for one in order
    ]


def due_mark(item: WorkItem, *, now: datetime) -> DueMark:
    """Late, today, tomorrow, or in so many days, by the calendar on the wall in Vietnam."""
    if item.due_at is None:
        return DueMark(_("Chưa rõ hạn"), Tone.IDLE, 0)
    days = (item.due_at.astimezone(VIETNAM).date() - now.astimezone(VIETNAM).date()).days
    if item.due_at < now:
        return DueMark(_late_words(-days), Tone.LATE, 0)
    whole = item.due_at - item.opened_at
    left = (item.due_at - now) / whole if whole else 0.0
    tone = Tone.SOON if days == 0 or item.due_at - now < ONE_DAY else Tone.ONTIME
    return DueMark(_days_words(days), tone, left)


def _late_words(days: int) -> str:
    if days == 0:
        return _("Quá hạn từ hôm nay")
    return ngettext("Quá hạn %(days)s ngày", "Quá hạn %(days)s ngày", days) % {"days": days}


def _days_words(days: int) -> str:
    if days == 0:
        return _("Hôm nay")
    if days == 1:
        return _("Ngày mai")
    return ngettext("Còn %(days)s ngày", "Còn %(days)s ngày", days) % {"days": days}
