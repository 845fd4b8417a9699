"""Writes the append-only record of staff; called inside the transaction of the act itself."""

from dataclasses import asdict, dataclass
from datetime import datetime

from onestop.agencies.models import StaffAct, StaffRecord
from onestop.agencies.posts import Actor, HeldPost


@dataclass(frozen=True)
class StaffFacts:
    """What was given or taken; dates are ISO days, an open end is empty."""

    post_id: int
    role: str
    valid_from: str
    valid_to: str
    reason: str = ""


def record(
    *,
    at: datetime,
    act: StaffAct,
    by: Actor | None,
    in_post: HeldPost | None,
    person_id: int,
    agency_id: int,
    facts: StaffFacts,
) -> None:
    """`by` is None when the operator acts at the console."""
    StaffRecord.objects.create(
        at=at,
        act=act,
        by_id=by.user_id if by else None,
        in_post_id=in_post.post_id if in_post else None,
        person_id=person_id,
        agency_id=agency_id,
        facts=asdict(facts),
    )
