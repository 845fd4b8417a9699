"""What can be asked for, on which day, at which counter."""

from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Greatest, Length
from django.utils.translation import gettext as _

from onestop.agencies.models import Agency, AgencyKind
from onestop.agencies.refusals import Refusal
from procedures.fees import FeeKind, tiers_of
from procedures.models import BoundaryFree, Fee, Level, Origin, Procedure, ProcedureVersion, TimeLimit
from procedures.wording import FeeAmount, LimitAmount, fee_words, limit_words
from procedures.words import Query, Reading, read_query

# The level whose files a counter takes as its own; others only with a boundary-free decision.
COUNTER_LEVELS = {
    AgencyKind.PROVINCE_CENTRE.value: Level.PROVINCE,
    AgencyKind.COMMUNE_CENTRE.value: Level.COMMUNE,
}
# Below this likeness of words a hit is a guess that only confuses.
LEAST_LIKENESS = 0.45


class NotInForce(Refusal):
    """Thủ tục không có hiệu lực: no version of it is in force on that day."""

    def __init__(self, *, procedure: Procedure, on: date, begins: date | None, ended: date | None) -> None:
        self.procedure_id = procedure.pk
        self.on = on
        self.begins = begins
        self.ended = ended
        super().__init__(_not_in_force_sentence(procedure, on, begins, ended))


def _not_in_force_sentence(procedure: Procedure, on: date, begins: date | None, ended: date | None) -> str:
    facts = {"name": str(procedure), "on": f"{on:%d/%m/%Y}"}
    if begins:
        return _("Thủ tục %(name)s chưa có hiệu lực vào ngày %(on)s; có hiệu lực từ ngày %(begins)s.") % {
            **facts,
            "begins": f"{begins:%d/%m/%Y}",
        }
    if ended:
        return _("Thủ tục %(name)s đã hết hiệu lực vào ngày %(on)s; ngày cuối có hiệu lực là %(ended)s.") % {
            **facts,
            "ended": f"{ended:%d/%m/%Y}",
        }
    return _("Thủ tục %(name)s không có phiên bản nào có hiệu lực vào ngày %(on)s.") % facts


class NotOfferedHere(Refusal):
    """Không tiếp nhận tại đây: this counter does not receive that procedure."""

    def __init__(self, *, version: ProcedureVersion, agency: Agency) -> None:
        self.version_id = version.pk
        self.agency_id = agency.pk
        super().__init__(
            _("%(counter)s không tiếp nhận thủ tục “%(name)s” (%(level)s).")
            % {"counter": agency.name, "name": version.name, "level": _level_words(version)}
        )


def _level_words(version: ProcedureVersion) -> str:
    return ", ".join(str(Level(level).label) for level in version.levels)


@dataclass(frozen=True)
class ProcedureHit:
    """Thủ tục tìm thấy: one line of the list under the search box."""

    procedure_id: int
    version_id: int
    code: str | None
    name: str
    field: str
    days_text: str
    fee_text: str


def published() -> QuerySet[ProcedureVersion]:
    return ProcedureVersion.objects.filter(published_at__isnull=False, annulled_at__isnull=True)


def versions_in_force(*, on: date) -> QuerySet[ProcedureVersion]:
    """The published versions of that day: at most one of each procedure."""
    return published().filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on), valid_from__lte=on)


def in_force(*, procedure_id: int, on: date) -> ProcedureVersion:
    """The version in force on that day.

    Raises: NotInForce, with the day from which it will be or until which it was.
    """
    version = versions_in_force(on=on).select_related("procedure").filter(procedure_id=procedure_id).first()
    if version is None:
        raise _not_in_force(procedure_id, on)
    return version


def current(*, version_id: int, on: date) -> ProcedureVersion:
    """That version while it is in force on that day, else the one of its procedure that is. Mostly one query.

    Raises: ProcedureVersion.DoesNotExist, NotInForce.
    """
    version = ProcedureVersion.objects.select_related("procedure", "competent").get(pk=version_id)
    begun = version.valid_from is not None and version.valid_from <= on
    over = version.valid_to is not None and version.valid_to < on
    if version.published_at and not version.annulled_at and begun and not over:
        return version
    return in_force(procedure_id=version.procedure_id, on=on)


def _not_in_force(procedure_id: int, on: date) -> NotInForce:
    days = published().filter(procedure_id=procedure_id).values_list("valid_from", "valid_to")
    begins = min((first for first, _last in days if first and first > on), default=None)
    ended = max((last for _first, last in days if last and last < on), default=None)
    return NotInForce(procedure=Procedure.objects.get(pk=procedure_id), on=on, begins=begins, ended=ended)


def offered_at(*, version: ProcedureVersion, agency: Agency) -> bool:
    """Whether that counter receives files of that version.

    Source: NĐ 118/2025 as amended by NĐ 309/2026 Điều 7 (in force from 05/08/2026): a centre receives
    the procedures of its level; the others by a published boundary-free list.
    """
    if not agency.is_counter:
        return False
    return version.boundary_free is not None or COUNTER_LEVELS[agency.kind] in version.levels


def must_be_offered_at(*, version: ProcedureVersion, agency: Agency) -> None:
    """Raises: NotOfferedHere."""
    if not offered_at(version=version, agency=agency):
        raise NotOfferedHere(version=version, agency=agency)


def offered(versions: QuerySet[ProcedureVersion], *, agency: Agency) -> QuerySet[ProcedureVersion]:
    """Of these versions, those that this counter receives."""
    if not agency.is_counter:
        return versions.none()
    return versions.filter(
        Q(levels__contains=[COUNTER_LEVELS[agency.kind]]) | Q(boundary_free__in=BoundaryFree.values)
    )


def search(*, words: str, agency: Agency | None, on: date, limit: int = 12) -> tuple[ProcedureHit, ...]:
    """The procedures these words may mean, best first; in force on that day and received by that counter.

    Words may lack accents, the last may be only begun, everyday names are understood, a code may lack its
    dot and zeros. `agency` None searches the whole catalogue. Where no procedure has all the words, the
    nearest in spelling are given.
    """
    query = read_query(words)
    if query.is_empty:
        return ()
    versions = versions_in_force(on=on)
    if agency is not None:
        versions = offered(versions, agency=agency)
    rows = _rows(_ranked(versions.filter(_meets(query)), query), limit)
    if not rows:
        rows = _rows(_alike(versions, query.readings), limit)
    return _hits(rows)


def _meets(query: Query) -> Q:
    condition = Q()
    for reading in query.readings:
        condition |= _has_words(reading)
    if query.exact_code:
        condition |= Q(procedure__code=query.exact_code) | Q(procedure__code__startswith=query.code_prefix)
    return condition


def _has_words(reading: Reading) -> Q:
    *whole, begun = reading.words
    condition = Q(search_text__contains=f" {begun}")
    for word in whole:
        condition &= Q(search_text__contains=f" {word} ")
    return condition


def _ranked(versions: QuerySet[ProcedureVersion], query: Query) -> QuerySet[ProcedureVersion]:
    ranks = [
        When(procedure__code=query.exact_code, then=Value(0)),
        When(procedure__code__startswith=query.code_prefix or "-", then=Value(1)),
    ]
    ranks += [When(search_text__startswith=f" {reading.phrase}", then=Value(2)) for reading in query.readings]
    ranks += [When(search_text__contains=f" {reading.phrase}", then=Value(3)) for reading in query.readings]
    rank = Case(*ranks, default=Value(4), output_field=IntegerField())
    imported = Case(When(origin=Origin.IMPORTED, then=Value(1)), default=Value(0))
    return versions.annotate(rank=rank, imported=imported).order_by(
        "rank", "imported", Length("name"), "procedure__code", "pk"
    )


def _alike(versions: QuerySet[ProcedureVersion], readings: tuple[Reading, ...]) -> QuerySet[ProcedureVersion]:
    """Nearest in spelling to the reading that is nearest."""
    likenesses = [TrigramWordSimilarity(reading.phrase, "search_text") for reading in readings]
    return (
        versions.annotate(likeness=Greatest(*likenesses, Value(0.0)))
        .filter(likeness__gte=LEAST_LIKENESS)
        .order_by("-likeness", Length("name"), "pk")
    )


Row = tuple[int, int, str | None, str, str]


def _rows(versions: QuerySet[ProcedureVersion], limit: int) -> list[Row]:
    return list(versions.values_list("procedure_id", "pk", "procedure__code", "name", "field")[:limit])


def _hits(rows: list[Row]) -> tuple[ProcedureHit, ...]:
    ids = [row[1] for row in rows]
    limits, fees = _limits(ids), _fees(ids)
    return tuple(
        ProcedureHit(
            procedure_id=procedure_id,
            version_id=version_id,
            code=code,
            name=name,
            field=field,
            days_text=limit_words(limits.get(version_id, [])),
            fee_text=fee_words(fees.get(version_id, [])),
        )
        for procedure_id, version_id, code, name, field in rows
    )


def _limits(version_ids: list[int]) -> dict[int, list[LimitAmount]]:
    found: dict[int, list[LimitAmount]] = {}
    for limit in TimeLimit.objects.filter(version_id__in=version_ids).order_by("pk"):
        found.setdefault(limit.version_id, []).append(LimitAmount(limit.amount, limit.unit, limit.cut_off))
    return found


def _fees(version_ids: list[int]) -> dict[int, list[FeeAmount]]:
    found: dict[int, list[FeeAmount]] = {}
    for fee in Fee.objects.filter(version_id__in=version_ids):
        amount = FeeAmount(
            FeeKind(fee.kind), fee.amount_vnd, tiers_of(ends=fee.tier_ends, prices=fee.tier_prices), fee.unit
        )
        found.setdefault(fee.version_id, []).append(amount)
    return found
