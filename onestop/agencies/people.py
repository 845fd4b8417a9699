"""People with their posts, as the administrator's pages read them; fifty rows take no more queries."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from onestop.accounts.models import User
from onestop.accounts.names import fold
from onestop.agencies.models import Post, Role, StaffAct, StaffRecord, StandIn

PER_PAGE = 50
LATEST_RECORDS = 30


class Standing(StrEnum):
    """Tình trạng of a post or a stand-in on a day."""

    HELD = "held"
    COMING = "coming"
    OVER = "over"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> Promise:
        return STANDING_WORDS[self]


STANDING_WORDS = {
    Standing.HELD: _("đang giữ"),
    Standing.COMING: _("sắp tới"),
    Standing.OVER: _("đã hết"),
    Standing.WITHDRAWN: _("đã hủy"),
}


@dataclass(frozen=True)
class PostLine:
    post_id: int
    role: Role
    agency_key: str
    agency_name: str
    valid_from: date
    valid_to: date | None
    standing: Standing
    holder_id: int
    holder_name: str


@dataclass(frozen=True)
class PersonRow:
    user_id: int
    name: str
    username: str
    is_active: bool
    posts: tuple[PostLine, ...]


@dataclass(frozen=True)
class PeoplePage:
    """One page of the search; `first` and `last` are places in the whole result, from 1."""

    rows: tuple[PersonRow, ...]
    total: int
    number: int
    pages: int
    first: int
    last: int


@dataclass(frozen=True)
class StandInLine:
    stand_in_id: int
    agency_name: str
    head_name: str
    user_name: str
    valid_from: date
    valid_to: date
    reason: str
    standing: Standing


@dataclass(frozen=True)
class RecordLine:
    at: datetime
    act: StaffAct
    by_name: str
    agency_name: str
    role: Role
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True)
class PersonFile:
    """Everything the administrator sees of one person."""

    row: PersonRow
    email: str
    phone: str
    stand_ins: tuple[StandInLine, ...]
    records: tuple[RecordLine, ...]


def search_people(*, words: str, role: Role | None, agency: str, on: date, page: int) -> PeoplePage:
    """People whose name or user name has all words (accents do not matter), by today's posts where given.

    `agency` is an agency's key, its code, or a part of its name.
    """
    people = User.objects.all()
    for word in fold(words).split():
        people = people.filter(search_text__contains=word)
    if role or agency:
        held = Post.objects.held(on=on).filter(user=OuterRef("pk"))
        held = held.filter(role=role) if role else held
        people = people.filter(Exists(held.filter(_at(agency)) if agency else held))
    shown = Post.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on), cancelled_at__isnull=True)
    posts = shown.select_related("agency").order_by("valid_from", "id")
    ordered = people.order_by("search_text", "pk").prefetch_related(Prefetch("posts", queryset=posts))
    found = Paginator(ordered, PER_PAGE).get_page(page)
    return PeoplePage(
        rows=tuple(_row(user, tuple(user.posts.all()), on) for user in found.object_list),
        total=found.paginator.count,
        number=found.number,
        pages=found.paginator.num_pages,
        first=found.start_index(),
        last=found.end_index(),
    )


def person_file(*, user_id: int, on: date) -> PersonFile | None:
    """One person with all posts ever held, stand-ins and the latest records; None for an unknown id."""
    user = User.objects.filter(pk=user_id).first()
    if user is None:
        return None
    posts = Post.objects.filter(user=user).select_related("agency").order_by("-valid_from", "-id")
    stand_ins = StandIn.objects.filter(Q(user=user) | Q(post__user=user))
    records = StaffRecord.objects.filter(person=user).select_related("by", "agency").order_by("-id")
    return PersonFile(
        row=_row(user, tuple(posts), on),
        email=user.email,
        phone=user.phone,
        stand_ins=_stand_in_lines(stand_ins, on),
        records=tuple(_record_line(record) for record in records[:LATEST_RECORDS]),
    )


def stand_ins_of(*, post_ids: frozenset[int], on: date) -> tuple[StandInLine, ...]:
    """All stand-ins ever named for those posts, the latest first."""
    return _stand_in_lines(StandIn.objects.filter(post_id__in=post_ids), on)


def holders_at(*, agency_ids: frozenset[int], on: date) -> tuple[PostLine, ...]:
    """Who holds a post at these agencies on that day, by role and name."""
    posts = Post.objects.held(on=on).filter(agency_id__in=agency_ids, user__is_active=True)
    ordered = posts.select_related("agency", "user").order_by("agency__name", "role", "user__search_text")
    return tuple(_post_line(post, post.user, on) for post in ordered)


def _at(agency: str) -> Q:
    return Q(agency__key=agency) | Q(agency__code__iexact=agency) | Q(agency__name__icontains=agency)


def _row(user: User, posts: tuple[Post, ...], on: date) -> PersonRow:
    return PersonRow(
        user_id=user.pk,
        name=str(user),
        username=user.username,
        is_active=user.is_active,
        posts=tuple(_post_line(post, user, on) for post in posts),
    )


def _post_line(post: Post, holder: User, on: date) -> PostLine:
    return PostLine(
        post_id=post.pk,
        role=Role(post.role),
        agency_key=post.agency.key,
        agency_name=post.agency.name,
        valid_from=post.valid_from,
        valid_to=post.valid_to,
        standing=_standing(post.valid_from, post.valid_to, withdrawn=bool(post.cancelled_at), on=on),
        holder_id=holder.pk,
        holder_name=str(holder),
    )


def _stand_in_lines(stand_ins: QuerySet[StandIn], on: date) -> tuple[StandInLine, ...]:
    rows = stand_ins.select_related("user", "post__user", "post__agency").order_by("-valid_from", "-id")
    return tuple(
        StandInLine(
            stand_in_id=row.pk,
            agency_name=row.post.agency.name,
            head_name=str(row.post.user),
            user_name=str(row.user),
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            reason=row.reason,
            standing=_standing(row.valid_from, row.valid_to, withdrawn=bool(row.revoked_at), on=on),
        )
        for row in rows
    )


def _record_line(record: StaffRecord) -> RecordLine:
    return RecordLine(
        at=record.at,
        act=StaffAct(record.act),
        by_name=str(record.by) if record.by else "",
        agency_name=record.agency.name if record.agency else "",
        role=Role(record.facts["role"]),
        valid_from=date.fromisoformat(record.facts["valid_from"]),
        valid_to=date.fromisoformat(end) if (end := record.facts["valid_to"]) else None,
    )


def _standing(valid_from: date, valid_to: date | None, *, withdrawn: bool, on: date) -> Standing:
    if withdrawn:
        return Standing.WITHDRAWN
    if valid_from > on:
        return Standing.COMING
    return Standing.OVER if valid_to and valid_to < on else Standing.HELD
