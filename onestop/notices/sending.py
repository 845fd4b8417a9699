"""Sending what waits in the outbox: each notice at least once, a double recognisable by its Message-ID."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import Q

from onestop.notices.models import Outbox

BATCH = 50
MOST_ATTEMPTS = 8
FIRST_WAIT = timedelta(minutes=1)


@dataclass(frozen=True)
class Sent:
    """Kết quả gửi of one round."""

    sent: int
    failed: int


def send_waiting(*, now: datetime) -> Sent:
    """Send the notices that are due, oldest first; two senders at once take different ones.

    A notice that fails waits twice as long each time, and is left alone after MOST_ATTEMPTS. The row is
    marked in the same transaction that holds it: a crash between sending and marking sends it again, with the
    same Message-ID.
    """
    sent = failed = 0
    with transaction.atomic():
        due = Q(next_attempt_at__isnull=True) | Q(next_attempt_at__lte=now)
        rows = list(
            Outbox.objects.select_for_update(skip_locked=True)
            .filter(due, sent_at__isnull=True, to_email__gt="", attempts__lt=MOST_ATTEMPTS)
            .order_by("id")[:BATCH]
        )
        if not rows:
            return Sent(0, 0)
        connection = get_connection()
        for row in rows:
            if _delivered(row, connection, now):
                sent += 1
            else:
                failed += 1
        Outbox.objects.bulk_update(rows, ["sent_at", "attempts", "next_attempt_at", "last_error"])
    return Sent(sent, failed)


def _delivered(row: Outbox, connection: BaseEmailBackend, now: datetime) -> bool:
    message = EmailMessage(
        subject=row.subject,
        body=row.text,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[row.to_email],
        headers={"Message-ID": f"<notice-{row.pk}@{settings.PROVINCE_CODE.lower()}.onestop>"},
        connection=connection,
    )
    row.attempts += 1
    try:
        message.send()
    except (SMTPException, OSError) as error:
        row.last_error = f"{type(error).__name__}: {error}"[:500]
        row.next_attempt_at = now + FIRST_WAIT * 2 ** (row.attempts - 1)
        return False
    row.sent_at, row.last_error = now, ""
    return True
