"""Small facts that the components draw, so that a view hands over records and not loose words."""

from dataclasses import dataclass
from datetime import datetime

from onestop.pages.states import Tone


@dataclass(frozen=True)
class Fact:
    """Thông tin chính: one cell of the facts strip."""

    label: str
    value: str
    note: str = ""
    icon: str = ""


@dataclass(frozen=True)
class Happening:
    """Diễn biến: one entry of a timeline, newest first; `who` is set in bold before `what`."""

    at: datetime
    what: str
    who: str = ""
    note: str = ""
    is_now: bool = False
    is_stop: bool = False


@dataclass(frozen=True)
class LedgerLine:
    """Dòng sổ đồng hồ: a reason on the left, what it did to the date on the right; the last is the result."""

    label: str
    value: str
    note: str = ""
    tone: Tone = Tone.IDLE


@dataclass(frozen=True)
class Key:
    """Phím tắt: the keys pressed together and what they do; an unlisted one stands in the `?` list only."""

    keys: tuple[str, ...]
    label: str
    is_listed: bool = True
