"""One case as its page shows it: read whole in a fixed number of queries, handed over as records."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from onestop.agencies.models import Agency, Role
from onestop.agencies.posts import Actor
from onestop.calendars.published import calendar_for
from onestop.clock import local_day
from onestop.working_days import WorkingCalendar, working_time_between
from workflows.access import visible
from workflows.case_codes import code_key
from workflows.ledger import derived_promise
from workflows.models import Case, CaseEvent, CasePaper, CaseTask
from workflows.names import act_name
from workflows.routes import StepData, route
from workflows.states import CLOCK_RUNS, Act, CaseState, Outcome, StepKind, outcomes_of


@dataclass(frozen=True)
class FoundCase:
    """Hồ sơ tìm thấy: that it is there for this person, and how far its log goes."""

    id: int
    code: str
    event_seq: int


@dataclass(frozen=True)
class StepFacts:
    """Bước trên đường đi: where it is done, whether it is done, by whom and until when."""

    title: str
    agency_name: str
    stage: int
    is_opinion: bool
    is_open: bool = False
    is_done: bool = False
    is_late: bool = False
    person: str = ""
    due_at: datetime | None = None
    finished_at: datetime | None = None


@dataclass(frozen=True)
class MyTask:
    """Việc của tôi trên hồ sơ này, with the acts that it offers."""

    id: int
    title: str
    agency_name: str
    due_at: datetime | None
    owner_name: str
    is_mine: bool
    is_return: bool
    outcomes: tuple[Outcome, ...]
    back_to: str
    may_release: bool
    waits_for: tuple[str, ...]

    @property
    def is_free(self) -> bool:
        return not self.owner_name

    @property
    def may_work(self) -> bool:
        return self.is_mine or self.is_free

    @property
    def is_approval(self) -> bool:
        return Outcome.APPROVED in self.outcomes

    @property
    def may_send_back(self) -> bool:
        return Outcome.SENT_BACK in self.outcomes


@dataclass(frozen=True)
class LogLine:
    """Một dòng nhật ký."""

    at: datetime
    person: str
    post: str
    act: str
    step: str
    to_agency: str
    reason: str
    paper: str
    is_send_back: bool


@dataclass(frozen=True)
class ClockFacts:
    """Đồng hồ: what was promised, why, and how much working time is used and left."""

    due_at: datetime
    sentence: str
    agrees: bool
    allowed: timedelta
    used: timedelta
    is_running: bool
    is_late: bool

    @property
    def left(self) -> timedelta:
        return self.allowed - self.used

    @property
    def share_used(self) -> float:
        return min(1.0, self.used / self.allowed) if self.allowed else 1.0


@dataclass(frozen=True)
class CaseFacts:
    """Hồ sơ, đọc một lần."""

    case: Case
    steps: tuple[StepFacts, ...]
    tasks: tuple[MyTask, ...]
    papers: tuple[CasePaper, ...]
    log: tuple[LogLine, ...]
    clock: ClockFacts


def find_case(*, code: str, actor: Actor, task_id: int | None = None) -> FoundCase | None:
    """The case of that code (with that task), when an agency of the person has a part in it. One query."""
    cases = Case.objects.filter(code_key=code_key(code))
    if task_id is not None:
        cases = cases.filter(task_set__pk=task_id)
    row = visible(cases, actor=actor).values_list("pk", "code", "event_seq").first()
    return FoundCase(*row) if row else None


def case_facts(*, case_id: int, actor: Actor, now: datetime) -> CaseFacts:
    """Everything the page of a case shows. Six queries. Raises: Case.DoesNotExist."""
    parts = ("procedure", "version", "variant", "receiving", "competent")
    case = Case.objects.select_related(*parts).get(pk=case_id)
    tasks = tuple(case.task_set.select_related("owner").order_by("pk"))
    names = dict(Agency.objects.filter(pk__in=set(case.places.values())).values_list("pk", "short_name"))
    return CaseFacts(
        case=case,
        steps=_steps(case, tasks, names, now),
        tasks=_my_tasks(case, tasks, names, actor),
        papers=tuple(case.papers.all()),
        log=tuple(_log_line(event) for event in case.events.order_by("-seq")),
        clock=_clock(case, now),
    )


def _steps(
    case: Case, tasks: tuple[CaseTask, ...], names: dict[int, str], now: datetime
) -> tuple[StepFacts, ...]:
    of = route(case.route_id)
    newest = {task.step_id: task for task in tasks}
    steps = (step for step in of.steps if not step.when or case.facts.get(step.when))
    return tuple(_step(step, newest.get(step.id), names[case.places[step.key]], case, now) for step in steps)


def _step(step: StepData, task: CaseTask | None, agency_name: str, case: Case, now: datetime) -> StepFacts:
    """A step ahead of where the case is counts as not begun, also when it was done before a send-back."""
    plain = StepFacts(step.title, agency_name, step.stage, step.kind is StepKind.OPINION)
    if task is None or step.stage > case.stage:
        return plain
    return StepFacts(
        title=step.title,
        agency_name=agency_name,
        stage=step.stage,
        is_opinion=plain.is_opinion,
        is_open=task.finished is None,
        is_done=task.finished is not None,
        is_late=_is_late(task, step, now),
        person=str(task.owner) if task.owner else "",
        due_at=None if step.kind is StepKind.RETURN else task.due_at,
        finished_at=task.finished,
    )


def _is_late(task: CaseTask, step: StepData, now: datetime) -> bool:
    """A result waits for the person who fetches it: that is nobody's lateness."""
    return bool(task.due_at and step.kind is not StepKind.RETURN and task.due_at < (task.finished or now))


def _my_tasks(
    case: Case, tasks: tuple[CaseTask, ...], names: dict[int, str], actor: Actor
) -> tuple[MyTask, ...]:
    opened = [task for task in tasks if task.finished is None]
    mine = [task for task in opened if _concerns(task, actor)]
    return tuple(_my_task(case, task, opened, names, actor) for task in mine)


def _concerns(task: CaseTask, actor: Actor) -> bool:
    """Her own work, or work of her unit that she as its head may take back from who holds it."""
    if actor.holding(Role(task.role), task.agency_id):
        return True
    return task.owner_id is not None and actor.holding(Role.HEAD, task.agency_id) is not None


def _my_task(
    case: Case, task: CaseTask, opened: list[CaseTask], names: dict[int, str], actor: Actor
) -> MyTask:
    of = route(case.route_id)
    step = of.by_id(task.step_id)
    is_mine = task.owner_id == actor.user_id
    is_head = actor.holding(Role.HEAD, task.agency_id) is not None
    return MyTask(
        id=task.pk,
        title=step.title,
        agency_name=names[task.agency_id],
        due_at=task.due_at,
        owner_name=str(task.owner) if task.owner else "",
        is_mine=is_mine,
        is_return=step.kind is StepKind.RETURN,
        outcomes=outcomes_of(step.kind, can_send_back=bool(step.return_to)),
        back_to=of.by_key(step.return_to).title if step.return_to else "",
        may_release=task.owner_id is not None and (is_mine or is_head),
        waits_for=tuple(names[other.agency_id] for other in opened if other.pk != task.pk),
    )


def _log_line(event: CaseEvent) -> LogLine:
    act = Act(event.act)
    return LogLine(
        at=event.at,
        person=event.person,
        post=event.post,
        act=act_name(act),
        step=event.step,
        to_agency=event.to_agency,
        reason=event.reason,
        paper=event.paper,
        is_send_back=act is Act.SEND_BACK,
    )


def _clock(case: Case, now: datetime) -> ClockFacts:
    """Working time by the calendar of the counter; it ends when the result lies there (NĐ 309/2026)."""
    promised = derived_promise(case)
    calendar = calendar_for(agency_id=case.receiving_id, on=local_day(case.received_at))
    until = case.done_at or now
    return ClockFacts(
        due_at=case.due_at,
        sentence=promised.sentence,
        agrees=promised.due_at == case.due_at,
        allowed=working_time_between(case.received_at, case.due_at, calendar),
        used=used_time(case.received_at, until, calendar),
        is_running=CaseState(case.state) in CLOCK_RUNS,
        is_late=until > case.due_at,
    )


def used_time(start: datetime, end: datetime, calendar: WorkingCalendar) -> timedelta:
    """Working time between two moments; nothing when the end is not after the start."""
    return working_time_between(start, end, calendar) if end > start else timedelta()
