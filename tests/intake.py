"""A file as a clerk takes it in, for tests that need a case."""

from datetime import datetime
from uuid import uuid4

from onestop.agencies.models import Agency
from onestop.agencies.posts import Actor
from onestop.clock import VIETNAM
from procedures.catalogue import in_force
from procedures.channels import Channel
from procedures.models import Procedure
from procedures.offer import offer
from workflows.intake import accept
from workflows.intake_rules import ApplicantData, HandedIn, IntakeForm
from workflows.models import Case, CaseTask

# A Monday, an ordinary working week.
MORNING = datetime(2026, 11, 16, 9, 0, tzinfo=VIETNAM)
EXTRACT = "2.000635"  # Cấp bản sao trích lục hộ tịch: the same day
BUILDING_PERMIT = "1.013225"
HOUSEHOLD_BUSINESS = "1.001612"
APPLICANT = ApplicantData(
    name="Nguyễn Văn Đức",
    id_number="040090123456",
    address="Khối 5, phường Thành Vinh",
    phone="0912345678",
    email="duc@vidu.invalid",
)


def form_of(
    code: str = EXTRACT, *, counter: str = "ttpvhcc-16681", at: datetime = MORNING, **given
) -> IntakeForm:
    """A complete file of that procedure at that counter: every paper asked for is handed in."""
    procedure = Procedure.objects.get(code=code)
    version = in_force(procedure_id=procedure.pk, on=at.date())
    channel = given.pop("channel", Channel.DIRECT)
    variant_id = given.pop("variant_id", version.variants.values_list("pk", flat=True).first())
    asked = offer(version_id=version.pk, variant_id=variant_id, channel=channel)
    papers = tuple(
        HandedIn(name=p.name, originals=p.originals or 1, copies=p.copies, requirement_id=p.id)
        for p in asked.papers
        if p.required
    )
    facts = {
        "key": uuid4(),
        "counter_id": Agency.objects.get(key=counter).pk,
        "version_id": version.pk,
        "variant_id": variant_id,
        "channel": channel,
        "applicant": APPLICANT,
        "papers": papers,
        "fee_vnd": 0,
    }
    return IntakeForm(**(facts | given))


def new_case(actor: Actor, code: str = EXTRACT, *, at: datetime = MORNING, **given) -> Case:
    """The case that a clerk has just accepted."""
    decided = accept(form=form_of(code, at=at, **given), actor=actor, now=at)
    return Case.objects.get(pk=decided.case_id)


def username_for(task: CaseTask) -> str:
    """The member of the cast who holds the role of that task at its agency."""
    unit, _dash, commune = task.agency.key.rpartition("-")
    if commune == "16681":
        return f"{task.role}.thanhvinh" if unit == "ttpvhcc" else f"{task.role}.{unit}.thanhvinh"
    return f"{task.role}.tinh" if task.agency.key == "ttpvhcc-tinh" else f"{task.role}.{task.agency.key}"
