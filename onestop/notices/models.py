"""Notices that wait to be sent: written in the transaction of the act, delivered later."""

from django.db import models
from django.db.models import Q


class Outbox(models.Model):
    """Thông báo chờ gửi: one message about a case; kept after it was sent."""

    case_code = models.CharField(max_length=50)
    act = models.CharField(max_length=20)
    to_email = models.EmailField(blank=True)
    subject = models.TextField(blank=True)
    text = models.TextField(blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True, blank=True)
    last_error = models.TextField(blank=True)

    class Meta:
        # The sender asks only for what still waits, oldest first.
        indexes = [
            models.Index(
                fields=["id"],
                name="outbox_waiting",
                condition=Q(sent_at__isnull=True, to_email__gt=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_code} {self.act}"
