"""Giving and ending posts: one transaction each; a repeated request changes nothing; changes are recorded."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from onestop.accounts.models import User
from onestop.agencies.models import Agency, Post, Role, StaffAct, valid_on
from onestop.agencies.posts import Actor, HeldPost
from onestop.agencies.records import StaffFacts, record
from onestop.agencies.refusals import Refusal
from onestop.clock import VIETNAM


class NotAnAdministrator(Refusal):
    def __init__(self, *, user_id: int) -> None:
        super().__init__(_("Chỉ quản trị viên được giao hoặc kết thúc vị trí."))
        self.user_id = user_id


class AccountClosed(Refusal):
    def __init__(self, *, user_id: int, name: str) -> None:
        super().__init__(_("Tài khoản của %(name)s đã khóa, không giao vị trí được.") % {"name": name})
        self.user_id = user_id


class AgencyNotThere(Refusal):
    def __init__(self, *, agency_id: int, name: str, on: date) -> None:
        super().__init__(
            _("%(agency)s không hoạt động vào ngày %(day)s.") % {"agency": name, "day": f"{on:%d/%m/%Y}"}
        )
        self.agency_id, self.on = agency_id, on


class DayInThePast(Refusal):
    def __init__(self, *, day: date, earliest: date) -> None:
        super().__init__(
            _("Ngày %(day)s đã qua; sớm nhất là %(earliest)s.")
            % {"day": f"{day:%d/%m/%Y}", "earliest": f"{earliest:%d/%m/%Y}"}
        )
        self.day, self.earliest = day, earliest


class PostOverlaps(Refusal):
    def __init__(self, *, post: Post) -> None:
        super().__init__(
            _("Người này đã có vị trí đó từ ngày %(start)s; hãy kết thúc vị trí cũ trước.")
            % {"start": f"{post.valid_from:%d/%m/%Y}"}
        )
        self.post_id = post.pk


class PostIsOver(Refusal):
    def __init__(self, *, post: Post) -> None:
        super().__init__(_("Vị trí này đã kết thúc, không đổi ngày được nữa."))
        self.post_id = post.pk


class OnlyEarlier(Refusal):
    def __init__(self, *, post: Post) -> None:
        super().__init__(_("Chỉ rút ngắn được vị trí; muốn kéo dài, hãy giao vị trí mới từ ngày sau đó."))
        self.post_id = post.pk


class LastAdministrator(Refusal):
    def __init__(self, *, post: Post) -> None:
        super().__init__(
            _("Đây là quản trị viên cuối cùng; hãy giao vị trí quản trị cho người khác trước khi kết thúc.")
        )
        self.post_id = post.pk


@dataclass(frozen=True)
class Granted:
    """A post given; `is_new` is false when the same request came again."""

    post_id: int
    is_new: bool


@transaction.atomic
def grant_post(
    *, by: Actor | None, user_id: int, agency_id: int, role: Role, valid_from: date, now: datetime
) -> Granted:
    """Give a person a role at an agency from a day on.

    `by` is None for the operator at the console, who may also give a post from a past day (first loading).
    Raises NotAnAdministrator, AccountClosed, AgencyNotThere, DayInThePast, PostOverlaps.
    """
    in_post = _as_administrator(by)
    today = now.astimezone(VIETNAM).date()
    if by and valid_from < today:
        raise DayInThePast(day=valid_from, earliest=today)
    # The person's row serialises two grants to one person, so the second sees the first.
    person = User.objects.select_for_update(no_key=True).get(pk=user_id)
    if not person.is_active:
        raise AccountClosed(user_id=user_id, name=str(person))
    agency = Agency.objects.get(pk=agency_id)
    if not Agency.objects.existing(on=valid_from).filter(pk=agency_id).exists():
        raise AgencyNotThere(agency_id=agency_id, name=agency.name, on=valid_from)
    known = _overlapping(user_id, agency_id, role, valid_from)
    if known and known.valid_from == valid_from and known.valid_to is None:
        return Granted(post_id=known.pk, is_new=False)
    if known:
        raise PostOverlaps(post=known)
    post = Post.objects.create(user_id=user_id, agency_id=agency_id, role=role, valid_from=valid_from)
    _record(StaffAct.POST_GRANTED, post, by, in_post, now)
    return Granted(post_id=post.pk, is_new=True)


@transaction.atomic
def end_post(*, by: Actor | None, post_id: int, last_day: date, now: datetime) -> bool:
    """End a post after its last day; True when something changed.

    The earliest last day is yesterday: then the post gives no power from this moment. A post that would end
    before it began is cancelled. Stand-ins of the post lose their power with it.
    Raises NotAnAdministrator, DayInThePast, PostIsOver, OnlyEarlier, LastAdministrator.
    """
    in_post = _as_administrator(by)
    yesterday = now.astimezone(VIETNAM).date() - timedelta(days=1)
    post = Post.objects.select_for_update(no_key=True).get(pk=post_id)
    cancels = last_day < post.valid_from
    if post.valid_to == last_day or (cancels and post.cancelled_at):
        return False
    _check_last_day(post, last_day, yesterday)
    _keep_an_administrator(post, after=max(last_day, yesterday))
    if cancels:
        post.cancelled_at = now
    else:
        post.valid_to = last_day
    post.save(update_fields=["cancelled_at", "valid_to"])
    _record(StaffAct.POST_CANCELLED if cancels else StaffAct.POST_ENDED, post, by, in_post, now)
    return True


def _as_administrator(by: Actor | None) -> HeldPost | None:
    if by is None:
        return None
    held = by.holding(Role.ADMINISTRATOR)
    if held is None:
        raise NotAnAdministrator(user_id=by.user_id)
    return held


def _overlapping(user_id: int, agency_id: int, role: Role, valid_from: date) -> Post | None:
    """A post of the same kind held on that day or later; the exclusion constraint is the last word."""
    not_over = Q(valid_to__isnull=True) | Q(valid_to__gte=valid_from)
    same = Post.objects.filter(user_id=user_id, agency_id=agency_id, role=role, cancelled_at__isnull=True)
    return same.filter(not_over).order_by("valid_from").first()


def _check_last_day(post: Post, last_day: date, yesterday: date) -> None:
    if post.cancelled_at or (post.valid_to and post.valid_to <= yesterday):
        raise PostIsOver(post=post)
    if post.valid_to and last_day > post.valid_to:
        raise OnlyEarlier(post=post)
    if last_day < min(yesterday, post.valid_from):
        raise DayInThePast(day=last_day, earliest=yesterday)


def _keep_an_administrator(post: Post, *, after: date) -> None:
    """Someone must be able to give posts on the day after; the locked rows keep two from leaving together."""
    if post.role != Role.ADMINISTRATOR:
        return
    others = Post.objects.select_for_update(no_key=True, of=("self",)).filter(
        valid_on(after + timedelta(days=1)),
        role=Role.ADMINISTRATOR,
        cancelled_at__isnull=True,
        user__is_active=True,
    )
    if not [other.pk for other in others.exclude(pk=post.pk)]:
        raise LastAdministrator(post=post)


def _record(act: StaffAct, post: Post, by: Actor | None, in_post: HeldPost | None, now: datetime) -> None:
    facts = StaffFacts(
        post_id=post.pk,
        role=post.role,
        valid_from=post.valid_from.isoformat(),
        valid_to=post.valid_to.isoformat() if post.valid_to else "",
    )
    record(
        at=now,
        act=act,
        by=by,
        in_post=in_post,
        person_id=post.user_id,
        agency_id=post.agency_id,
        facts=facts,
    )
