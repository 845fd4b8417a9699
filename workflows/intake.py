"""The acts at the reception counter: accept, guide, refuse. Each is one transaction and happens once."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from viewflow.workflow.status import STATUS

from onestop.agencies.models import Agency, Role
from onestop.agencies.posts import Actor, HeldPost
from onestop.clock import VIETNAM
from onestop.notices.models import Outbox
from procedures.words import search_text
from receipts.papers import FeeOnPaper, Guidance, PaperKind, PaperLine, Receipt, Refusal
from receipts.register import issue
from workflows.access import NotYours
from workflows.case_codes import case_code, code_key
from workflows.events import Happening, next_event, write
from workflows.flow import BeginActivation, CaseFlow
from workflows.intake_rules import IntakeForm, Plan, ReasonNeeded, complete_file, plan
from workflows.ledger import Started, start_entry
from workflows.lookup import lookup_url, new_secret
from workflows.models import Applicant, Case, CasePaper, CaseTask, Intake, IntakeResult
from workflows.names import agency_names
from workflows.paper_parts import in_person, office_of
from workflows.routes import route
from workflows.states import Act, CaseState


@dataclass(frozen=True)
class Decided:
    """Kết quả của lượt tiếp nhận; `is_repeat`: the same form came again and changed nothing."""

    result: IntakeResult
    paper_token: str
    case_id: int | None
    case_code: str
    is_repeat: bool


@transaction.atomic
def accept(*, form: IntakeForm, actor: Actor, now: datetime) -> Decided:
    """Tiếp nhận: number, case, first task, papers, receipt, log, clock and notice, or nothing at all.

    A form sent twice (same key) is accepted once and gives the same answer. The register of the counter is
    locked last, so that clerks wait for one another as briefly as can be.
    Raises: NotYours, NotInForce, NotOfferedHere, UnknownVariant, CompetentNeeded, LimitNeeded, PapersMissing,
    NoRoute, NoUnit, CalendarNotPublished. Source: NĐ 118/2025 Điều 17; number: TT 03/2025 Điều 13.
    """
    post = _clerk_post(actor, form.counter_id)
    if not _first_time(form, IntakeResult.ACCEPTED, actor, now):
        return _as_before(form.key)
    made = plan(form=form, now=now)
    complete_file(form, made.offer)
    applicant = _known_applicant(form, now)
    case = _new_case(form, made, applicant, now)
    serial = _next_serial(made.counter.pk, now)
    day = now.astimezone(VIETNAM).date()
    case.code = case_code(agency_code=made.counter.code or "", day=day, serial=serial)
    case.code_key = code_key(case.code)
    begun = _begin(case, made, actor, now)
    receipt = _receipt(form, made, case, actor)
    issued = issue(
        paper=receipt,
        kind=PaperKind.RECEIPT,
        agency_id=made.counter.pk,
        agency_code=made.counter.code or "",
        issued_by=actor.name,
        issued_on=now,
        case_code=case.code,
    )
    _keep_papers(form, case)
    assert made.limit is not None
    started = Started(made.limit, made.calendar_version, form.own_limit_reason)
    start_entry(case, started=started).save(force_insert=True)
    _log_acceptance(case, post, actor, now, begun, issued.number_text)
    Intake.objects.filter(key=form.key).update(case=case, paper_token=issued.token)
    return Decided(IntakeResult.ACCEPTED, issued.token, case.pk, case.code, is_repeat=False)


@transaction.atomic
def guide(*, form: IntakeForm, reason: str, actor: Actor, now: datetime) -> Decided:
    """Hướng dẫn: everything that is missing, named at once, on its official paper; no case begins.

    Raises: NotYours, NotInForce, NotOfferedHere, ReasonNeeded.
    """
    _clerk_post(actor, form.counter_id)
    if not reason.strip():
        raise ReasonNeeded
    if not _first_time(form, IntakeResult.GUIDED, actor, now):
        return _as_before(form.key)
    made = plan(form=form, now=now, needs_limit=False)
    lacking = form.lacking(made.offer)
    paper = Guidance(
        office=office_of(made.counter),
        applicant=in_person(form.applicant),
        procedure_name=made.offer.name,
        procedure_code=made.offer.code or "",
        papers=tuple(
            PaperLine(name=p.name, originals=p.originals, copies=p.copies, note=p.condition) for p in lacking
        ),
        reason=reason.strip(),
        guide_name=actor.name,
    )
    return _decided(form, made.counter, paper, PaperKind.GUIDANCE, IntakeResult.GUIDED, actor, now)


@transaction.atomic
def refuse(*, form: IntakeForm, reason: str, actor: Actor, now: datetime) -> Decided:
    """Từ chối tiếp nhận: with a reason, on its official paper; no case begins.

    Raises: NotYours, NotInForce, NotOfferedHere, ReasonNeeded.
    """
    _clerk_post(actor, form.counter_id)
    if not reason.strip():
        raise ReasonNeeded
    if not _first_time(form, IntakeResult.REFUSED, actor, now):
        return _as_before(form.key)
    made = plan(form=form, now=now, needs_limit=False)
    paper = Refusal(
        office=office_of(made.counter),
        applicant=in_person(form.applicant),
        procedure_name=made.offer.name,
        procedure_code=made.offer.code or "",
        papers=_lines(form),
        reason=reason.strip(),
        receiver_name=actor.name,
    )
    return _decided(form, made.counter, paper, PaperKind.REFUSAL, IntakeResult.REFUSED, actor, now)


def _decided(
    form: IntakeForm,
    counter: Agency,
    paper: Guidance | Refusal,
    kind: PaperKind,
    result: IntakeResult,
    actor: Actor,
    now: datetime,
) -> Decided:
    issued = issue(
        paper=paper,
        kind=kind,
        agency_id=counter.pk,
        agency_code=counter.code or "",
        issued_by=actor.name,
        issued_on=now,
    )
    Intake.objects.filter(key=form.key).update(paper_token=issued.token)
    return Decided(result, issued.token, None, "", is_repeat=False)


def _clerk_post(actor: Actor, counter_id: int) -> HeldPost:
    post = actor.holding(Role.CLERK, counter_id)
    if post is None:
        raise NotYours
    return post


def _first_time(form: IntakeForm, result: IntakeResult, actor: Actor, now: datetime) -> bool:
    """Claims the key of the form; the same form sent at the same moment waits here for the first one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO workflows_intake"
            " (key, result, at, receiving_id, clerk_id, version_id, applicant_name, paper_token)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, '') ON CONFLICT (key) DO NOTHING",
            [
                form.key, result.value, now, form.counter_id, actor.user_id, form.version_id,
                form.applicant.name[:200],
            ],
        )  # fmt: skip
        return bool(cursor.rowcount == 1)


def _as_before(key: UUID) -> Decided:
    row = Intake.objects.select_related("case").get(key=key)
    code = row.case.code if row.case else ""
    return Decided(IntakeResult(row.result), row.paper_token, row.case_id, code, is_repeat=True)


def _known_applicant(form: IntakeForm, now: datetime) -> Applicant | None:
    """Remembers the applicant by number; without a number nobody is remembered."""
    given = form.applicant
    if not given.id_number:
        return None
    applicant = Applicant(
        id_number=given.id_number,
        is_organisation=given.is_organisation,
        name=given.name,
        address=given.address,
        phone=given.phone,
        email=given.email,
        updated_at=now,
    )
    changing = ["is_organisation", "name", "address", "phone", "email", "updated_at"]
    return Applicant.objects.bulk_create(
        [applicant], update_conflicts=True, unique_fields=["id_number"], update_fields=changing
    )[0]


def _new_case(form: IntakeForm, made: Plan, applicant: Applicant | None, now: datetime) -> Case:
    given = form.applicant
    return Case(
        flow_class=CaseFlow,
        created=now,
        secret=new_secret(),
        procedure_id=made.offer.procedure_id,
        version_id=form.version_id,
        variant_id=form.variant_id,
        route_id=made.route.id,
        channel=form.channel.value,
        receiving=made.counter,
        competent=made.competent,
        agency_ids=list(made.places.agency_ids),
        applicant=applicant,
        applicant_id_number=given.id_number,
        applicant_name=given.name,
        applicant_address=given.address,
        applicant_phone=given.phone,
        applicant_email=given.email,
        search_text=search_text(given.name)[:210],
        subject=form.subject,
        fee_vnd=made.fee_vnd,
        fee_note=form.fee_note,
        received_at=now,
        due_at=made.promise.due_at,
        due_text=made.promise.sentence,
        limit_text=made.limit_text,
        places=made.places.by_step,
        facts={},
    )


def _next_serial(agency_id: int, now: datetime) -> int:
    """The next serial of the agency's day; locked until commit, so no number is lost or doubled."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO workflows_numberseries AS series (agency_id, day, last) VALUES (%s, %s, 1)"
            " ON CONFLICT (agency_id, day) DO UPDATE SET last = series.last + 1 RETURNING last",
            [agency_id, now.astimezone(VIETNAM).date()],
        )
        return int(cursor.fetchone()[0])


def _begin(case: Case, made: Plan, actor: Actor, now: datetime) -> BeginActivation:
    """Starts the flow: the receiving step is this act, so its task is born finished."""
    case.accept()
    first = made.route.steps[0]
    task = CaseTask(
        process=case,
        flow_task=CaseFlow.start,
        flow_task_type=CaseFlow.start.task_type,
        status=STATUS.NEW,
        created=now,
        started=now,
        step_id=first.id,
        agency_id=made.counter.pk,
        role=first.role,
        owner_id=actor.user_id,
    )
    activation = BeginActivation(task)
    activation.moment = now
    activation.execute()
    return activation


def _lines(form: IntakeForm) -> tuple[PaperLine, ...]:
    return tuple(
        PaperLine(name=p.name, originals=p.originals, copies=p.copies, note=p.note)
        for p in form.papers
        if p.originals or p.copies
    )


def _receipt(form: IntakeForm, made: Plan, case: Case, actor: Actor) -> Receipt:
    return Receipt(
        office=office_of(made.counter),
        case_code=case.code,
        applicant=in_person(form.applicant),
        procedure_name=made.offer.name,
        procedure_code=made.offer.code or "",
        papers=_lines(form),
        allowed_time=case.limit_text,
        received_at=case.received_at,
        due_at=case.due_at,
        due_explanation=case.due_text,
        fee=FeeOnPaper(amount_vnd=case.fee_vnd, state=case.fee_note),
        collect_at=" - ".join(part for part in (made.counter.name, made.counter.address) if part),
        receiver_name=actor.name,
        lookup_url=lookup_url(case.code),
        secret=case.secret,
    )


def _keep_papers(form: IntakeForm, case: Case) -> None:
    CasePaper.objects.bulk_create(
        CasePaper(
            case=case,
            requirement_id=paper.requirement_id,
            order=order,
            name=paper.name,
            originals=paper.originals,
            copies=paper.copies,
            note=paper.note,
        )
        for order, paper in enumerate(form.papers)
        if paper.originals or paper.copies
    )


def _log_acceptance(
    case: Case, post: HeldPost, actor: Actor, now: datetime, begun: BeginActivation, paper: str
) -> None:
    to = ", ".join(agency_names(begun.opened.agency_ids))
    step = route(case.route_id).steps[0].title
    what = Happening(Act.ACCEPT, now, CaseState.SUBMITTED, step=step, to_agency=to, paper=paper)
    event = next_event(case, actor=actor, post=post, what=what)
    case.save(update_fields=["stage", "event_seq", "event_hash"])
    notice = Outbox(
        case_code=case.code,
        act=Act.ACCEPT.value,
        to_email=case.applicant_email,
        subject=f"Đã tiếp nhận hồ sơ {case.code}",
        text=f"Hồ sơ {case.code} đã được tiếp nhận. {case.due_text} Tra cứu: {lookup_url(case.code)}",
        created_at=now,
    )
    write(event, notice)
