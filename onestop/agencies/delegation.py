"""Ủy quyền: a head names a stand-in for a period, and takes it back."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from onestop.accounts.models import User
from onestop.agencies.models import Agency, Post, Role, StaffAct, StandIn
from onestop.agencies.posts import Actor, HeldPost
from onestop.agencies.records import StaffFacts, record
from onestop.agencies.refusals import Refusal
from onestop.clock import VIETNAM


class NotYourHeadPost(Refusal):
    def __init__(self, *, user_id: int, post_id: int) -> None:
        super().__init__(_("Chỉ người đang giữ vị trí lãnh đạo mới ủy quyền được vị trí đó."))
        self.user_id, self.post_id = user_id, post_id


class StandInMayNotPassOn(Refusal):
    def __init__(self, *, user_id: int, post_id: int) -> None:
        super().__init__(_("Người được ủy quyền không được ủy quyền lại cho người khác."))
        self.user_id, self.post_id = user_id, post_id


class NotForOneself(Refusal):
    def __init__(self, *, user_id: int) -> None:
        super().__init__(_("Không thể ủy quyền cho chính mình."))
        self.user_id = user_id


class NotAColleague(Refusal):
    def __init__(self, *, user_id: int, post_id: int) -> None:
        super().__init__(
            _("Người được ủy quyền phải giữ vị trí tại cơ quan này, cơ quan cấp trên hoặc đơn vị trực thuộc.")
        )
        self.user_id, self.post_id = user_id, post_id


class PeriodNotPossible(Refusal):
    def __init__(self, *, sentence: str, valid_from: date, valid_to: date) -> None:
        super().__init__(sentence)
        self.valid_from, self.valid_to = valid_from, valid_to


class PeriodTaken(Refusal):
    def __init__(self, *, stand_in: StandIn) -> None:
        super().__init__(
            _("Từ %(start)s đến %(end)s đã có người được ủy quyền; hãy thu hồi trước.")
            % {"start": f"{stand_in.valid_from:%d/%m/%Y}", "end": f"{stand_in.valid_to:%d/%m/%Y}"}
        )
        self.stand_in_id = stand_in.pk


class StandInIsOver(Refusal):
    def __init__(self, *, stand_in: StandIn) -> None:
        super().__init__(_("Thời gian ủy quyền đã hết, không cần thu hồi."))
        self.stand_in_id = stand_in.pk


@dataclass(frozen=True)
class Named:
    """A stand-in named; `is_new` is false when the same request came again."""

    stand_in_id: int
    is_new: bool


@dataclass(frozen=True)
class Candidate:
    user_id: int
    name: str


def candidates(*, post: HeldPost, on: date) -> tuple[Candidate, ...]:
    """Who may stand in for that post: people with a post at the agency, above it or directly below it."""
    near = Q(pk=post.agency_id) | Q(parent_id=post.agency_id)
    if post.parent_id:
        near |= Q(pk=post.parent_id)
    holders = Post.objects.held(on=on).filter(agency__in=Agency.objects.filter(near))
    people = (
        User.objects.filter(is_active=True, pk__in=holders.values("user_id"))
        .exclude(pk=post.user_id)
        .order_by("search_text")
    )
    return tuple(Candidate(user_id=pk, name=name) for pk, name in people.values_list("pk", "full_name"))


@transaction.atomic
def name_stand_in(
    *, by: Actor, post_id: int, user_id: int, valid_from: date, valid_to: date, reason: str, now: datetime
) -> Named:
    """Let a colleague act in one's head post from a day to a day, both included.

    Raises NotYourHeadPost, StandInMayNotPassOn, NotForOneself, NotAColleague, PeriodNotPossible, PeriodTaken.
    """
    held = _own_head_post(by, post_id)
    if user_id == by.user_id:
        raise NotForOneself(user_id=user_id)
    today = now.astimezone(VIETNAM).date()
    if user_id not in {candidate.user_id for candidate in candidates(post=held, on=today)}:
        raise NotAColleague(user_id=user_id, post_id=post_id)
    # The post's row serialises two requests for one post, so the second sees the first.
    post = Post.objects.select_for_update(no_key=True).get(pk=post_id)
    known = post.stand_ins.filter(
        revoked_at__isnull=True, valid_from__lte=valid_to, valid_to__gte=valid_from
    ).first()
    if known and (known.user_id, known.valid_from, known.valid_to) == (user_id, valid_from, valid_to):
        return Named(stand_in_id=known.pk, is_new=False)
    _check_period(post, valid_from, valid_to, today)
    if known:
        raise PeriodTaken(stand_in=known)
    stand_in = StandIn.objects.create(
        post=post,
        user_id=user_id,
        valid_from=valid_from,
        valid_to=valid_to,
        reason=reason,
        created_at=now,
        created_by_id=by.user_id,
    )
    _record(StaffAct.STAND_IN_NAMED, stand_in, by, held, now)
    return Named(stand_in_id=stand_in.pk, is_new=True)


@transaction.atomic
def revoke_stand_in(*, by: Actor, stand_in_id: int, now: datetime) -> bool:
    """Take a stand-in's power back from this moment; True when something changed.

    Raises NotYourHeadPost, StandInMayNotPassOn (a stand-in may not revoke either), StandInIsOver.
    """
    stand_in = (
        StandIn.objects.select_for_update(no_key=True, of=("self",))
        .select_related("post")
        .get(pk=stand_in_id)
    )
    held = _own_head_post(by, stand_in.post_id)
    if stand_in.revoked_at:
        return False
    if stand_in.valid_to < now.astimezone(VIETNAM).date():
        raise StandInIsOver(stand_in=stand_in)
    stand_in.revoked_at = now
    stand_in.save(update_fields=["revoked_at"])
    _record(StaffAct.STAND_IN_REVOKED, stand_in, by, held, now)
    return True


def _own_head_post(by: Actor, post_id: int) -> HeldPost:
    held = next((post for post in by.posts if post.post_id == post_id and post.role == Role.HEAD), None)
    if held is None:
        raise NotYourHeadPost(user_id=by.user_id, post_id=post_id)
    if held.stands_in_for is not None:
        raise StandInMayNotPassOn(user_id=by.user_id, post_id=post_id)
    return held


def _check_period(post: Post, valid_from: date, valid_to: date, today: date) -> None:
    if valid_from < today:
        sentence = _("Ngày bắt đầu ủy quyền không được ở quá khứ.")
    elif valid_to < valid_from:
        sentence = _("Ngày kết thúc không được trước ngày bắt đầu.")
    elif valid_from < post.valid_from or (post.valid_to and valid_to > post.valid_to):
        sentence = _("Thời gian ủy quyền phải nằm trong thời gian giữ vị trí.")
    else:
        return
    raise PeriodNotPossible(sentence=sentence, valid_from=valid_from, valid_to=valid_to)


def _record(act: StaffAct, stand_in: StandIn, by: Actor, held: HeldPost, now: datetime) -> None:
    facts = StaffFacts(
        post_id=stand_in.post_id,
        role=Role.HEAD,
        valid_from=stand_in.valid_from.isoformat(),
        valid_to=stand_in.valid_to.isoformat(),
        reason=stand_in.reason,
    )
    record(
        at=now,
        act=act,
        by=by,
        in_post=held,
        person_id=stand_in.user_id,
        agency_id=held.agency_id,
        facts=facts,
    )
