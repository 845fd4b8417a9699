"""What must hold before a file is taken in, and everything that follows from the clerk's form."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from onestop.agencies.models import Agency, AgencyKind
from onestop.agencies.refusals import Refusal
from onestop.calendars.published import calendar_for
from onestop.clock import VIETNAM
from onestop.working_days import Duration
from procedures.catalogue import current, must_be_offered_at
from procedures.channels import Channel
from procedures.models import Level, ProcedureVersion, Variant
from procedures.offer import Offer, PaperFact, offer
from procedures.wording import LimitAmount, limit_words
from workflows.deadlines import Limit, Promise, promise
from workflows.routes import Places, Route, places, route_for


class CompetentNeeded(Refusal):
    """Chưa rõ cơ quan giải quyết: the clerk must name the commune or body that decides."""

    def __init__(self) -> None:
        super().__init__(_("Hãy chọn cơ quan giải quyết hồ sơ này."))


class LimitNeeded(Refusal):
    """Chưa rõ thời hạn: the law's limit is not published in the catalogue."""

    def __init__(self) -> None:
        super().__init__(
            _("Thời hạn của thủ tục này chưa được công bố. Hãy nhập thời hạn và căn cứ trước khi tiếp nhận.")
        )


class PapersMissing(Refusal):
    """Thiếu giấy tờ: an incomplete file is guided, not taken in."""

    def __init__(self, *, names: tuple[str, ...]) -> None:
        self.names = names
        super().__init__(_("Hồ sơ còn thiếu: %(names)s.") % {"names": "; ".join(names)})


class ReasonNeeded(Refusal):
    """Thiếu lý do."""

    def __init__(self) -> None:
        super().__init__(_("Hãy ghi lý do để người nộp biết cần làm gì."))


@dataclass(frozen=True)
class ApplicantData:
    """Người nộp as the clerk entered it."""

    name: str
    id_number: str = ""
    is_organisation: bool = False
    address: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True)
class HandedIn:
    """Giấy tờ đã nhận; no originals and no copies = not handed in."""

    name: str
    originals: int
    copies: int
    requirement_id: int | None = None
    note: str = ""


@dataclass(frozen=True)
class IntakeForm:
    """Tờ khai tại quầy: all that the clerk decides; `key` makes it happen once."""

    key: UUID
    counter_id: int
    version_id: int
    channel: Channel
    applicant: ApplicantData
    papers: tuple[HandedIn, ...]
    variant_id: int | None = None
    subject: str = ""
    competent_id: int | None = None
    fee_vnd: int | None = None
    fee_note: str = ""
    own_limit: Duration | None = None
    own_limit_reason: str = ""

    def lacking(self, of: Offer) -> tuple[PaperFact, ...]:
        """Every paper asked of everybody that was not handed in."""
        handed = {paper.requirement_id for paper in self.papers if paper.originals or paper.copies}
        return tuple(paper for paper in of.papers if paper.required and paper.id not in handed)


@dataclass(frozen=True)
class Plan:
    """Kế hoạch: what acceptance at this moment would mean."""

    counter: Agency
    competent: Agency
    offer: Offer
    route: Route
    places: Places
    limit: Limit | None
    limit_text: str
    promise: Promise
    fee_vnd: int | None
    calendar_version: int


def complete_file(form: IntakeForm, of: Offer) -> None:
    """Raises: PapersMissing, with all of them at once (NĐ 118/2025: guide once, in full)."""
    if lacking := form.lacking(of):
        raise PapersMissing(names=tuple(paper.name for paper in lacking))


def plan(*, form: IntakeForm, now: datetime, needs_limit: bool = True) -> Plan:
    """Everything that follows from the form at that moment; writes nothing, so a page may show it.

    With `needs_limit` False (guidance, refusal) an unknown limit is let pass and the promise is `now`.
    Raises: NotInForce, NotOfferedHere, UnknownVariant, CompetentNeeded, LimitNeeded, NoRoute, NoUnit,
    CalendarNotPublished.
    """
    day = now.astimezone(VIETNAM).date()
    version = current(version_id=form.version_id, on=day)
    counter = Agency.objects.select_related("parent").get(pk=form.counter_id)
    must_be_offered_at(version=version, agency=counter)
    of = offer(version_id=version.pk, variant_id=form.variant_id, channel=form.channel)
    competent = _competent(form, version, counter)
    way = route_for(
        procedure_id=version.procedure_id,
        procedure_name=version.name,
        variant_key=_variant_key(form.variant_id),
        on=day,
    )
    limit = _limit(form, of, needs_limit)
    calendar = calendar_for(agency_id=counter.pk, on=day)
    promised = promise(start=now, limit=limit, calendar=calendar) if limit else Promise(now, "")
    duration = limit.duration if limit else None
    return Plan(
        counter=counter,
        competent=competent,
        offer=of,
        route=way,
        places=places(of=way, receiving=counter, competent=competent),
        limit=limit,
        limit_text=_on_paper(duration) if duration else "",
        promise=promised,
        fee_vnd=form.fee_vnd if of.fees.total_vnd is None else of.fees.total_vnd,
        calendar_version=calendar.version,
    )


def _limit(form: IntakeForm, of: Offer, needs_limit: bool) -> Limit | None:
    if of.limit.duration is not None:
        return Limit(of.limit.duration, of.limit.counting, of.limit.cut_off)
    if form.own_limit is not None and form.own_limit_reason.strip():
        return Limit(form.own_limit, of.limit.counting)
    if needs_limit:
        raise LimitNeeded
    return None


def _competent(form: IntakeForm, version: ProcedureVersion, counter: Agency) -> Agency:
    """Who decides: named by the procedure, else by the clerk, else the commune of the counter."""
    if version.competent is not None:
        return version.competent
    if form.competent_id is not None:
        return _named(form.competent_id, version)
    if counter.kind == AgencyKind.COMMUNE_CENTRE and counter.parent is not None:
        return counter.parent
    raise CompetentNeeded


def deciding_agencies(version: ProcedureVersion) -> QuerySet[Agency]:
    """Who may decide a procedure that names nobody: the communes, or the departments of the province."""
    kind = AgencyKind.COMMUNE if version.level == Level.COMMUNE else AgencyKind.DEPARTMENT
    return Agency.objects.filter(kind=kind, valid_to=None).order_by("short_name")


def _named(agency_id: int, version: ProcedureVersion) -> Agency:
    """The body that the clerk named, if it exists and is of the level that decides."""
    agency = deciding_agencies(version).select_related("parent").filter(pk=agency_id).first()
    if agency is None:
        raise CompetentNeeded
    return agency


def _variant_key(variant_id: int | None) -> str:
    if variant_id is None:
        return ""
    return Variant.objects.values_list("key", flat=True).get(pk=variant_id)


def _on_paper(duration: Duration) -> str:
    """The limit in the language of the receipt, whatever the clerk reads: `3 ngày làm việc`."""
    with override(settings.LANGUAGE_CODE):
        return limit_words([LimitAmount(duration.amount, duration.unit, None)])
