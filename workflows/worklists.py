"""Việc của tôi: the open tasks that a person's posts give, what is due first on top."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Q, QuerySet

from onestop.agencies.posts import Actor
from onestop.clock import VIETNAM
from procedures.words import plain
from workflows.access import my_tasks
from workflows.case_codes import code_key
from workflows.models import CaseTask
from workflows.presence import who_is_present
from workflows.states import StepKind

PAGE_SIZE = 50
# More words than this in one search only slow the database down.
MOST_WORDS = 6


class Part(StrEnum):
    """Bộ lọc of the list; the value stands in its address."""

    ALL = "tat-ca"
    MINE = "cua-toi"
    FREE = "chua-ai-nhan"
    LATE = "qua-han"
    TODAY = "hom-nay"


@dataclass(frozen=True)
class Wanted:
    """Danh sách được hỏi: whose, which part of it, the words it was searched by, and when."""

    actor: Actor
    now: datetime
    part: Part = Part.ALL
    words: str = ""


@dataclass(frozen=True)
class WorkItem:
    """Một việc: one line of the list."""

    task_id: int
    case_id: int
    code: str
    state: int
    procedure_name: str
    procedure_code: str
    applicant_name: str
    step_title: str
    agency_name: str
    owner_id: int | None
    owner_name: str
    opened_at: datetime
    due_at: datetime | None
    case_due_at: datetime
    present: tuple[str, ...] = ()


@dataclass(frozen=True)
class Worklist:
    """Danh sách việc: one page of it, and how many tasks lie behind each filter."""

    items: tuple[WorkItem, ...]
    page: "Page[CaseTask]"
    counts: dict[Part, int]


def worklist(*, wanted: Wanted, page: str) -> Worklist:
    """One page of the list, with the number behind every filter. Three queries, in the order of an index."""
    tasks = _open_tasks(wanted)
    counts = _counts(tasks, wanted)
    shown = tasks.filter(_condition(wanted.part, wanted)).order_by("due_at", "pk")
    pages = Paginator(shown, PAGE_SIZE)
    # The length is known already: the paginator need not ask for it.
    pages.count = counts[wanted.part]
    found = pages.get_page(page)
    return Worklist(items=_items(found, wanted), page=found, counts=counts)


def next_due(*, wanted: Wanted) -> str:
    """The code of the case whose task is due first in that list; empty when nothing is left. One query."""
    tasks = _open_tasks(wanted).filter(_condition(wanted.part, wanted)).order_by("due_at", "pk")
    return tasks.values_list("process__code", flat=True).first() or ""


def _open_tasks(wanted: Wanted) -> QuerySet[CaseTask]:
    """Handing over a result is done at the counter's own page, so it is no line of this list."""
    mine = my_tasks(actor=wanted.actor)
    tasks = CaseTask.objects.filter(mine, finished=None).exclude(step__kind=StepKind.RETURN)
    for word in wanted.words.split()[:MOST_WORDS]:
        tasks = tasks.filter(_named(word))
    return tasks


def _named(word: str) -> Q:
    bare = plain(word)
    found = Q(process__search_text__contains=bare) | Q(process__version__search_text__contains=bare)
    return (found if bare else Q()) | Q(process__code_key__contains=code_key(word) or "-")


def _condition(part: Part, wanted: Wanted) -> Q:
    return _conditions(wanted)[part]


def _conditions(wanted: Wanted) -> dict[Part, Q]:
    tomorrow = wanted.now.astimezone(VIETNAM).date() + timedelta(days=1)
    midnight = datetime.combine(tomorrow, time(), tzinfo=VIETNAM)
    return {
        Part.ALL: Q(),
        Part.MINE: Q(owner_id=wanted.actor.user_id),
        Part.FREE: Q(owner=None),
        Part.LATE: Q(due_at__lt=wanted.now),
        Part.TODAY: Q(due_at__gte=wanted.now, due_at__lt=midnight),
    }


def _counts(tasks: QuerySet[CaseTask], wanted: Wanted) -> dict[Part, int]:
    conditions = _conditions(wanted)
    found = tasks.aggregate(
        **{part.name: Count("pk", filter=condition or None) for part, condition in conditions.items()}
    )
    return {part: found[part.name] for part in conditions}


def _items(page: "Page[CaseTask]", wanted: Wanted) -> tuple[WorkItem, ...]:
    rows = page.object_list
    assert isinstance(rows, QuerySet)
    lines = tuple(
        rows.annotate(owner_name=F("owner__full_name")).values_list(
            "pk", "process_id", "process__code", "process__state", "process__version__name",
            "process__procedure__code", "process__applicant_name", "step__title", "agency__short_name",
            "owner_id", "owner_name", "created", "due_at", "process__due_at",
        )
    )  # fmt: skip
    present = who_is_present(case_ids=[line[1] for line in lines], but=wanted.actor.user_id, now=wanted.now)
    return tuple(
        WorkItem(
            task_id=line[0],
            case_id=line[1],
            code=line[2],
            state=line[3],
            procedure_name=line[4],
            procedure_code=line[5] or "",
            applicant_name=line[6],
            step_title=line[7],
            agency_name=line[8],
            owner_id=line[9],
            owner_name=line[10] or "",
            opened_at=line[11],
            due_at=line[12],
            case_due_at=line[13],
            present=tuple(seen.name for seen in present.get(line[1], ())),
        )
        for line in lines
    )
