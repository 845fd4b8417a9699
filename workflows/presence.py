"""Đang mở hồ sơ: two people on one file are told of each other."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from onestop.agencies.posts import Actor
from workflows.models import Presence

# An open page tells of itself every 15 seconds; one that was closed is forgotten after this.
FORGOTTEN_AFTER = timedelta(seconds=90)


@dataclass(frozen=True)
class Present:
    """Người đang mở: who has the file open, and when her page last told so."""

    user_id: int
    name: str
    seen_at: datetime


def arrive(*, case_id: int, actor: Actor, now: datetime) -> None:
    """The person has the case open now. One statement; the same person stands there once."""
    here = Presence(case_id=case_id, user_id=actor.user_id, name=actor.name, seen_at=now)
    Presence.objects.bulk_create(
        [here], update_conflicts=True, unique_fields=["case", "user"], update_fields=["name", "seen_at"]
    )


def who_is_present(*, case_ids: Iterable[int], but: int, now: datetime) -> dict[int, tuple[Present, ...]]:
    """Who else has each of these cases open, the last seen first. One query, none for no case."""
    rows = Presence.objects.filter(case_id__in=list(case_ids), seen_at__gte=now - FORGOTTEN_AFTER)
    found: dict[int, tuple[Present, ...]] = {}
    lines = (
        rows.exclude(user_id=but).order_by("-seen_at").values_list("case_id", "user_id", "name", "seen_at")
    )
    for case_id, user_id, name, seen_at in lines:
        found[case_id] = (*found.get(case_id, ()), Present(user_id, name, seen_at))
    return found


def others_at(*, case_id: int, actor: Actor, now: datetime) -> tuple[Present, ...]:
    """Who else has that case open."""
    return who_is_present(case_ids=[case_id], but=actor.user_id, now=now).get(case_id, ())
