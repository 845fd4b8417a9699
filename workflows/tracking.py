"""What the holder of a receipt may know of a case: no officer's name, no reason meant for officers."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.crypto import constant_time_compare

from workflows.case_codes import possible_keys
from workflows.lookup import SECRET_LENGTH
from workflows.models import Case, CaseTask
from workflows.routes import route
from workflows.states import CaseState, Outcome, StepKind

# Compared when no case has the code, so that a wrong code takes the same path as a wrong secret. A secret
# has no such signs.
_NO_SECRET = "0" * SECRET_LENGTH


@dataclass(frozen=True)
class PublicStep:
    """Bước đã qua hoặc đang làm, as the citizen sees it: which office, since when, until when."""

    title: str
    kind: StepKind
    agency: str
    since: datetime
    finished_at: datetime | None
    was_sent_back: bool


@dataclass(frozen=True)
class CollectAt:
    """Nơi trả kết quả: the counter that took the file in."""

    name: str
    address: str
    phone: str


@dataclass(frozen=True)
class PublicApplicant:
    """Người nộp: still unmasked here; a page masks it."""

    name: str
    id_number: str
    phone: str
    is_organisation: bool


@dataclass(frozen=True)
class PublicCase:
    """Hồ sơ đối với người nộp; `kinds` are the sorts of work on its route, in order."""

    code: str
    state: CaseState
    procedure_name: str
    applicant: PublicApplicant
    collect_at: CollectAt
    received_at: datetime
    due_at: datetime
    due_text: str
    limit_text: str
    done_at: datetime | None
    returned_at: datetime | None
    fee_vnd: int | None
    fee_note: str
    steps: tuple[PublicStep, ...]
    kinds: tuple[StepKind, ...]
    next_title: str

    @property
    def open_steps(self) -> tuple[PublicStep, ...]:
        return tuple(step for step in self.steps if step.finished_at is None)

    def is_late(self, now: datetime) -> bool:
        """Whether the result was or is later than promised. Source: NĐ 309/2026, timeliness at state 9."""
        return (self.done_at or now) > self.due_at


def find_code(*, typed: str, secret: str) -> str | None:
    """The code of the case that was meant, when the secret is its own. One query and one compare, always.

    How the code is written is forgiven (`possible_keys`); of the secret, case, spaces and dashes are.
    """
    keys = possible_keys(typed)
    given = "".join(sign for sign in secret.upper() if sign.isalnum())
    rows = Case.objects.filter(code_key__in=keys or ("",)).values_list("code", "secret")
    found = None
    for code, kept in list(rows) or [("", _NO_SECRET)]:
        if constant_time_compare(kept, given) and code:
            found = code
    return found


_PUBLIC = (
    "pk", "code", "state", "version__name", "route_id", "stage", "facts",
    "applicant_name", "applicant_id_number", "applicant_phone", "applicant__is_organisation",
    "receiving__name", "receiving__address", "receiving__phone",
    "received_at", "due_at", "due_text", "limit_text", "done_at", "returned_at", "fee_vnd", "fee_note",
)  # fmt: skip


def public_case(code: str) -> PublicCase | None:
    """The case with exactly that code. Two queries, two more for a route that this process meets first."""
    row = Case.objects.filter(code=code).values_list(*_PUBLIC, named=True).first()
    if row is None:
        return None
    way = route(row.route_id)
    following = way.at(row.stage + 1, row.facts)
    return PublicCase(
        code=row.code,
        state=CaseState(row.state),
        procedure_name=row.version__name,
        applicant=PublicApplicant(
            row.applicant_name,
            row.applicant_id_number,
            row.applicant_phone,
            bool(row.applicant__is_organisation),
        ),
        collect_at=CollectAt(row.receiving__name, row.receiving__address, row.receiving__phone),
        received_at=row.received_at,
        due_at=row.due_at,
        due_text=row.due_text,
        limit_text=row.limit_text,
        done_at=row.done_at,
        returned_at=row.returned_at,
        fee_vnd=row.fee_vnd,
        fee_note=row.fee_note,
        steps=_steps(row.pk),
        kinds=tuple(step.kind for step in way.steps if not step.when or row.facts.get(step.when)),
        next_title=following[0].title if following else "",
    )


def _steps(case_id: int) -> tuple[PublicStep, ...]:
    rows = CaseTask.objects.filter(process_id=case_id).order_by("pk")
    columns = rows.values_list("step__title", "step__kind", "agency__name", "created", "finished", "outcome")
    return tuple(
        PublicStep(title, StepKind(kind), agency, created, finished, outcome == Outcome.SENT_BACK)
        for title, kind, agency, created, finished, outcome in columns
    )
