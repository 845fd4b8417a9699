"""Sổ đăng ký giấy tờ: every paper issued, its number, facts and hash."""

from django.db import models

from receipts.papers import Edition, PaperKind

KIND_NAMES = {
    PaperKind.RECEIPT: "Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
    PaperKind.GUIDANCE: "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ",
    PaperKind.REFUSAL: "Phiếu từ chối tiếp nhận giải quyết hồ sơ",
    PaperKind.CONTROL_SHEET: "Phiếu kiểm soát quá trình giải quyết hồ sơ",
    PaperKind.REGISTER_PAGE: "Sổ theo dõi hồ sơ",
}
KIND_CHOICES = [(kind.value, name) for kind, name in KIND_NAMES.items()]
EDITION_CHOICES = [
    (Edition.TT01_2018.value, "TT 01/2018/TT-VPCP"),
    (Edition.TT03_2025.value, "TT 03/2025/TT-VPCP"),
]


class PaperSeries(models.Model):
    """Dãy số giấy of one agency, kind and year; its row lock keeps the numbers without gaps."""

    agency_id = models.BigIntegerField()
    kind = models.CharField(max_length=16, choices=KIND_CHOICES)
    year = models.PositiveSmallIntegerField()
    last_number = models.PositiveIntegerField()

    class Meta:
        constraints = [
            # The upsert that gives out the next number rests on it.
            models.UniqueConstraint(fields=["agency_id", "kind", "year"], name="paper_series_unique"),
        ]


class IssuedPaper(models.Model):
    """Giấy đã cấp: append-only; a database trigger refuses any change but the first PDF and one voiding."""

    token = models.CharField(max_length=16, unique=True)
    kind = models.CharField(max_length=16, choices=KIND_CHOICES)
    edition = models.CharField(max_length=12, choices=EDITION_CHOICES)
    agency_id = models.BigIntegerField()
    agency_code = models.CharField(max_length=35)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    number_text = models.CharField(max_length=60)
    case_code = models.CharField(max_length=60, blank=True, db_index=True)
    issued_at = models.DateTimeField()
    issued_by = models.CharField(max_length=200)
    facts = models.JSONField()
    facts_sha256 = models.CharField(max_length=64)
    pdf_sha256 = models.CharField(max_length=64, null=True, editable=False)  # noqa: DJ001
    voided_at = models.DateTimeField(null=True, editable=False)
    void_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            # One number names one paper of an agency in a year.
            models.UniqueConstraint(
                fields=["agency_id", "kind", "year", "number"], name="paper_number_unique"
            ),
            models.CheckConstraint(condition=models.Q(number__gt=0), name="paper_number_positive"),
        ]


class IssuedPdf(models.Model):
    """Bản in của giấy đã cấp: rendered once, kept as it was; never changed."""

    paper = models.OneToOneField(IssuedPaper, on_delete=models.PROTECT, primary_key=True, related_name="pdf")
    content = models.BinaryField()
    rendered_at = models.DateTimeField()
