"""Limits and fees in the words of the counter."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from procedures.channels import Channel
from procedures.fees import FeeKind, Tier

CHANNEL_WORDS = {
    Channel.DIRECT: gettext_lazy("Trực tiếp"),
    Channel.ONLINE: gettext_lazy("Trực tuyến"),
    Channel.POST: gettext_lazy("Bưu chính công ích"),
}
UNIT_WORDS = {
    "working_day": gettext_lazy("ngày làm việc"),
    "working_hour": gettext_lazy("giờ làm việc"),
    "calendar_day": gettext_lazy("ngày"),
    "clock_hour": gettext_lazy("giờ"),
    "month": gettext_lazy("tháng"),
}
FEE_KIND_WORDS = {
    FeeKind.FIXED: gettext_lazy("Mức cố định"),
    FeeKind.FREE: gettext_lazy("Miễn phí"),
    FeeKind.COUNCIL: gettext_lazy("HĐND tỉnh quy định, chưa công bố"),
    FeeKind.RULE: gettext_lazy("Theo biểu phí"),
    FeeKind.UNKNOWN: gettext_lazy("Chưa rõ"),
}


@dataclass(frozen=True)
class LimitAmount:
    """Thời hạn as it stands in the catalogue."""

    amount: Decimal | None
    unit: str
    cut_off: time | None


@dataclass(frozen=True)
class FeeAmount:
    """Mức phí as it stands in the catalogue."""

    kind: FeeKind
    amount_vnd: int | None
    tiers: tuple[Tier, ...]
    unit: str


def vnd(amount: int) -> str:
    return f"{amount:,}".replace(",", ".") + " đ"


def number(amount: Decimal) -> str:
    """A count in Vietnamese: no superfluous zeros, a comma before halves."""
    return f"{amount.normalize():f}".replace(".", ",")


def limit_words(limits: Sequence[LimitAmount]) -> str:
    """All limits of a version in a few words: the range where channels and cases differ."""
    known = [limit for limit in limits if limit.amount is not None]
    if not known:
        return _("chưa rõ")
    texts = [
        _limits_of_unit([limit for limit in known if limit.unit == unit], unit) for unit in _units(known)
    ]
    if len(known) < len(limits):
        texts.append(_("có trường hợp chưa rõ"))
    return "; ".join(texts)


def _units(limits: Sequence[LimitAmount]) -> list[str]:
    return list(dict.fromkeys(limit.unit for limit in limits))


def _limits_of_unit(limits: Sequence[LimitAmount], unit: str) -> str:
    amounts = sorted({limit.amount for limit in limits if limit.amount is not None})
    words = UNIT_WORDS[unit]
    if amounts == [Decimal(0)]:
        return _("trong ngày")
    if len(amounts) == 1:
        return f"{number(amounts[0])} {words}"
    return f"{number(amounts[0])}–{number(amounts[-1])} {words}"


def fee_words(fees: Sequence[FeeAmount]) -> str:
    """All fees of a version in a few words; what is not known is said, never left out."""
    if not fees:
        return _("chưa rõ")
    texts = [text for text in (_fixed_words(fees), *_other_words(fees)) if text]
    return "; ".join(dict.fromkeys(texts))


def _fixed_words(fees: Sequence[FeeAmount]) -> str:
    amounts = sorted({fee.amount_vnd for fee in fees if fee.amount_vnd is not None})
    if not amounts:
        return ""
    return vnd(amounts[0]) if len(amounts) == 1 else f"{vnd(amounts[0])} – {vnd(amounts[-1])}"


def _other_words(fees: Sequence[FeeAmount]) -> list[str]:
    return [
        _tier_words(fee) if fee.tiers else _in_line(str(FEE_KIND_WORDS[fee.kind]))
        for fee in fees
        if fee.kind is not FeeKind.FIXED
    ]


def _in_line(words: str) -> str:
    """Inside a line a label begins small, unless it begins with an abbreviation (HĐND)."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def _tier_words(fee: FeeAmount) -> str:
    return f"{vnd(fee.tiers[0].unit_vnd)}/{fee.unit or _('đơn vị')}"
