"""The posts a person holds on a day, her own and those she stands in for."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, FilteredRelation, Q

from onestop.accounts.models import User
from onestop.agencies.models import Post, Role, valid_on
from onestop.clock import VIETNAM


@dataclass(frozen=True)
class HeldPost:
    """Vị trí đang giữ: one post held on one day, by its holder or by a stand-in."""

    post_id: int
    user_id: int
    agency_id: int
    agency_code: str
    agency_name: str
    agency_kind: str
    parent_id: int | None
    role: Role
    stands_in_for: str | None


@dataclass(frozen=True)
class Actor:
    """Người thực hiện: a person with all posts held on one day; without any she may do nothing at a desk."""

    user_id: int
    name: str
    posts: tuple[HeldPost, ...]

    def holding(self, role: Role, agency_id: int | None = None) -> HeldPost | None:
        """The post of that role (at that agency, when given); her own comes before one she stands in for."""
        fitting = (p for p in self.posts if p.role == role and agency_id in (None, p.agency_id))
        return next(fitting, None)

    def has(self, role: Role) -> bool:
        return self.holding(role) is not None

    def agency_ids(self, role: Role) -> frozenset[int]:
        return frozenset(post.agency_id for post in self.posts if post.role == role)


NOBODY = Actor(user_id=0, name="", posts=())


def held_posts(*, user_id: int, on: date) -> tuple[HeldPost, ...]:
    """All posts that give power on that day, in one query; own posts first.

    A stand-in that was revoked gives none from the day of its revocation, and keeps what it gave before.
    """
    next_day = datetime.combine(on + timedelta(days=1), time(), tzinfo=VIETNAM)
    in_force = (
        Q(stand_ins__user_id=user_id)
        & valid_on(on, prefix="stand_ins__")
        & (Q(stand_ins__revoked_at__isnull=True) | Q(stand_ins__revoked_at__gte=next_day))
    )
    rows = (
        Post.objects.held(on=on)
        .annotate(covered=FilteredRelation("stand_ins", condition=in_force))
        .filter(Q(user_id=user_id) | Q(covered__isnull=False))
        .order_by(F("covered__id").asc(nulls_first=True), "id")
        .values_list(
            "id", "user_id", "user__full_name", "role",
            "agency_id", "agency__code", "agency__name", "agency__kind", "agency__parent_id",
        )
    )  # fmt: skip
    return tuple(
        HeldPost(
            post_id=post_id,
            user_id=user_id,
            agency_id=agency_id,
            agency_code=code or "",
            agency_name=name,
            agency_kind=kind,
            parent_id=parent_id,
            role=Role(role),
            stands_in_for=None if holder_id == user_id else holder_name,
        )
        for post_id, holder_id, holder_name, role, agency_id, code, name, kind, parent_id in rows
    )


def actor_of(*, user: User | AnonymousUser, on: date) -> Actor:
    """The person with her posts of that day; nobody signed in is an actor with id 0 and no posts."""
    if not isinstance(user, User):
        return NOBODY
    return Actor(user_id=user.pk, name=str(user), posts=held_posts(user_id=user.pk, on=on))
