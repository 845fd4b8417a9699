"""Phiếu kiểm soát: one row per hand-over, made from the tasks of a case."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from onestop.agencies.posts import Actor
from onestop.calendars.published import calendar_for
from onestop.clock import local_day
from onestop.pages import formats
from onestop.working_days import WorkingCalendar
from receipts.models import IssuedPaper
from receipts.papers import ControlSheet, HandOver, HandOverResult, PaperKind
from receipts.register import issue, papers_of
from workflows.access import NotYours, may_see
from workflows.case_facts import used_time
from workflows.lookup import lookup_url
from workflows.models import Case, CaseTask
from workflows.names import agency_name, agency_names
from workflows.paper_parts import applicant_of, office_of
from workflows.routes import Route, StepData, route
from workflows.states import StepKind

# A second request within this time, with nothing done to the case between them, gets the same sheet.
SAME_SHEET = timedelta(minutes=1)


def issue_control_sheet(*, case_id: int, actor: Actor, now: datetime) -> IssuedPaper:
    """Lập phiếu kiểm soát: numbered in the register of the receiving counter; pressed twice, issued once.

    Raises: NotYours when the person may not see the case. Source: TT 03/2025/TT-VPCP, form 06 (domain 2.8).
    """
    with transaction.atomic():
        case = (
            Case.objects.select_for_update(of=("self",)).select_related("receiving__parent").get(pk=case_id)
        )
        if not may_see(case, actor=actor):
            raise NotYours
        before = _just_issued(case, now)
        if before is not None:
            return before
        return issue(
            paper=control_sheet(case=case, now=now),
            kind=PaperKind.CONTROL_SHEET,
            agency_id=case.receiving_id,
            agency_code=case.receiving.code or "",
            issued_by=actor.name,
            issued_on=now,
            case_code=case.code,
        )


def _just_issued(case: Case, now: datetime) -> IssuedPaper | None:
    last_change = case.events.order_by("-seq").values_list("at", flat=True).first() or case.received_at
    since = max(last_change, now - SAME_SHEET)
    sheets = [p for p in papers_of(case.code) if p.kind == PaperKind.CONTROL_SHEET and p.voided_at is None]
    return sheets[-1] if sheets and sheets[-1].issued_at >= since else None


def control_sheet(*, case: Case, now: datetime) -> ControlSheet:
    """The facts of the sheet as of now: hand-overs made, then those still to come from open tasks."""
    work = _Work.of(case, now)
    others = [a for a in work.agency_ids() if a not in (case.receiving_id, case.competent_id)]
    return ControlSheet(
        office=office_of(case.receiving),
        case_code=case.code,
        applicant=applicant_of(case),
        procedure_name=case.version.name,
        procedure_code=case.procedure.code or "",
        handling_unit=agency_name(case.competent_id),
        cooperating_units=agency_names(others),
        received_at=case.received_at,
        due_at=case.due_at,
        hand_overs=(*work.made(), *work.to_come()),
        summary=_summary(case, work, now),
        as_of=now,
        lookup_url=lookup_url(case.code),
    )


def _summary(case: Case, work: "_Work", now: datetime) -> str:
    used = used_time(case.received_at, case.done_at or now, work.calendar)
    allowed = used_time(case.received_at, case.due_at, work.calendar)
    words = f"đã dùng {formats.working_time(used)} làm việc trên {formats.working_time(allowed)}"
    return f"{words}; quá hạn." if (case.done_at or now) > case.due_at else f"{words}."


@dataclass(frozen=True)
class _Work:
    """Công việc của hồ sơ: its tasks in the order in which they were opened."""

    case: Case
    route: Route
    calendar: WorkingCalendar
    tasks: tuple[CaseTask, ...]
    now: datetime

    @classmethod
    def of(cls, case: Case, now: datetime) -> "_Work":
        calendar = calendar_for(agency_id=case.receiving_id, on=local_day(case.received_at))
        tasks = tuple(case.task_set.select_related("owner").order_by("pk"))
        return cls(case, route(case.route_id), calendar, tasks, now)

    def agency_ids(self) -> list[int]:
        return list(dict.fromkeys(task.agency_id for task in self.tasks))

    def step(self, task: CaseTask) -> StepData:
        return self.route.by_id(task.step_id)

    def made(self) -> Iterator[HandOver]:
        """One row for each unit that gave the file on and each that got it, oldest first."""
        given = sorted((t for t in self.tasks if t.finished), key=lambda t: (t.finished, t.pk))
        for task in given:
            if self.step(task).kind is StepKind.RETURN:
                continue
            taken = self._followers(task)
            for taker in taken:
                yield self._row(task, taking=taker.agency_id, taker=_name(taker))
            if not taken:
                yield self._waiting(task)

    def to_come(self) -> Iterator[HandOver]:
        """Open work: where it goes next, the rest left to be filled in."""
        for task in self.tasks:
            if task.finished is None and self.step(task).kind is not StepKind.RETURN:
                late = bool(task.due_at and task.due_at < self.now)
                yield HandOver(
                    giving_unit=agency_name(task.agency_id),
                    taking_unit=", ".join(agency_names(self._next_agencies(task))),
                    at=None,
                    giver=_name(task),
                    result=HandOverResult.LATE if late else HandOverResult.RUNNING,
                )

    def _followers(self, task: CaseTask) -> list[CaseTask]:
        """Whom the task opened; of steps side by side, what the last of them opened."""
        own = [other for other in self.tasks if other.previous_id == task.pk]
        if own:
            return own
        stage = self.step(task).stage
        last = [
            other.previous_id
            for other in self.tasks
            if other.previous_id is not None
            and other.pk > task.pk
            and task.finished is not None
            and other.created >= task.finished
            and self.route.by_id(self._task(other.previous_id).step_id).stage == stage
        ]
        return [other for other in self.tasks if last and other.previous_id == last[0]]

    def _task(self, task_id: int) -> CaseTask:
        return next(task for task in self.tasks if task.pk == task_id)

    def _next_agencies(self, task: CaseTask) -> list[int]:
        steps = self.route.at(self.step(task).stage + 1, self.case.facts)
        return [self.case.places[step.key] for step in steps]

    def _waiting(self, task: CaseTask) -> HandOver:
        taking = ", ".join(agency_names(self._next_agencies(task)))
        return self._result(task, taking, "", "Chờ các đơn vị cùng làm xong bước này")

    def _row(self, task: CaseTask, *, taking: int, taker: str) -> HandOver:
        return self._result(task, agency_name(taking), taker, task.note)

    def _result(self, task: CaseTask, taking_unit: str, taker: str, note: str) -> HandOver:
        assert task.finished is not None
        used = used_time(task.created, task.finished, self.calendar)
        allowed = used_time(task.created, task.due_at, self.calendar) if task.due_at else None
        return HandOver(
            giving_unit=agency_name(task.agency_id),
            taking_unit=taking_unit,
            at=task.finished,
            giver=_name(task),
            taker=taker,
            result=_compared(used, allowed),
            result_note=_spent(used, allowed),
            note=note,
        )


def _compared(used: timedelta, allowed: timedelta | None) -> HandOverResult:
    """Less than allowed is early, equal is on time, more is late. Source: domain 2.8, [EGOV]; to the minute.

    The receiving step is this act itself and has no time of its own: on time.
    """
    if allowed is None or used // timedelta(minutes=1) == allowed // timedelta(minutes=1):
        return HandOverResult.ON_TIME
    return HandOverResult.EARLY if used < allowed else HandOverResult.LATE


def _spent(used: timedelta, allowed: timedelta | None) -> str:
    if allowed is None:
        return ""
    return f"được giao {formats.working_time(allowed)}, dùng {formats.working_time(used)}"


def _name(task: CaseTask) -> str:
    return str(task.owner) if task.owner else ""
