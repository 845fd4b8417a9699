"""The catalogue: a procedure and its dated versions, which never change once published."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from onestop.agencies.models import Agency, days
from procedures.wording import CHANNEL_WORDS

CHANNEL_CHOICES = [(channel.value, words) for channel, words in CHANNEL_WORDS.items()]


class Level(models.TextChoices):
    """Cấp thực hiện."""

    MINISTRY = "ministry", _("Cấp bộ")
    PROVINCE = "province", _("Cấp tỉnh")
    COMMUNE = "commune", _("Cấp xã")
    OTHER = "other", _("Cơ quan khác")
    # Closed on 1 July 2025: kept so that an old record says what it said, offered nowhere.
    DISTRICT = "district", _("Cấp huyện (đã kết thúc)")


class OnlineLevel(models.TextChoices):
    """Mức độ dịch vụ công trực tuyến (NĐ 224/2026 Điều 14); its days are the days of the version."""

    FULL = "full", _("Toàn trình")
    PARTIAL = "partial", _("Một phần")
    NONE = "none", _("Không trực tuyến")
    UNKNOWN = "unknown", _("Chưa rõ")


class BoundaryFree(models.TextChoices):
    """Phạm vi tiếp nhận phi địa giới (NĐ 118/2025, sửa đổi bởi NĐ 309/2026 Điều 7)."""

    PROVINCE = "province", _("Trong tỉnh")
    NATION = "nation", _("Toàn quốc")


class Origin(models.TextChoices):
    """Nguồn bản ghi."""

    CURATED = "curated", _("Danh mục biên tập")
    IMPORTED = "imported", _("Nhập từ cơ sở dữ liệu quốc gia")
    EDITED = "edited", _("Biên tập tại chỗ")


class Need(models.TextChoices):
    """Mức bắt buộc của giấy tờ."""

    REQUIRED = "required", _("Bắt buộc")
    CONDITIONAL = "conditional", _("Theo trường hợp")
    OPTIONAL = "optional", _("Không bắt buộc")


class Procedure(models.Model):
    """Thủ tục hành chính: the lasting identity of what can be asked for."""

    # Null: a procedure that has no national code (general complaints and denunciations).
    code = models.CharField(_("Mã thủ tục"), max_length=8, unique=True, null=True, blank=True)
    slug = models.SlugField(max_length=120, unique=True)
    name = models.TextField(_("Tên thủ tục"))
    family = models.CharField(_("Nhóm"), max_length=60, blank=True)

    class Meta:
        constraints = [
            # The national code is one digit, a dot and six digits; a look-up depends on it.
            models.CheckConstraint(
                name="procedure_code_shape",
                condition=Q(code__isnull=True) | Q(code__regex=r"^[0-9]\.[0-9]{6}$"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.code or '—'} {self.name}"


class ProcedureVersion(models.Model):
    """Phiên bản thủ tục: what the law asks and promises from a day to a day; immutable once published.

    A case keeps the version it began with. Database triggers refuse every change of a published version and
    of its parts, except that its last day may come nearer and that it may be annulled once.
    """

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("Phiên bản"))
    name = models.TextField(_("Tên thủ tục"))
    field = models.TextField(_("Lĩnh vực"), blank=True)
    ministry = models.TextField(_("Bộ quản lý"), blank=True)
    level = models.CharField(_("Cấp thực hiện"), max_length=10, choices=Level.choices)
    # Every level that carries it out; `level` is the one nearest to the citizen.
    levels = ArrayField(models.CharField(max_length=10, choices=Level.choices), default=list)
    # Null: decided at the level itself, the commune of the counter or a body of the province not named.
    competent = models.ForeignKey(
        Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="procedure_versions"
    )
    competent_text = models.TextField(_("Cơ quan có thẩm quyền"), blank=True)
    executing = ArrayField(models.TextField(), default=list)
    # Null until a decision that lists it is known: then every counter of that reach receives it.
    boundary_free = models.CharField(max_length=10, choices=BoundaryFree.choices, null=True, blank=True)  # noqa: DJ001
    boundary_free_decision = models.TextField(blank=True)
    boundary_free_from = models.DateField(null=True, blank=True)
    applicant_kinds = ArrayField(models.TextField(), default=list)
    online_level = models.CharField(max_length=10, choices=OnlineLevel.choices, default=OnlineLevel.UNKNOWN)
    conditions = models.TextField(_("Yêu cầu, điều kiện"), blank=True)
    legal_basis = ArrayField(models.TextField(), default=list)
    steps_text = models.TextField(_("Trình tự thực hiện"), blank=True)
    paper_notes = models.TextField(_("Lưu ý về hồ sơ"), blank=True)
    decision = models.TextField(_("Quyết định công bố"), blank=True)
    source = models.TextField(_("Nguồn"), blank=True)
    checks = ArrayField(models.TextField(), default=list)
    origin = models.CharField(max_length=10, choices=Origin.choices)
    # SHA-256 of the record it was made from: loading the same file twice changes nothing.
    fingerprint = models.CharField(max_length=64, blank=True)
    # " name field ministry " without accents, in lower case: see procedures/words.py.
    search_text = models.TextField(blank=True)
    valid_from = models.DateField(_("Có hiệu lực từ"), null=True, blank=True)
    valid_from_is_known = models.BooleanField(default=True)
    valid_to = models.DateField(_("Hết hiệu lực sau"), null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    annulled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["procedure", "number"], name="version_number_once"),
            models.CheckConstraint(
                name="version_published_has_first_day",
                condition=Q(published_at__isnull=True) | Q(valid_from__isnull=False),
            ),
            models.CheckConstraint(
                name="version_ends_after_it_begins",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
            ),
            # "What does the law ask on this day" has one answer: no two versions in force together.
            ExclusionConstraint(
                name="version_one_in_force_a_day",
                expressions=[
                    ("procedure", RangeOperators.EQUAL),
                    (days("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
                condition=Q(published_at__isnull=False, annulled_at__isnull=True),
            ),
        ]
        indexes = [
            # Any words, with or without accents, the last one begun (catalogue.search).
            GinIndex(name="version_search", fields=["search_text"], opclasses=["gin_trgm_ops"]),
        ]

    def __str__(self) -> str:
        return f"{self.procedure_id} v{self.number}"


class Variant(models.Model):
    """Trường hợp: a case of a procedure that has papers, a limit or a fee of its own."""

    version = models.ForeignKey(ProcedureVersion, on_delete=models.PROTECT, related_name="variants")
    key = models.SlugField(max_length=60)
    name = models.TextField(_("Trường hợp"))
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["version", "key"], name="variant_key_once")]

    def __str__(self) -> str:
        return self.name


class PaperRequirement(models.Model):
    """Thành phần hồ sơ: a paper to hand in, with how many originals and copies; variant null = for all."""

    version = models.ForeignKey(ProcedureVersion, on_delete=models.PROTECT, related_name="papers")
    variant = models.ForeignKey(
        Variant, null=True, blank=True, on_delete=models.PROTECT, related_name="papers"
    )
    order = models.PositiveSmallIntegerField(default=0)
    name = models.TextField(_("Tên giấy tờ"))
    # Null: the source does not say, or says what cannot be a count.
    originals = models.PositiveSmallIntegerField(_("Bản chính"), null=True, blank=True)
    copies = models.PositiveSmallIntegerField(_("Bản sao"), null=True, blank=True)
    template = models.TextField(_("Biểu mẫu"), blank=True)
    need = models.CharField(max_length=12, choices=Need.choices, default=Need.REQUIRED)
    condition = models.TextField(_("Khi nào cần"), blank=True)
    group = models.TextField(_("Nhóm giấy tờ"), blank=True)

    class Meta:
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.name


class TimeLimit(models.Model):
    """Thời hạn giải quyết per variant and channel (null = every one); amount null = not published."""

    version = models.ForeignKey(ProcedureVersion, on_delete=models.PROTECT, related_name="limits")
    variant = models.ForeignKey(
        Variant, null=True, blank=True, on_delete=models.PROTECT, related_name="limits"
    )
    channel = models.PositiveSmallIntegerField(choices=CHANNEL_CHOICES, null=True, blank=True)
    amount = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)
    # The values of onestop.working_days: Unit and Counting.
    unit = models.CharField(max_length=20, blank=True)
    counting = models.CharField(max_length=10, blank=True)
    # Received after this hour: counted from the next working day (khai sinh, khai tử, kết hôn: 15:00).
    cut_off = models.TimeField(null=True, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "variant", "channel"], name="limit_once", nulls_distinct=False
            ),
            # A number without a unit is not a promise anybody can keep.
            models.CheckConstraint(
                name="limit_has_amount_and_unit",
                condition=Q(amount__isnull=True, unit="")
                | Q(amount__isnull=False, amount__gte=0, unit__gt=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.unit}" if self.amount is not None else "—"


class Fee(models.Model):
    """Phí, lệ phí per variant and channel (null = every one); rows of other names add up."""

    version = models.ForeignKey(ProcedureVersion, on_delete=models.PROTECT, related_name="fees")
    variant = models.ForeignKey(Variant, null=True, blank=True, on_delete=models.PROTECT, related_name="fees")
    channel = models.PositiveSmallIntegerField(choices=CHANNEL_CHOICES, null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    name = models.TextField(_("Khoản thu"))
    # fees.FeeKind; the labels are in wording.py.
    kind = models.CharField(max_length=10)
    amount_vnd = models.PositiveBigIntegerField(null=True, blank=True)
    # Bậc thu of a fee by rule: the price of one unit up to and including each end; one price more than ends
    # holds for all units after the last end. At most cap_vnd a copy.
    tier_ends = ArrayField(models.PositiveIntegerField(), default=list, blank=True)
    tier_prices = ArrayField(models.PositiveIntegerField(), default=list, blank=True)
    cap_vnd = models.PositiveBigIntegerField(null=True, blank=True)
    unit = models.CharField(_("Đơn vị tính"), max_length=30, blank=True)
    text = models.TextField(blank=True)
    moment = models.CharField(max_length=12, blank=True)

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "variant", "channel", "name"], name="fee_once", nulls_distinct=False
            ),
            # Unknown is never zero: only a fixed fee carries an amount, and only "free" means nothing to pay.
            models.CheckConstraint(
                name="fee_amount_of_fixed",
                condition=Q(kind="fixed", amount_vnd__isnull=False, amount_vnd__gt=0)
                | Q(kind__in=["free", "council", "rule", "unknown"], amount_vnd__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Result(models.Model):
    """Kết quả: a paper the citizen gets."""

    version = models.ForeignKey(ProcedureVersion, on_delete=models.PROTECT, related_name="results")
    order = models.PositiveSmallIntegerField(default=0)
    name = models.TextField(_("Kết quả"))
    code = models.CharField(_("Mã kết quả"), max_length=14, blank=True)

    class Meta:
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.name
