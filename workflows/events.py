"""The log of a case: each line sealed by a hash over itself and the line before."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.conf import settings
from django.db import connection
from django.utils.translation import override

from onestop.agencies.models import Role
from onestop.agencies.posts import Actor, HeldPost
from onestop.clock import VIETNAM
from onestop.notices.models import Outbox
from workflows.models import Case, CaseEvent
from workflows.states import Act


@dataclass(frozen=True)
class Happening:
    """Việc đã xảy ra: what the acting person adds to the log of a case."""

    act: Act
    at: datetime
    from_state: int
    step: str = ""
    to_agency: str = ""
    reason: str = ""
    paper: str = ""


@dataclass(frozen=True)
class BrokenLink:
    """Mắt xích đứt: the first line of a case whose seal does not fit."""

    case_code: str
    seq: int
    sentence: str


def post_words(post: HeldPost) -> str:
    """The post as the log names it, with whom the person stands in for."""
    with override(settings.LANGUAGE_CODE):
        words = f"{Role(post.role).label} · {post.agency_name}"
    return f"{words} (thay {post.stands_in_for})" if post.stands_in_for else words


def seal(event: CaseEvent) -> str:
    """SHA-256 over every column of the line but its own hash, in canonical JSON."""
    facts = [
        event.case_id, event.seq, event.at.astimezone(VIETNAM).isoformat(), event.act, event.user_id_at_act,
        event.person, event.post_id_at_act, event.post, event.from_state, event.to_state, event.step,
        event.to_agency, event.reason, event.paper, event.previous_hash,
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(facts, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def next_event(case: Case, *, actor: Actor, post: HeldPost, what: Happening) -> CaseEvent:
    """The next line of the log, sealed; the case remembers its end so that no read is needed.

    The caller saves both: the line, and the case with event_seq and event_hash.
    """
    event = CaseEvent(
        case_id=case.pk,
        seq=case.event_seq + 1,
        at=what.at,
        act=what.act.value,
        user_id_at_act=actor.user_id,
        person=actor.name,
        post_id_at_act=post.post_id,
        post=post_words(post),
        from_state=what.from_state,
        to_state=case.state,
        step=what.step,
        to_agency=what.to_agency,
        reason=what.reason,
        paper=what.paper,
        previous_hash=case.event_hash,
    )
    event.hash = seal(event)
    case.event_seq, case.event_hash = event.seq, event.hash
    return event


# Both lines go out in one statement: this is the hot path of every act.
_WRITE = """
WITH event AS (
    INSERT INTO workflows_caseevent (case_id, seq, at, act, user_id_at_act, person, post_id_at_act, post,
        from_state, to_state, step, to_agency, reason, paper, previous_hash, hash)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
)
INSERT INTO notices_outbox (case_code, act, to_email, subject, text, created_at, attempts, last_error)
VALUES (%s, %s, %s, %s, %s, %s, 0, '')
"""


def write(event: CaseEvent, notice: Outbox) -> None:
    """Keep the line of the log and the notice that goes with it."""
    values = (
        event.case_id, event.seq, event.at, event.act, event.user_id_at_act, event.person,
        event.post_id_at_act, event.post, event.from_state, event.to_state, event.step, event.to_agency,
        event.reason, event.paper, event.previous_hash, event.hash,
        notice.case_code, notice.act, notice.to_email, notice.subject, notice.text, notice.created_at,
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, values)


def broken_links() -> Iterator[BrokenLink]:
    """The first broken link of every bad chain, and chains that lack their end. One pass over all events."""
    rows = CaseEvent.objects.order_by("case_id", "seq").iterator(chunk_size=2000)
    heads = Case.objects.order_by("pk").values_list("pk", "code", "event_seq", "event_hash")
    chains = ((case_id, list(lines)) for case_id, lines in groupby(rows, key=lambda row: row.case_id))
    found = next(chains, None)
    for case_id, code, last_seq, last_hash in heads.iterator(chunk_size=2000):
        lines: list[CaseEvent] = []
        if found and found[0] == case_id:
            lines = found[1]
            found = next(chains, None)
        broken = _first_broken(code, lines, last_seq, last_hash)
        if broken:
            yield broken


def _first_broken(code: str, lines: list[CaseEvent], last_seq: int, last_hash: str) -> BrokenLink | None:
    previous = ""
    for number, line in enumerate(lines, start=1):
        if line.seq != number:
            return BrokenLink(code, number, f"thiếu dòng {number}")
        if line.previous_hash != previous or line.hash != seal(line):
            return BrokenLink(code, number, f"dòng {number} đã bị sửa sau khi ghi")
        previous = line.hash
    if len(lines) != last_seq or previous != last_hash:
        return BrokenLink(code, len(lines) + 1, f"thiếu dòng {len(lines) + 1}: hồ sơ ghi có {last_seq} dòng")
    return None
