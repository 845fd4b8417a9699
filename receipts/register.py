"""Sổ đăng ký giấy tờ: number and keep a paper with its case, print it later, find it by its code."""

import hashlib
import logging
import secrets
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import Error as DatabaseFailure
from django.db import connection, transaction

from onestop import clock
from receipts.facts import Json, sha256_of
from receipts.models import IssuedPaper, IssuedPdf
from receipts.papers import Edition, Paper, PaperKind, edition_on, number_text, paper_of
from receipts.render import Imprint, render

log = logging.getLogger(__name__)
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
# No 0, 1, I, L, O, U: a code read aloud or typed from paper is not mistaken. 16 of 30 signs are 78 bits.
SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
TOKEN_LENGTH = 16


class WrongKind(Exception):
    """The kind named is not the kind of the paper given."""

    def __init__(self, kind: PaperKind, paper: Paper) -> None:
        self.kind = kind
        self.paper_kind = paper.kind
        self.sentence = f"Giấy loại {paper.kind} không thể vào sổ như loại {kind}."
        super().__init__(self.sentence)


class PrintingFailed(Exception):
    """The paper is issued and valid, but its PDF could not be made or kept now."""

    def __init__(self, number: str) -> None:
        self.number = number
        self.sentence = f"Giấy số {number} đã được cấp nhưng lúc này chưa in được. Hãy in lại sau ít phút."
        super().__init__(self.sentence)


class AlreadyVoided(Exception):
    """A paper is voided once."""

    def __init__(self, number: str) -> None:
        self.number = number
        self.sentence = f"Giấy số {number} đã bị hủy từ trước."
        super().__init__(self.sentence)


def issue(
    *,
    paper: Paper,
    kind: PaperKind,
    agency_id: int,
    agency_code: str,
    issued_by: str,
    issued_on: datetime,
    case_code: str = "",
) -> IssuedPaper:
    """Number a paper and enter it in the register, in the caller's transaction; nothing is rendered.

    Numbers run without gaps per agency, kind and year in Vietnam; the series stays locked until the caller
    commits, so call it last. Two statements. Raises: WrongKind, NoFormsInForce.
    """
    if kind is not paper.kind:
        raise WrongKind(kind, paper)
    day = issued_on.astimezone(VIETNAM).date()
    edition = edition_on(day)
    with transaction.atomic(savepoint=False):
        number = _next_number(agency_id=agency_id, kind=kind, year=day.year)
        issued = IssuedPaper(
            token=new_token(),
            kind=kind.value,
            edition=edition.value,
            agency_id=agency_id,
            agency_code=agency_code,
            year=day.year,
            number=number,
            number_text=number_text(number=number, kind=kind, edition=edition, unit=paper.office.unit),
            case_code=case_code,
            issued_at=issued_on,
            issued_by=issued_by,
            facts=paper.to_facts(),
        )
        issued.facts_sha256 = hash_of(issued)
        issued.save(force_insert=True)
    return issued


def _next_number(*, agency_id: int, kind: PaperKind, year: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO receipts_paperseries AS series (agency_id, kind, year, last_number)"
            " VALUES (%s, %s, %s, 1) ON CONFLICT (agency_id, kind, year)"
            " DO UPDATE SET last_number = series.last_number + 1 RETURNING last_number",
            [agency_id, kind.value, year],
        )
        return int(cursor.fetchone()[0])


def new_token() -> str:
    """Mã xác thực: cannot be guessed."""
    return "".join(secrets.choice(SIGNS) for _ in range(TOKEN_LENGTH))


def hash_of(issued: IssuedPaper) -> str:
    """SHA-256 over everything the paper states: facts, number, issuer and moment."""
    record: dict[str, Json] = {
        "token": issued.token,
        "kind": issued.kind,
        "edition": issued.edition,
        "agency_code": issued.agency_code,
        "number": issued.number_text,
        "case_code": issued.case_code,
        "issued_at": issued.issued_at.astimezone(VIETNAM).isoformat(timespec="microseconds"),
        "issued_by": issued.issued_by,
        "facts": issued.facts,
    }
    return sha256_of(record)


def is_intact(issued: IssuedPaper) -> bool:
    """Whether the row still says what was issued."""
    return hash_of(issued) == issued.facts_sha256


def verify_url(issued: IssuedPaper) -> str:
    """The address at which anybody may check the paper."""
    return f"{settings.SITE_URL.rstrip('/')}/xac-thuc/{issued.token}/"


def pdf_of(issued: IssuedPaper) -> bytes:
    """The PDF, rendered the first time under the row's lock and the same bytes ever after.

    Never touches the issue itself: Raises: PrintingFailed when rendering or keeping fails; ask again later.
    """
    try:
        kept = IssuedPdf.objects.filter(paper=issued).first()
        return bytes(kept.content) if kept else _print_once(issued.pk)
    except (DatabaseFailure, OSError, MemoryError, ValueError) as error:
        log.exception("paper %s could not be printed", issued.pk)
        raise PrintingFailed(issued.number_text) from error


def _print_once(issued_id: int) -> bytes:
    with transaction.atomic():
        issued = IssuedPaper.objects.select_for_update().get(pk=issued_id)
        kept = IssuedPdf.objects.filter(paper=issued).first()
        if kept:
            return bytes(kept.content)
        content = rendered(issued)
        IssuedPdf.objects.create(paper=issued, content=content, rendered_at=clock.now())
        issued.pdf_sha256 = hashlib.sha256(content).hexdigest()
        issued.save(update_fields=["pdf_sha256"])
        return content


def rendered(issued: IssuedPaper) -> bytes:
    """The PDF from the facts kept, without keeping it. Raises: PrintingFailed."""
    imprint = Imprint(
        number_text=issued.number_text,
        issued_at=issued.issued_at,
        edition=Edition(issued.edition),
        verify_url=verify_url(issued),
        token=issued.token,
    )
    try:
        return render(paper_of(PaperKind(issued.kind), issued.facts), imprint)
    except Exception as error:  # whatever the layout engine trips over, the issue stands
        log.exception("paper %s could not be rendered", issued.pk)
        raise PrintingFailed(issued.number_text) from error


def find(token: str) -> IssuedPaper | None:
    """The paper of a code as typed: spaces, dashes and small letters are forgiven."""
    sign = "".join(character for character in token.upper() if character.isalnum())
    if len(sign) != TOKEN_LENGTH:
        return None
    return IssuedPaper.objects.filter(token=sign).first()


def papers_of(case_code: str) -> tuple[IssuedPaper, ...]:
    """Everything issued for a case, oldest first."""
    return tuple(IssuedPaper.objects.filter(case_code=case_code).order_by("issued_at", "id"))


def void(*, issued: IssuedPaper, reason: str, now: datetime) -> None:
    """Declare a paper void, once; it stays in the register. Raises: AlreadyVoided."""
    changed = IssuedPaper.objects.filter(pk=issued.pk, voided_at=None).update(
        voided_at=now, void_reason=reason
    )
    if not changed:
        raise AlreadyVoided(issued.number_text)
    issued.voided_at, issued.void_reason = now, reason
