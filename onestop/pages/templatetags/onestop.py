"""Filters and tags of the pages. An unknown fact prints as "chưa rõ", never as a zero."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Protocol

from django import template
from django.forms import BoundField
from django.template import Context
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

from onestop.pages import fields, formats, icons, navigation
from onestop.pages.route_drawing import RouteDrawing, RouteStep, draw_route
from onestop.pages.states import STATE_LOOKS

register = template.Library()

# The length of a circle of radius 20.
RING_LENGTH = 125.66


class TimeLength(Protocol):
    """Thời hạn: what `working_days.Duration` offers."""

    @property
    def amount(self) -> Decimal: ...
    @property
    def unit(self) -> str: ...


def _language() -> str:
    return "en" if (get_language() or "vi").startswith("en") else "vi"


def _unknown() -> str:
    return gettext("chưa rõ")


def _local(value: datetime) -> datetime:
    return timezone.localtime(value) if timezone.is_aware(value) else value


def _date_of(value: date | datetime) -> date:
    return _local(value).date() if isinstance(value, datetime) else value


@register.simple_tag
def icon(name: str) -> SafeString:
    """`{% icon "check-lg" %}`"""
    return icons.icon(name)


@register.filter
def vnd(amount_vnd: int | None) -> str:
    """`{{ 75000|vnd }}` -> 75.000 đ"""
    return _unknown() if amount_vnd is None else formats.vnd(amount_vnd, language=_language())


@register.filter
def number(value: Decimal | int | float | None) -> str:
    """`{{ 2642|number }}` -> 2.642"""
    return _unknown() if value is None else formats.number(value, language=_language())


@register.filter
def percent(share: Decimal | float | None) -> str:
    """`{{ 0.984|percent }}` -> 98,4 %"""
    return _unknown() if share is None else formats.percent(share, language=_language())


@register.filter
def day(value: date | datetime | None) -> str:
    """`{{ due_at|day }}` -> thứ Hai 30/11/2026"""
    return _unknown() if not value else formats.day(_date_of(value), language=_language())


@register.filter
def moment(value: datetime | None) -> str:
    """`{{ due_at|moment }}` -> 17:30, thứ Hai 30/11/2026"""
    return _unknown() if not value else formats.moment(_local(value), language=_language())


@register.filter
def short_day(value: date | datetime | None) -> str:
    """`{{ due_at|short_day }}` -> 30/11/2026"""
    return _unknown() if not value else formats.short_day(_date_of(value))


@register.filter
def short_moment(value: datetime | None) -> str:
    """`{{ at|short_moment }}` -> 30/11/2026 17:30"""
    return _unknown() if not value else formats.short_moment(_local(value))


@register.filter
def duration(value: TimeLength | None) -> str:
    """`{{ limit.duration|duration }}` -> 7 ngày làm việc"""
    return _unknown() if not value else formats.duration(value.amount, str(value.unit), language=_language())


@register.filter
def working_time(value: timedelta | None) -> str:
    """`{{ left|working_time }}` -> 3,6 giờ (without its sign: the word beside it says "còn" or "quá")"""
    return _unknown() if value is None else formats.working_time(value, language=_language())


@register.filter
def mask_id(value: str) -> str:
    """`{{ person.id_number|mask_id }}` -> 040186•••217"""
    return formats.mask_id(value)


@register.filter
def mask_phone(value: str) -> str:
    """`{{ person.phone|mask_phone }}` -> 0912 ••• 468"""
    return formats.mask_phone(value)


@register.filter
def initials(name: str) -> str:
    """`{{ actor.name|initials }}` -> NM"""
    return formats.initials(name)


@register.simple_tag
def state_tag(state: int) -> SafeString:
    """`{% state_tag case.state %}` -> 4 Đang xử lý, in its tone."""
    look = STATE_LOOKS[int(state)]
    return format_html(
        '<span class="tag tag--{}"><span class="num">{}</span> {}</span>',
        look.tone.value,
        int(state),
        gettext(look.name),
    )


@register.filter
def state_name(state: int) -> str:
    """`{{ case.state|state_name }}` -> Đang xử lý"""
    return gettext(STATE_LOOKS[int(state)].name)


@register.simple_tag(takes_context=True)
def citizen_menu(context: Context) -> tuple[navigation.MenuItem, ...]:
    """`{% citizen_menu as menu %}`: the addresses of this release."""
    return navigation.citizen_menu(path=_path(context))


@register.simple_tag(takes_context=True)
def desk_menu(context: Context) -> tuple[navigation.MenuItem, ...]:
    """`{% desk_menu as menu %}`: by the posts of `request.actor`, with `desk_counts` {address: n}."""
    counts: Mapping[str, int] = context.get("desk_counts") or {}
    posts = getattr(getattr(context.get("request"), "actor", None), "posts", ())
    roles = [str(post.role) for post in posts]
    return navigation.desk_menu(path=_path(context), roles=roles, counts=counts)


@register.filter
def is_served(url: str) -> bool:
    """`{% if "/tra-cuu/"|is_served %}`: only link to what this release answers."""
    return navigation.is_served(url)


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """`{% control form.phone %}`: the control alone, with its class and its ties to hint, limit and error."""
    return fields.render(field)


@register.filter
def described_by(field: BoundField) -> str:
    """The ids of a field's hint, limit and error."""
    return fields.described_by(field)


@register.filter
def length_limit(field: BoundField) -> int | None:
    """The most characters a long text may have."""
    return fields.length_limit(field)


@register.filter
def first_id(field: BoundField) -> str:
    """Where the error summary leads."""
    return fields.first_id(field)


@register.inclusion_tag("components/route.html")
def route_svg(steps: Iterable[RouteStep]) -> dict[str, RouteDrawing | str]:
    """`{% route_svg steps %}`: the drawing on a wide screen, the same steps as a list on a phone."""
    drawing = draw_route(steps)
    return {"drawing": drawing, "sentence": _route_sentence(drawing)}


def _route_sentence(drawing: RouteDrawing) -> str:
    """What the drawing tells, for those who do not see it."""
    told = ngettext(
        "Đường đi %(steps)s bước qua %(lanes)s cơ quan, đã xong %(done)s bước",
        "Đường đi %(steps)s bước qua %(lanes)s cơ quan, đã xong %(done)s bước",
        len(drawing.steps),
    ) % {"steps": len(drawing.steps), "lanes": len(drawing.lanes), "done": drawing.done_count}
    here = ", ".join(f"{step.title} ({step.lane})" for step in drawing.here)
    at = gettext("đang ở")
    return f"{told}; {at}: {here}." if here else f"{told}."


@register.inclusion_tag("components/clock_ring.html")
def clock_ring(used: Decimal | float) -> dict[str, str]:
    """`{% clock_ring case.share_used %}`: the share of the allotted time that is used, 0 to 1."""
    length = RING_LENGTH * min(1.0, max(0.0, float(used)))
    tone = "late" if used >= 1 else "ontime"
    return {"dash": f"{length:.1f} {RING_LENGTH:.1f}", "tone": tone}


@register.inclusion_tag("components/heat_bar.html")
def heat_bar(left: Decimal | float, tone: str) -> dict[str, str]:
    """`{% heat_bar row.share_left row.tone %}`: the share of time left, 0 to 1; full when late."""
    height = 32 if tone == "late" else round(32 * min(1.0, max(0.06, float(left))))
    return {"height": str(height), "top": str(32 - height), "tone": tone}


def _path(context: Context) -> str:
    return str(getattr(context.get("request"), "path", ""))
