from datetime import date

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _


class AgencyKind(models.TextChoices):
    """Loại cơ quan."""

    PROVINCE = "province", _("UBND tỉnh")
    DEPARTMENT = "department", _("Sở, ban, ngành")
    DEPARTMENT_UNIT = "department_unit", _("Phòng, chi nhánh thuộc sở")
    PROVINCE_CENTRE = "province_centre", _("Trung tâm Phục vụ hành chính công tỉnh")
    COMMUNE = "commune", _("UBND xã, phường")
    COMMUNE_CENTRE = "commune_centre", _("Trung tâm Phục vụ hành chính công xã, phường")
    COMMUNE_UNIT = "commune_unit", _("Phòng chuyên môn xã, phường")
    COMMUNE_POLICE = "commune_police", _("Công an xã, phường")
    POLICE = "police", _("Công an tỉnh")
    TAX = "tax", _("Thuế tỉnh")
    SOCIAL_INSURANCE = "social_insurance", _("Bảo hiểm xã hội")
    DISTRICT = "district", _("Huyện (đã kết thúc hoạt động)")
    FORMER_COMMUNE = "former_commune", _("Xã, phường trước 01/7/2025")


# Where people hand in files and fetch results.
COUNTER_KINDS = (AgencyKind.PROVINCE_CENTRE, AgencyKind.COMMUNE_CENTRE)


class Role(models.TextChoices):
    """Vai trò: what a post allows its holder to do."""

    CLERK = "clerk", _("Cán bộ tiếp nhận")
    OFFICER = "officer", _("Chuyên viên")
    HEAD = "head", _("Lãnh đạo")
    SUPERVISOR = "supervisor", _("Giám sát")
    EDITOR = "editor", _("Biên tập danh mục")
    ADMINISTRATOR = "administrator", _("Quản trị")


def valid_on(on: date, *, prefix: str = "") -> Q:
    """The condition "valid on that day" for rows with valid_from and valid_to (inclusive, null = open)."""
    begun = Q(**{f"{prefix}valid_from__isnull": True}) | Q(**{f"{prefix}valid_from__lte": on})
    not_over = Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gte": on})
    return begun & not_over


def days(start: str, end: str) -> Func:
    """The days from one column to another as a database range, both included."""
    return Func(F(start), F(end), Value("[]"), function="daterange")


class AgencyQuerySet(models.QuerySet["Agency"]):
    def existing(self, *, on: date) -> "AgencyQuerySet":
        return self.filter(valid_on(on))


class Agency(models.Model):
    """Cơ quan, đơn vị: one office of the tree, with the days from and to which it exists."""

    key = models.SlugField(_("Khóa"), max_length=60, unique=True)
    code = models.CharField(_("Mã định danh"), max_length=35, unique=True, null=True, blank=True)
    code_is_provisional = models.BooleanField(default=False)
    name = models.CharField(_("Tên"), max_length=200)
    short_name = models.CharField(_("Tên gọn"), max_length=100)
    kind = models.CharField(max_length=20, choices=AgencyKind.choices)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    gso_code = models.CharField(_("Mã của Cục Thống kê"), max_length=10, blank=True)
    is_difficult_area = models.BooleanField(_("Địa bàn khó khăn"), null=True, blank=True)
    address = models.CharField(_("Địa chỉ"), max_length=300, blank=True)
    phone = models.CharField(_("Điện thoại"), max_length=30, blank=True)
    note = models.TextField(_("Ghi chú"), blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    objects = AgencyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="agency_ends_after_it_begins",
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_to__gte=F("valid_from")),
                violation_error_message=_("Ngày kết thúc không được trước ngày bắt đầu."),
            ),
            # A case number begins with the code of an agency (TT 03/2025 Điều 13): only a closed unit, which
            # can receive nothing any more, may be without one.
            models.CheckConstraint(
                name="agency_open_has_code",
                condition=Q(code__isnull=False) | Q(valid_to__isnull=False),
                violation_error_message=_("Cơ quan đang hoạt động phải có mã định danh."),
            ),
        ]
        # The tree page and the pickers list one kind under one parent.
        indexes = [models.Index(fields=["kind", "gso_code"], name="agency_kind_gso")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_counter(self) -> bool:
        return self.kind in COUNTER_KINDS


class Succession(models.Model):
    """Kế thừa: which unit took over from which on what day."""

    predecessor = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="predecessions")
    on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="succession_once"),
            models.CheckConstraint(name="succession_is_by_another", condition=~Q(predecessor=F("successor"))),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} → {self.successor_id}"


class PostQuerySet(models.QuerySet["Post"]):
    def held(self, *, on: date) -> "PostQuerySet":
        """Posts held on that day at an agency that exists on that day."""
        return self.filter(valid_on(on), valid_on(on, prefix="agency__"), cancelled_at__isnull=True)


class Post(models.Model):
    """Vị trí: a role held by a person at an agency from a day to a day (both included)."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="posts")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="posts")
    role = models.CharField(max_length=20, choices=Role.choices)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    # Withdrawn before its first day was over: it never gave any power that lasts.
    cancelled_at = models.DateTimeField(null=True, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="post_ends_after_it_begins",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
            ),
            # One person holds one role at one agency once at a time, else "who acted, in which post" has two
            # answers.
            ExclusionConstraint(
                name="post_held_once_at_a_time",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("agency", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (days("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
                condition=Q(cancelled_at__isnull=True),
            ),
        ]
        # "Who holds this role at this agency" (hand-over, soundness of routes).
        indexes = [models.Index(fields=["agency", "role"], name="post_agency_role")]

    def __str__(self) -> str:
        return f"{self.get_role_display()} · {self.agency}"


class StandIn(models.Model):
    """Ủy quyền: a person who acts in a head's post for a period named by the head."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="stand_ins")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="stand_ins")
    valid_from = models.DateField()
    valid_to = models.DateField()
    reason = models.CharField(_("Lý do"), max_length=300, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="stand_in_ends_after_it_begins", condition=Q(valid_to__gte=F("valid_from"))
            ),
            # One head has one stand-in at a time: a signature must have one possible owner.
            ExclusionConstraint(
                name="stand_in_one_at_a_time",
                expressions=[
                    ("post", RangeOperators.EQUAL),
                    (days("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
                condition=Q(revoked_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} @ {self.post_id}"


class StaffAct(models.TextChoices):
    """Việc về nhân sự."""

    POST_GRANTED = "post_granted", _("Giao vị trí")
    POST_ENDED = "post_ended", _("Kết thúc vị trí")
    POST_CANCELLED = "post_cancelled", _("Hủy vị trí")
    STAND_IN_NAMED = "stand_in_named", _("Ủy quyền")
    STAND_IN_REVOKED = "stand_in_revoked", _("Thu hồi ủy quyền")


class StaffRecord(models.Model):
    """Nhật ký nhân sự: who gave or took which power; append-only, the database refuses any change."""

    at = models.DateTimeField()
    act = models.CharField(max_length=20, choices=StaffAct.choices)
    # Null: done at the console by the operator, not by a person signed in.
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    in_post = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="staff_records"
    )
    agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    facts = models.JSONField(default=dict)

    class Meta:
        # A person's page shows her latest records first.
        indexes = [models.Index(fields=["person", "-id"], name="staff_record_person")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.act}"
