"""Routes as data, cases with their tasks, and what the law wants kept of each."""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Reverse
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMIntegerField, FSMModelMixin, transition
from viewflow.workflow.models import AbstractProcess, AbstractTask

from onestop.agencies.models import Agency, Role
from procedures.channels import Channel
from procedures.models import PaperRequirement, Procedure, ProcedureVersion, Variant
from workflows.states import STATE_NAMES, CaseState, Outcome, StepKind

CHANNELS = [(channel.value, channel.name) for channel in Channel]


class RouteVersion(models.Model):
    """Quy trình nội bộ: the steps of a procedure (or one variant of it) from a day on; immutable."""

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="routes")
    # Empty: for every variant that has no route of its own.
    variant_key = models.CharField(max_length=80, blank=True)
    number = models.PositiveIntegerField()
    decision = models.TextField(_("Quyết định ban hành"), blank=True)
    source = models.TextField(_("Nguồn"), blank=True)
    # True: no published route is known; shares of the legal limit stand in its place.
    is_constructed = models.BooleanField()
    fingerprint = models.CharField(max_length=64)
    valid_from = models.DateField()
    published_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["procedure", "variant_key", "number"], name="route_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.procedure_id} {self.variant_key} #{self.number}"


class Step(models.Model):
    """Bước: one unit's work in a route; steps with the same stage run side by side."""

    route = models.ForeignKey(RouteVersion, on_delete=models.PROTECT, related_name="steps")
    key = models.SlugField(max_length=60)
    stage = models.PositiveSmallIntegerField()
    order = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.name) for kind in StepKind])
    # "receiving", "competent", "kind:<agency kind>", "key:<agency>", "unit:<prefix of a commune's unit>".
    place = models.CharField(max_length=80)
    role = models.CharField(max_length=20, choices=Role.choices)
    # Time of the step: an amount with its unit, or a share of the whole limit; neither = unknown.
    amount = models.DecimalField(max_digits=7, decimal_places=3, null=True, blank=True)
    unit = models.CharField(max_length=20, blank=True)
    share = models.DecimalField(max_digits=4, decimal_places=3, null=True, blank=True)
    when = models.CharField(max_length=60, blank=True)
    return_to = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["stage", "order"]
        constraints = [models.UniqueConstraint(fields=["route", "key"], name="step_key_once")]

    def __str__(self) -> str:
        return self.title


class Applicant(models.Model):
    """Người nộp hồ sơ: known from an earlier file, so that a clerk types nothing twice."""

    id_number = models.CharField(_("Số định danh hoặc mã số thuế"), max_length=20, unique=True)
    is_organisation = models.BooleanField(default=False)
    name = models.CharField(_("Họ tên hoặc tên tổ chức"), max_length=200)
    address = models.CharField(_("Địa chỉ"), max_length=300, blank=True)
    phone = models.CharField(_("Điện thoại"), max_length=20, blank=True)
    email = models.EmailField(_("Thư điện tử"), blank=True)
    updated_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class NumberSeries(models.Model):
    """Dãy số: the last serial an agency gave on a day; its row is the lock of the register."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "day"], name="series_once_a_day")]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.day:%y%m%d} {self.last}"


class Case(FSMModelMixin, AbstractProcess):  # type: ignore[django-manager-missing]
    """Hồ sơ: one request of one applicant on its way; the version and route it began with never change."""

    code = models.CharField(_("Mã hồ sơ"), max_length=50, unique=True)
    # Letters and digits of the code: what look-up compares.
    code_key = models.CharField(max_length=50, unique=True)
    # With the code it opens the tracking page; printed on the receipt only.
    secret = models.CharField(max_length=8)
    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(ProcedureVersion, on_delete=models.PROTECT, related_name="+")
    variant = models.ForeignKey(Variant, null=True, on_delete=models.PROTECT, related_name="+")
    route = models.ForeignKey(RouteVersion, on_delete=models.PROTECT, related_name="+")
    state = FSMIntegerField(
        default=CaseState.SUBMITTED.value,
        protected=True,
        choices=[(state.value, name) for state, name in STATE_NAMES.items()],
    )
    channel = models.PositiveSmallIntegerField(choices=CHANNELS)
    receiving = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    competent = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    # Everybody who has a part in it: a post at one of these agencies opens the case.
    agency_ids = ArrayField(models.BigIntegerField())
    applicant = models.ForeignKey(Applicant, null=True, on_delete=models.PROTECT, related_name="cases")
    applicant_id_number = models.CharField(max_length=20, blank=True)
    applicant_name = models.CharField(max_length=200)
    applicant_address = models.CharField(max_length=300, blank=True)
    applicant_phone = models.CharField(max_length=20, blank=True)
    applicant_email = models.EmailField(blank=True)
    # Name without accents, in lower case, between spaces.
    search_text = models.CharField(max_length=210)
    subject = models.CharField(_("Trích yếu"), max_length=500, blank=True)
    fee_vnd = models.PositiveBigIntegerField(null=True)
    fee_note = models.CharField(max_length=300, blank=True)
    received_at = models.DateTimeField()
    due_at = models.DateTimeField()
    due_text = models.TextField()
    limit_text = models.CharField(max_length=200)
    done_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)
    result_note = models.TextField(blank=True)
    stage = models.PositiveSmallIntegerField(default=1)
    # Step key -> agency, fixed at acceptance.
    places = models.JSONField(default=dict)
    facts = models.JSONField(default=dict)
    # Grows with every write: a person who saw an older one is told what changed since.
    event_seq = models.PositiveIntegerField(default=0)
    event_hash = models.CharField(max_length=64, blank=True)

    objects: models.Manager["Case"] = models.Manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="case_received_before_due", condition=Q(due_at__gte=F("received_at"))
            ),
            models.CheckConstraint(
                name="case_state_is_national", condition=Q(state__in=[state.value for state in CaseState])
            ),
            # NĐ 309/2026: timeliness is fixed by the moment the result is ready, so 9 and 10 have one.
            models.CheckConstraint(
                name="case_done_has_moment", condition=~Q(state__in=[9, 10]) | Q(done_at__isnull=False)
            ),
            models.CheckConstraint(
                name="case_returned_has_moment", condition=~Q(state=10) | Q(returned_at__isnull=False)
            ),
        ]
        indexes = [
            # Register of a counter and year, newest first.
            models.Index(fields=["receiving", "-received_at"], name="case_register"),
            # Results that wait at a counter.
            models.Index(fields=["receiving", "done_at"], name="case_to_return", condition=Q(state=9)),
            models.Index(fields=["applicant_id_number"], name="case_id_number"),
            models.Index(OpClass(Reverse("applicant_phone"), name="text_pattern_ops"), name="case_phone_end"),
            models.Index(OpClass(Reverse("code_key"), name="text_pattern_ops"), name="case_code_end"),
            GinIndex(OpClass("search_text", name="gin_trgm_ops"), name="case_name_words"),
            GinIndex(fields=["agency_ids"], name="case_agencies"),
        ]

    def __str__(self) -> str:
        return self.code

    @transition(field=state, source=1, target=2)
    def accept(self) -> None:
        """Tiếp nhận: the counter takes the file in; the clock starts."""

    @transition(field=state, source=2, target=4)
    def begin(self) -> None:
        """Bắt đầu xử lý: the first unit has it in hand."""

    @transition(field=state, source=[2, 4], target=9)
    def finish(self) -> None:
        """Xử lý xong: the result lies at the counter; timeliness is fixed."""

    @transition(field=state, source=9, target=10)
    def hand_back(self) -> None:
        """Trả kết quả: the person has the result."""


class CaseTask(AbstractTask):
    """Việc: one step of one case at one agency; open while `finished` is null."""

    # Columns of the stock task that a counter has no use for.
    scheduled = None
    external_task_id = None
    owner_permission = None
    # The generic key of the stock task cannot be taken out; nobody writes it.
    owner_permission_content_type = models.ForeignKey(
        ContentType, null=True, db_index=False, on_delete=models.PROTECT, related_name="+"
    )

    process = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="task_set")
    previous = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="leading")
    status = models.CharField(max_length=10, default="NEW")
    created = models.DateTimeField()
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=20, choices=Role.choices)
    due_at = models.DateTimeField(null=True)
    outcome = models.CharField(
        max_length=12, blank=True, choices=[(outcome.value, outcome.name) for outcome in Outcome]
    )
    note = models.TextField(blank=True)

    objects: models.Manager["CaseTask"] = models.Manager()

    class Meta:
        indexes = [
            # A unit's work list, what is due first.
            models.Index(
                fields=["agency", "role", "due_at"], name="task_open", condition=Q(finished__isnull=True)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="task_done_has_outcome", condition=Q(finished__isnull=True) | Q(outcome__gt="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.process_id} {self.step_id} {self.status}"


class CasePaper(models.Model):
    """Giấy tờ đã nhận: what was handed in, counted."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="papers")
    requirement = models.ForeignKey(PaperRequirement, null=True, on_delete=models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField()
    name = models.TextField()
    originals = models.PositiveSmallIntegerField(default=0)
    copies = models.PositiveSmallIntegerField(default=0)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["order"]

    def __str__(self) -> str:
        return self.name


class CaseEvent(models.Model):
    """Nhật ký hồ sơ: who did what, in which post, when; append-only, each line sealed by the one before."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="events")
    seq = models.PositiveIntegerField()
    at = models.DateTimeField()
    act = models.CharField(max_length=20)
    # Ids and names as they were: a person may be renamed, a log may not.
    user_id_at_act = models.BigIntegerField()
    person = models.CharField(max_length=200)
    post_id_at_act = models.BigIntegerField()
    post = models.CharField(max_length=300)
    from_state = models.PositiveSmallIntegerField()
    to_state = models.PositiveSmallIntegerField()
    step = models.CharField(max_length=300, blank=True)
    to_agency = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    paper = models.CharField(max_length=60, blank=True)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "seq"], name="event_seq_once")]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.seq} {self.act}"


class ClockKind(models.TextChoices):
    """Loại mốc thời gian of the clock ledger."""

    START = "start", _("Bắt đầu tính")
    END = "end", _("Kết thúc")


class ClockEntry(models.Model):
    """Sổ thời hạn: what started, moved and ended the clock; the due date follows from it alone."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="clock")
    seq = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=ClockKind.choices)
    at = models.DateTimeField()
    amount = models.DecimalField(max_digits=8, decimal_places=3, null=True)
    unit = models.CharField(max_length=20, blank=True)
    counting = models.CharField(max_length=10, blank=True)
    cut_off = models.TimeField(null=True)
    calendar_version = models.PositiveIntegerField()
    due_at = models.DateTimeField()
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["seq"]
        constraints = [models.UniqueConstraint(fields=["case", "seq"], name="clock_seq_once")]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.seq} {self.kind}"


class IntakeResult(models.TextChoices):
    """Kết quả tiếp nhận."""

    ACCEPTED = "accepted", _("Tiếp nhận")
    GUIDED = "guided", _("Hướng dẫn bổ sung")
    REFUSED = "refused", _("Từ chối")


class Intake(models.Model):
    """Lượt tiếp nhận: one decision at a counter; its key makes a re-sent form harmless."""

    key = models.UUIDField(unique=True)
    result = models.CharField(max_length=10, choices=IntakeResult.choices)
    at = models.DateTimeField()
    receiving = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    clerk = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(ProcedureVersion, on_delete=models.PROTECT, related_name="+")
    applicant_name = models.CharField(max_length=200)
    case = models.OneToOneField(Case, null=True, on_delete=models.PROTECT, related_name="intake")
    # Mã xác thực of the receipt, guidance or refusal.
    paper_token = models.CharField(max_length=32, blank=True)

    class Meta:
        indexes = [models.Index(fields=["receiving", "-at"], name="intake_of_counter")]

    def __str__(self) -> str:
        return f"{self.key} {self.result}"


class HandBack(models.Model):
    """Lượt trả kết quả: who took the result and when; once a case."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="hand_back_record")
    at = models.DateTimeField()
    clerk = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    receiver_name = models.CharField(max_length=200)
    receiver_id_number = models.CharField(max_length=20, blank=True)
    note = models.CharField(max_length=500, blank=True)

    def __str__(self) -> str:
        return f"{self.case_id} {self.receiver_name}"


class Presence(models.Model):
    """Đang mở hồ sơ: who has a case open on the screen right now."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="present")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "user"], name="presence_once")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.user_id}"
