"""A province at work for two months, made by the real acts in the order of time; the same every time."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from onestop.accounts.models import User
from onestop.agencies.demo_people import COMMUNES
from onestop.agencies.models import Agency, Post, valid_on
from onestop.agencies.posts import Actor, actor_of
from onestop.agencies.refusals import Refusal
from onestop.calendars.published import calendar_for
from onestop.clock import VIETNAM, local_day
from onestop.working_days import Duration, Unit, add_working_time, working_time_between
from procedures.catalogue import in_force
from procedures.channels import Channel
from procedures.models import Level, Procedure, ProcedureVersion
from procedures.offer import offer
from workflows.cases import complete, take
from workflows.handback import return_result
from workflows.intake import accept, guide, refuse
from workflows.intake_rules import ApplicantData, HandedIn, IntakeForm
from workflows.models import Case, CaseTask
from workflows.routes import places, route, route_for
from workflows.states import CaseState, Outcome, StepKind, outcomes_of

SEED = 75
CASES = 340
DAYS = 60
PROVINCE_COUNTER = "ttpvhcc-tinh"
# Asked for most, first; the rest of the 24 are taken from the catalogue in the order of their codes.
OFTEN = ("2.000635", "1.013225", "1.001612", "1.001193", "1.000656", "2.000815", "1.004873")
FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Vũ", "Đặng", "Bùi", "Hồ", "Lương", "Vi", "Cao")
MIDDLE = ("Văn", "Thị", "Đức", "Thị Thanh", "Hữu", "Thị Ngọc", "Xuân", "Minh", "Quốc")
GIVEN = (
    "An",
    "Bình",
    "Chi",
    "Dũng",
    "Giang",
    "Hà",
    "Hải",
    "Khánh",
    "Lan",
    "Minh",
    "Nga",
    "Phúc",
    "Quang",
    "Sơn",
)
OFTEN_SHARE = 0.6
SENT_BACK_SHARE = 0.08
TAKEN_SHARE = 0.4
GUIDED_SHARE = 0.05
REFUSED_SHARE = 0.015
EMAIL_SHARE = 0.3


@dataclass(frozen=True)
class _Choice:
    """Một thủ tục tại một quầy."""

    counter: Agency
    version: ProcedureVersion


class _Cast:
    """Dàn nhân viên: who holds which role at which agency in the demonstration."""

    def __init__(self, on: date) -> None:
        rows = Post.objects.filter(valid_on(on), cancelled_at__isnull=True).order_by("pk")
        self._users = {
            (agency, role): user for agency, role, user in rows.values_list("agency", "role", "user")
        }
        self._actors: dict[int, Actor] = {}
        self._on = on

    def has(self, agency_id: int, role: str) -> bool:
        """Whether anybody holds that role there."""
        return (agency_id, role) in self._users

    def holder(self, agency_id: int, role: str) -> Actor:
        """The last named holder of that role there."""
        user_id = self._users[agency_id, role]
        if user_id not in self._actors:
            self._actors[user_id] = actor_of(user=User.objects.get(pk=user_id), on=self._on)
        return self._actors[user_id]


def make_demonstration(*, now: datetime) -> int:
    """Fill an empty shop with cases up to `now`; returns how many there are.

    A shop with cases is left alone. The same day gives the same cases, but for their secrets.
    """
    if Case.objects.exists():
        return Case.objects.count()
    # All or nothing: an interrupted start leaves an empty shop, which the next start fills.
    with transaction.atomic():
        chance = random.Random(SEED)
        cast = _Cast(local_day(now))
        choices = _choices(cast, local_day(now))
        for number, moment in enumerate(_arrivals(chance, now)):
            often = chance.random() < OFTEN_SHARE
            pool = [c for c in choices if (c.version.procedure.code in OFTEN) == often]
            # Every procedure comes up before chance decides.
            choice = choices[number] if number < len(choices) else chance.choice(pool)
            _one_file(chance, cast, choice, moment, now)
    return Case.objects.count()


def _arrivals(chance: random.Random, now: datetime) -> list[datetime]:
    """Moments at which files come in, on working time, in order."""
    calendar = calendar_for(agency_id=None, on=local_day(now))
    first = datetime.combine(
        now.astimezone(VIETNAM).date() - timedelta(days=DAYS), time(7, 30), tzinfo=VIETNAM
    )
    whole = working_time_between(first, now, calendar)
    # More towards the end, so that the lists are full.
    shares = sorted(chance.random() ** 0.6 for _ in range(CASES))
    return [add_working_time(first, whole * share, calendar) for share in shares]


def _choices(cast: _Cast, on: date) -> list[_Choice]:
    """Procedures with a known route and people for every step, at the counters of the demonstration."""
    counters = Agency.objects.select_related("parent")
    communes = [counters.get(key=f"ttpvhcc-{code}") for code in COMMUNES.values()]
    province = [counters.get(key=PROVINCE_COUNTER)]
    found: list[_Choice] = []
    per_level = dict.fromkeys((Level.COMMUNE, Level.PROVINCE), 0)
    for procedure in _procedures():
        version = _version(procedure, on)
        if version is None or version.level not in per_level:
            continue
        often = procedure.code in OFTEN
        if not often and per_level[Level(version.level)] >= 14:
            continue
        places = communes if version.level == Level.COMMUNE else province
        fitting = [_Choice(place, version) for place in places if _is_staffed(cast, place, version, on)]
        if fitting:
            per_level[Level(version.level)] += 1
            found.extend(fitting if often else fitting[:2])
    return found


def _procedures() -> Iterator[Procedure]:
    rows = Procedure.objects.exclude(family="").exclude(code=None).order_by("code")
    yield from sorted(rows, key=lambda row: (row.code not in OFTEN, row.family, row.code or ""))


def _version(procedure: Procedure, on: date) -> ProcedureVersion | None:
    try:
        return in_force(procedure_id=procedure.pk, on=on)
    except Refusal:
        return None


def _is_staffed(cast: _Cast, counter: Agency, version: ProcedureVersion, on: date) -> bool:
    """A file of it can go the whole way: its limit is known, its route has people at every place."""
    try:
        way = route_for(procedure_id=version.procedure_id, procedure_name=version.name, variant_key="", on=on)
        competent = version.competent or counter.parent
        where = places(of=way, receiving=counter, competent=competent) if competent else None
    except Refusal:
        return False
    limit = offer(version_id=version.pk, variant_id=None, channel=Channel.DIRECT).limit.duration
    return (
        where is not None
        and (limit is not None or version.variants.exists())
        and all(cast.has(where.by_step[step.key], step.role) for step in way.steps)
    )


def _one_file(chance: random.Random, cast: _Cast, choice: _Choice, moment: datetime, now: datetime) -> None:
    clerk = cast.holder(choice.counter.pk, "clerk")
    form = _form(chance, choice)
    turn = chance.random()
    if turn < REFUSED_SHARE:
        refuse(
            form=form, reason="Không thuộc thẩm quyền giải quyết của nơi tiếp nhận.", actor=clerk, now=moment
        )
        return
    if turn < REFUSED_SHARE + GUIDED_SHARE:
        lacking = replace(form, papers=form.papers[1:])
        guide(form=lacking, reason="Thành phần hồ sơ chưa đủ theo quy định.", actor=clerk, now=moment)
        return
    decided = accept(form=form, actor=clerk, now=moment)
    assert decided.case_id is not None
    _work(chance, cast, decided.case_id, now)


def _form(chance: random.Random, choice: _Choice) -> IntakeForm:
    version = choice.version
    variants = [variant.pk for variant in version.variants.all()]
    variant_id = chance.choice(variants) if variants else None
    channel = chance.choices((Channel.DIRECT, Channel.ONLINE, Channel.POST), (70, 24, 6))[0]
    asked = offer(version_id=version.pk, variant_id=variant_id, channel=channel)
    return IntakeForm(
        key=UUID(int=chance.getrandbits(128), version=4),
        counter_id=choice.counter.pk,
        version_id=version.pk,
        variant_id=variant_id,
        channel=channel,
        applicant=_applicant(chance, choice.counter),
        papers=tuple(
            HandedIn(name=p.name, originals=p.originals or 1, copies=p.copies, requirement_id=p.id)
            for p in asked.papers
            if p.required
        ),
        fee_vnd=asked.fees.known_vnd or None,
        own_limit=Duration(Decimal(5), Unit.WORKING_DAY) if asked.limit.duration is None else None,
        own_limit_reason="Thời hạn do cán bộ ấn định vì danh mục chưa công bố"
        if asked.limit.duration is None
        else "",
    )


def _applicant(chance: random.Random, counter: Agency) -> ApplicantData:
    """A fictitious person; the number has the shape of a personal number and belongs to nobody known."""
    n = chance.randrange(10**6)
    place = counter.parent.short_name if counter.parent else ""
    return ApplicantData(
        name=f"{chance.choice(FAMILY)} {chance.choice(MIDDLE)} {chance.choice(GIVEN)}",
        id_number=f"040{chance.randrange(2)}{chance.randrange(60, 100)}{n:06d}",
        address=f"Khối {chance.randrange(1, 20)}, {place}",
        phone=f"09{chance.randrange(10**8):08d}",
        email=f"nguoinop{n}@vidu.invalid" if chance.random() < EMAIL_SHARE else "",
    )


def _work(chance: random.Random, cast: _Cast, case_id: int, now: datetime) -> None:
    """Take the case as far as it would have come by now."""
    planned: dict[int, datetime] = {}
    while True:
        case = Case.objects.get(pk=case_id)
        tasks = list(CaseTask.objects.filter(process=case, finished=None).select_related("agency"))
        for task in tasks:
            planned.setdefault(task.pk, _when_done(chance, case, task))
        if not tasks:
            return
        task = min(tasks, key=lambda open_task: planned[open_task.pk])
        if planned[task.pk] > now:
            break
        _do(chance, cast, case, task, planned[task.pk])
    for task in tasks:
        if case.state != CaseState.FINISHED and task.created < now and chance.random() < TAKEN_SHARE:
            person = cast.holder(task.agency_id, task.role)
            seen = Case.objects.values_list("event_seq", flat=True).get(pk=case_id)
            take(task_id=task.pk, actor=person, seen=seen, now=min(now, task.created + timedelta(minutes=20)))


def _when_done(chance: random.Random, case: Case, task: CaseTask) -> datetime:
    """Most steps are done in time, some late, a few wait."""
    calendar = calendar_for(agency_id=None, on=task.created.astimezone(VIETNAM).date())
    if case.state == CaseState.FINISHED:
        return add_working_time(task.created, timedelta(hours=chance.uniform(1, 24)), calendar)
    allowed = working_time_between(task.created, task.due_at or case.due_at, calendar)
    share = chance.choices(
        (chance.uniform(0.2, 0.9), chance.uniform(1.02, 1.6), chance.uniform(3, 9)), (88, 9, 3)
    )[0]
    return add_working_time(task.created, max(allowed * share, timedelta(minutes=5)), calendar)


def _do(chance: random.Random, cast: _Cast, case: Case, task: CaseTask, at: datetime) -> None:
    person = cast.holder(task.agency_id, task.role)
    step = route(case.route_id).by_id(task.step_id)
    if step.kind is StepKind.RETURN:
        return_result(
            case_id=case.pk,
            actor=person,
            receiver_name=case.applicant_name,
            receiver_id_number=case.applicant_id_number,
            note="",
            now=at,
        )
        return
    usual, *others = outcomes_of(step.kind, can_send_back=bool(step.return_to))
    sent_back = bool(others) and chance.random() < SENT_BACK_SHARE
    complete(
        task_id=task.pk,
        actor=person,
        outcome=Outcome.SENT_BACK if sent_back else usual,
        note="Đề nghị bổ sung căn cứ và sửa dự thảo." if sent_back else "",
        seen=case.event_seq,
        now=at,
    )
