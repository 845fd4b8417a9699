"""What a counter reads: today, its register of a year, results that wait, and any case by a few signs."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.db.models.functions import Reverse

from onestop.agencies.posts import Actor
from onestop.clock import VIETNAM
from procedures.words import plain
from workflows.access import visible
from workflows.case_codes import possible_keys
from workflows.models import Applicant, Case, Intake, IntakeResult
from workflows.states import CaseState

PER_PAGE = 50
FEWEST_DIGITS = 4
COLUMNS = (
    "pk", "code", "procedure_id", "version__name", "applicant_name", "applicant_address", "applicant_phone",
    "competent__name", "received_at", "due_at", "done_at", "returned_at", "state",
    "hand_back_record__receiver_name",
)  # fmt: skip


@dataclass(frozen=True)
class CaseLine:
    """Một dòng hồ sơ of a list at the counter."""

    id: int
    code: str
    procedure_id: int
    procedure_name: str
    applicant_name: str
    applicant_address: str
    applicant_phone: str
    competent_name: str
    received_at: datetime
    due_at: datetime
    done_at: datetime | None
    returned_at: datetime | None
    state: int
    receiver_name: str | None


@dataclass(frozen=True)
class Today:
    """Hôm nay ở quầy."""

    accepted: int
    guided: int
    refused: int
    waiting: int
    latest: tuple[CaseLine, ...]


def counter_today(*, counter_id: int, now: datetime) -> Today:
    """The counter's day so far. Three queries."""
    midnight = datetime.combine(now.astimezone(VIETNAM).date(), time(), tzinfo=VIETNAM)
    results = list(
        Intake.objects.filter(receiving_id=counter_id, at__gte=midnight).values_list("result", flat=True)
    )
    own = Case.objects.filter(receiving_id=counter_id)
    return Today(
        accepted=results.count(IntakeResult.ACCEPTED),
        guided=results.count(IntakeResult.GUIDED),
        refused=results.count(IntakeResult.REFUSED),
        waiting=own.filter(state=CaseState.FINISHED.value).count(),
        latest=_lines(own.order_by("-received_at")[:8]),
    )


def to_return(*, counter_id: int, words: str, page: str) -> Page[tuple[object, ...]]:
    """Results that lie at the counter, the longest waiting first; a code, a name or digits narrow them."""
    cases = Case.objects.filter(receiving_id=counter_id, state=CaseState.FINISHED.value)
    if words:
        cases = _with_ends(cases).filter(_said(words))
    return _page(cases.order_by("done_at", "pk"), page)


def register_page(*, counter_id: int, year: int, page: str) -> Page[tuple[object, ...]]:
    """One page of the register of a counter and year, newest first. Two queries."""
    return _page(_of_year(counter_id, year).order_by("-received_at", "-pk"), page)


def register_lines(*, counter_id: int, year: int) -> Iterator[CaseLine]:
    """The whole register in the order of receipt, read in parts."""
    rows = _of_year(counter_id, year).order_by("received_at", "pk").values_list(*COLUMNS)
    for row in rows.iterator(chunk_size=1000):
        yield CaseLine(*row)


def find_cases(*, words: str, actor: Actor, page: str) -> Page[tuple[object, ...]]:
    """Cases one may see, by code, phone, personal number or name; newest first."""
    return _page(
        visible(_with_ends(Case.objects.all()).filter(_said(words)), actor=actor).order_by("-received_at"),
        page,
    )


def case_at_counter(*, code: str, counter_id: int) -> CaseLine | None:
    """The case with that code, however it was typed or scanned, if this counter received it."""
    rows = Case.objects.filter(code_key__in=possible_keys(code), receiving_id=counter_id)
    found = _lines(rows[:1])
    return found[0] if found else None


def known_applicant(*, id_number: str) -> Applicant | None:
    """Who has handed in files under that number before."""
    return Applicant.objects.filter(id_number=id_number).first()


def intake_result(*, key: UUID, counter_ids: Iterable[int]) -> Intake | None:
    """What a reception at one of these counters came to."""
    rows = Intake.objects.select_related("case", "version", "receiving")
    return rows.filter(key=key, receiving_id__in=counter_ids).first()


def line_of(row: tuple[object, ...]) -> CaseLine:
    """A row of a page as a record."""
    return CaseLine(*row)  # type: ignore[arg-type]


def _said(words: str) -> Q:
    """Digits are recognised before an index is chosen: the end of a code or phone, or a whole number."""
    said = Q(code_key__in=possible_keys(words))
    digits = "".join(sign for sign in words if sign.isdigit())
    if len(digits) >= FEWEST_DIGITS and not any(sign.isalpha() for sign in words):
        backwards = digits[::-1]
        return (
            said
            | Q(applicant_id_number=digits)
            | Q(backward_phone__startswith=backwards)
            | Q(backward_code__startswith=backwards)
        )
    name = plain(words)
    return said | Q(search_text__contains=f" {name}") if name else said


def _with_ends(cases: QuerySet[Case]) -> QuerySet[Case]:
    return cases.alias(backward_phone=Reverse("applicant_phone"), backward_code=Reverse("code_key"))


def _of_year(counter_id: int, year: int) -> QuerySet[Case]:
    first = datetime(year, 1, 1, tzinfo=VIETNAM)
    after = datetime(year + 1, 1, 1, tzinfo=VIETNAM)
    return Case.objects.filter(receiving_id=counter_id, received_at__gte=first, received_at__lt=after)


def _lines(cases: QuerySet[Case]) -> tuple[CaseLine, ...]:
    return tuple(CaseLine(*row) for row in cases.values_list(*COLUMNS))


def _page(cases: QuerySet[Case], page: str) -> Page[tuple[object, ...]]:
    return Paginator(cases.values_list(*COLUMNS), PER_PAGE).get_page(page)
