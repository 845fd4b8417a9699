from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from onestop.agencies.models import Agency, days


class Effect(models.TextChoices):
    """Hiệu lực của ngày ngoại lệ: a Saturday can be a working day, so a list of days off is not enough."""

    OFF = "off", _("Ngày nghỉ")
    WORK = "work", _("Ngày làm bù")


class Purpose(models.TextChoices):
    """Mục đích của giờ làm việc: hours at the window may differ from hours of the work behind it."""

    INTAKE = "intake", _("Tiếp nhận")
    PROCESSING = "processing", _("Giải quyết")


class CalendarVersion(models.Model):
    """Phiên bản lịch làm việc: the whole calendar as published; published once, it never changes."""

    number = models.PositiveIntegerField(_("Số phiên bản"), unique=True)
    published_at = models.DateTimeField(_("Công bố lúc"), null=True, blank=True)
    decision = models.CharField(_("Văn bản"), max_length=200)
    source = models.TextField(_("Nguồn"), blank=True)

    def __str__(self) -> str:
        return f"{self.number}"


class CalendarYear(models.Model):
    """Năm đã công bố; provisional while the State has not decided all its days off."""

    version = models.ForeignKey(CalendarVersion, on_delete=models.CASCADE, related_name="years")
    year = models.PositiveSmallIntegerField(_("Năm"))
    is_provisional = models.BooleanField(_("Tạm thời"), default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "year"], name="calendar_year_once")]

    def __str__(self) -> str:
        return f"{self.year}"


class CalendarException(models.Model):
    """Ngày ngoại lệ: a day off or a make-up working day, with its name and where it was decided."""

    version = models.ForeignKey(CalendarVersion, on_delete=models.CASCADE, related_name="exceptions")
    date = models.DateField(_("Ngày"))
    effect = models.CharField(max_length=4, choices=Effect.choices)
    name = models.CharField(_("Tên"), max_length=200)
    source = models.TextField(_("Nguồn"), blank=True)

    class Meta:
        constraints = [
            # A day is off or worked, never both.
            models.UniqueConstraint(fields=["version", "date"], name="calendar_exception_once"),
            models.CheckConstraint(
                name="calendar_exception_has_effect", condition=Q(effect__in=[e.value for e in Effect])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.date:%d/%m/%Y} {self.name}"


class WorkingHours(models.Model):
    """Giờ làm việc: a session of one weekday at one agency; agency null = everywhere without its own."""

    agency = models.ForeignKey(
        Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="working_hours"
    )
    purpose = models.CharField(max_length=10, choices=Purpose.choices, default=Purpose.PROCESSING)
    weekday = models.PositiveSmallIntegerField(_("Thứ"))
    opens = models.TimeField(_("Mở cửa"))
    closes = models.TimeField(_("Đóng cửa"))
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    source = models.TextField(_("Nguồn"), blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="hours_weekday", condition=Q(weekday__lte=6)),
            models.CheckConstraint(name="hours_close_after_opening", condition=Q(closes__gt=F("opens"))),
            # Overlapping sessions would count the same minute twice.
            ExclusionConstraint(
                name="hours_never_overlap",
                expressions=[
                    (Coalesce(F("agency"), Value(0)), RangeOperators.EQUAL),
                    ("purpose", RangeOperators.EQUAL),
                    ("weekday", RangeOperators.EQUAL),
                    (days("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                    (
                        Func(
                            F("opens"),
                            F("closes"),
                            arg_joiner=")::int, extract(epoch from ",
                            template="int4range(extract(epoch from %(expressions)s)::int)",
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.opens:%H:%M}-{self.closes:%H:%M}"
