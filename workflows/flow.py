"""The one flow of all cases: viewflow moves the tasks, the route says where to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from viewflow import this
from viewflow.workflow import flow
from viewflow.workflow.activation import Activation
from viewflow.workflow.lock import SelectForUpdateLock
from viewflow.workflow.nodes.start import StartHandleActivation
from viewflow.workflow.nodes.view import ViewActivation
from viewflow.workflow.status import PROCESS, STATUS

from onestop.calendars.published import calendar_for
from onestop.clock import local_day
from workflows.deadlines import StepTime, step_due
from workflows.models import Case, CaseTask
from workflows.routes import Route, StepData, route
from workflows.states import CaseState, Outcome, StepKind


@dataclass(frozen=True)
class Opened:
    """Việc vừa mở: what the next people get, for the log and the notice."""

    agency_ids: tuple[int, ...]
    titles: tuple[str, ...]
    is_ready_to_return: bool


NOTHING_OPENED = Opened((), (), False)


class Advance:
    """Opening the tasks that the route names."""

    process: Case
    task: CaseTask
    moment: datetime
    opened: Opened = NOTHING_OPENED

    def enter(self, stage: int) -> list[ViewActivation]:
        """Open the steps of that stage, or of the first after it that has any."""
        case = self.process
        of = route(case.route_id)
        steps = of.at(stage, case.facts)
        while not steps and stage < of.last_stage:
            stage += 1
            steps = of.at(stage, case.facts)
        case.stage = stage
        return self._open(of, steps)

    def _open(self, of: Route, steps: Iterable[StepData]) -> list[ViewActivation]:
        case = self.process
        calendar = calendar_for(agency_id=case.receiving_id, on=local_day(self.moment))
        rows = CaseTask.objects.bulk_create(
            CaseTask(
                process=case,
                flow_task=CaseFlow.step,
                flow_task_type=CaseFlow.step.task_type,
                previous=self.task,
                created=self.moment,
                step_id=step.id,
                agency_id=case.places[step.key],
                role=step.role,
                due_at=step_due(
                    opened=self.moment,
                    step=StepTime(step.amount, step.unit, step.share),
                    received_at=case.received_at,
                    case_due_at=case.due_at,
                    calendar=calendar,
                ),
            )
            for step in steps
        )
        self.opened = Opened(
            agency_ids=tuple(row.agency_id for row in rows),
            titles=tuple(step.title for step in steps),
            is_ready_to_return=any(step.kind is StepKind.RETURN for step in steps),
        )
        return [CaseFlow.step.activation_class(row) for row in rows]


class BeginActivation(Advance, StartHandleActivation):
    """The receiving step: done at the counter in the act of acceptance, so born finished."""

    @Activation.status.transition(source=STATUS.NEW)
    def execute(self) -> None:
        self.process.save(force_insert=True)
        self.complete()
        self.activate_next()

    @Activation.status.transition(source=STATUS.NEW, target=STATUS.DONE)
    def complete(self) -> None:
        self.task.process = self.process
        self.task.status = STATUS.DONE
        self.task.finished = self.moment
        self.task.outcome = Outcome.DONE
        self.task.save(force_insert=True)

    @Activation.status.super()
    def create_next(self) -> list[ViewActivation]:
        return self.enter(2)


class StepActivation(Advance, ViewActivation):
    """A step at a desk."""

    @Activation.status.transition(source=[STATUS.NEW, STATUS.ASSIGNED], target=STATUS.DONE)
    def finish(self, *, user_id: int, outcome: Outcome, note: str) -> None:
        task = self.task
        task.owner_id, task.outcome, task.note, task.finished = user_id, outcome, note, self.moment
        task.status = STATUS.DONE
        task.save(update_fields=["owner", "outcome", "note", "finished", "status"])

    @Activation.status.super()
    def create_next(self) -> list[ViewActivation]:
        case, of = self.process, route(self.process.route_id)
        step = of.by_id(self.task.step_id)
        if self.task.outcome == Outcome.SENT_BACK:
            return self.enter(of.by_key(step.return_to).stage)
        if step.kind is StepKind.RETURN:
            case.status = PROCESS.DONE
            case.finished = self.moment
            return []
        side_by_side = len(of.at(step.stage, case.facts)) > 1
        if side_by_side and case.task_set.filter(finished=None).exists():
            return []
        return self.enter(case.stage + 1)


def _node(node: flow.View | flow.StartHandle, activation: type[Activation]) -> flow.View | flow.StartHandle:
    node.activation_class = activation
    return node


class CaseFlow(flow.Flow):
    """Luồng hồ sơ: receive, then steps until the result is handed over."""

    process_class = Case
    task_class = CaseTask
    lock_impl = SelectForUpdateLock(nowait=False, attempts=1)

    start = _node(flow.StartHandle(this.begin), BeginActivation).Next(this.step)
    step = _node(flow.View(None), StepActivation).Next(this.end)
    end = flow.End()

    def begin(self, activation: BeginActivation) -> Case:
        """Not used by itself: workflows.intake fills the case and executes the activation."""
        return activation.process


def opening_state(case: Case) -> None:
    """The first unit that touches a received case begins its processing."""
    if case.state == CaseState.RECEIVED:
        case.begin()
