"""Records become published versions: many at a time, the same record never twice."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.db import connection, transaction
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from onestop.agencies.models import Agency
from onestop.agencies.refusals import Refusal
from procedures.catalogue import published
from procedures.models import (
    Fee,
    Origin,
    PaperRequirement,
    Procedure,
    ProcedureVersion,
    Result,
    TimeLimit,
    Variant,
)
from procedures.records import VersionRecord
from procedures.words import search_text


class UnknownAgency(Refusal):
    """Không có cơ quan: a record names an agency that is not in the database."""

    def __init__(self, *, key: str) -> None:
        self.key = key
        super().__init__(
            _("Không có cơ quan nào mang khóa “%(key)s”; hãy nạp cơ quan trước (load_agencies).")
            % {"key": key}
        )


class Outcome(StrEnum):
    """Kết quả nạp một bản ghi."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    # A curated or edited version stands: a file of lesser standing does not replace it.
    KEPT = "kept"


@dataclass(frozen=True)
class _Current:
    """The last published version of a procedure."""

    fingerprint: str
    origin: str


@dataclass(frozen=True)
class _Change:
    record: VersionRecord
    procedure: Procedure
    begins: date


# Whose version a load of that origin leaves alone.
STANDS_AGAINST = {
    Origin.IMPORTED: frozenset({Origin.CURATED, Origin.EDITED}),
    Origin.CURATED: frozenset({Origin.EDITED}),
}


@transaction.atomic
def store(
    *, records: Sequence[VersionRecord], origin: Origin, begins: date, now: datetime
) -> tuple[Outcome, ...]:
    """Publish each record that differs from the last version of its procedure; one outcome a record.

    A record without `valid_from` holds from `begins` when its procedure is new, and from the day of `now`
    when it changes one. Restating a procedure closes the version in force the day before and annuls
    those that would have begun on that day or later. All or nothing.

    Raises: UnknownAgency.
    """
    _one_load_at_a_time()
    procedures = _procedures(records)
    current = _current(procedures.values())
    outcomes = tuple(_outcome(record, procedures, current, origin) for record in records)
    changes = [
        _Change(record, _procedure_of(record, procedures), _first_day(record, outcome, begins, now))
        for record, outcome in zip(records, outcomes, strict=True)
        if outcome in (Outcome.NEW, Outcome.CHANGED)
    ]
    if changes:
        _rename(changes)
        _make_way(changes, now)
        _publish(changes, origin, now)
    return outcomes


def _one_load_at_a_time() -> None:
    """Until the end of the transaction: two loads that both miss a procedure would both create it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('procedures.storing'))")


def _first_day(record: VersionRecord, outcome: Outcome, begins: date, now: datetime) -> date:
    if record.valid_from or outcome is Outcome.NEW:
        return record.valid_from or begins
    return max(begins, timezone.localdate(now))


def _identity(record: VersionRecord) -> str:
    return record.code or record.slug


def _procedures(records: Sequence[VersionRecord]) -> dict[str, Procedure]:
    """The known procedures of these records, locked in one order so that two loads cannot deadlock."""
    codes = [record.code for record in records if record.code]
    slugs = [record.slug for record in records if not record.code]
    rows = (
        Procedure.objects.select_for_update()
        .filter(Q(code__in=codes) | Q(code__isnull=True, slug__in=slugs))
        .order_by("pk")
    )
    return {row.code or row.slug: row for row in rows}


def _current(procedures: Iterable[Procedure]) -> dict[int, _Current]:
    rows = (
        published()
        .filter(procedure__in=list(procedures))
        .order_by("procedure_id", "-valid_from")
        .distinct("procedure_id")
        .values_list("procedure_id", "fingerprint", "origin")
    )
    return {procedure_id: _Current(fingerprint, origin) for procedure_id, fingerprint, origin in rows}


def _outcome(
    record: VersionRecord, procedures: dict[str, Procedure], current: dict[int, _Current], origin: Origin
) -> Outcome:
    procedure = procedures.get(_identity(record))
    last = current.get(procedure.pk) if procedure else None
    if last is None:
        return Outcome.NEW
    if last.origin in STANDS_AGAINST[origin]:
        return Outcome.KEPT
    same = last.origin == origin and last.fingerprint == record.fingerprint
    return Outcome.UNCHANGED if same else Outcome.CHANGED


def _procedure_of(record: VersionRecord, procedures: dict[str, Procedure]) -> Procedure:
    return procedures.get(_identity(record)) or Procedure(code=record.code)


def _rename(changes: list[_Change]) -> None:
    """The lasting identity follows the newest record."""
    for change in changes:
        change.procedure.slug = change.record.slug
        change.procedure.name = change.record.name
        change.procedure.family = change.record.family
    Procedure.objects.bulk_create(change.procedure for change in changes if change.procedure.pk is None)
    Procedure.objects.bulk_update(
        [change.procedure for change in changes if change.procedure.pk], ["slug", "name", "family"]
    )


def _make_way(changes: list[_Change], now: datetime) -> None:
    by_day: dict[date, list[int]] = {}
    for change in changes:
        by_day.setdefault(change.begins, []).append(change.procedure.pk)
    for begins, procedure_ids in by_day.items():
        standing = published().filter(procedure_id__in=procedure_ids)
        standing.filter(valid_from__gte=begins).update(annulled_at=now)
        standing.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=begins), valid_from__lt=begins).update(
            valid_to=begins - timedelta(days=1)
        )


def _publish(changes: list[_Change], origin: Origin, now: datetime) -> None:
    numbers = _last_numbers(changes)
    agencies = _agencies(changes)
    versions = [
        _version(
            change,
            number=numbers.get(change.procedure.pk, 0) + 1,
            origin=origin,
            competent=agencies[change.record.competent_key] if change.record.competent_key else None,
        )
        for change in changes
    ]
    ProcedureVersion.objects.bulk_create(versions)
    pairs = [(change.record, version) for change, version in zip(changes, versions, strict=True)]
    _store_parts(pairs)
    ProcedureVersion.objects.filter(pk__in=[version.pk for version in versions]).update(published_at=now)


def _last_numbers(changes: list[_Change]) -> dict[int, int]:
    rows = (
        ProcedureVersion.objects.filter(procedure_id__in=[change.procedure.pk for change in changes])
        .values_list("procedure_id")
        .annotate(last=Max("number"))
    )
    return dict(rows)


def _agencies(changes: list[_Change]) -> dict[str, Agency]:
    keys = {change.record.competent_key for change in changes if change.record.competent_key}
    found = {agency.key: agency for agency in Agency.objects.filter(key__in=keys)}
    for key in sorted(keys - found.keys()):
        raise UnknownAgency(key=key)
    return found


def _version(change: _Change, *, number: int, origin: Origin, competent: Agency | None) -> ProcedureVersion:
    record = change.record
    free = record.boundary_free
    return ProcedureVersion(
        procedure=change.procedure,
        number=number,
        name=record.name,
        field=record.field,
        ministry=record.ministry,
        level=record.level,
        levels=list(record.levels),
        competent=competent,
        competent_text=record.competent_text,
        executing=list(record.executing),
        boundary_free=free.scope if free else None,
        boundary_free_decision=free.decision if free else "",
        boundary_free_from=free.begins if free else None,
        applicant_kinds=list(record.applicants),
        online_level=record.online_level,
        conditions=record.conditions,
        legal_basis=list(record.legal_basis),
        steps_text=record.steps_text,
        paper_notes=record.paper_notes,
        decision=record.decision,
        source=record.source,
        checks=list(record.checks),
        origin=origin,
        fingerprint=record.fingerprint,
        search_text=search_text(record.name, record.field, record.ministry),
        valid_from=change.begins,
        valid_from_is_known=record.valid_from_is_known,
    )


Pairs = list[tuple[VersionRecord, ProcedureVersion]]


def _store_parts(pairs: Pairs) -> None:
    variants = [
        Variant(version=version, key=variant.key, name=variant.name, order=order)
        for record, version in pairs
        for order, variant in enumerate(record.variants)
    ]
    Variant.objects.bulk_create(variants)
    by_key = {(variant.version_id, variant.key): variant for variant in variants}
    PaperRequirement.objects.bulk_create(_papers(pairs, by_key))
    TimeLimit.objects.bulk_create(_limits(pairs, by_key))
    Fee.objects.bulk_create(_fees(pairs, by_key))
    Result.objects.bulk_create(
        Result(version=version, order=order, name=result.name, code=result.code)
        for record, version in pairs
        for order, result in enumerate(record.results)
    )


Variants = dict[tuple[int, str], Variant]


def _papers(pairs: Pairs, variants: Variants) -> list[PaperRequirement]:
    return [
        PaperRequirement(
            version=version,
            variant=variants[version.pk, key] if key else None,
            order=order,
            name=paper.name,
            originals=paper.originals,
            copies=paper.copies,
            template=paper.template,
            need=paper.need,
            condition=paper.condition,
            group=paper.group,
        )
        for record, version in pairs
        for order, paper in enumerate(record.papers)
        for key in (paper.variants or (None,))
    ]


def _limits(pairs: Pairs, variants: Variants) -> list[TimeLimit]:
    return [
        TimeLimit(
            version=version,
            variant=variants[version.pk, limit.variant] if limit.variant else None,
            channel=limit.channel,
            amount=limit.amount,
            unit=limit.unit,
            counting=limit.counting,
            cut_off=limit.cut_off,
            note=limit.note,
        )
        for record, version in pairs
        for limit in record.limits
    ]


def _fees(pairs: Pairs, variants: Variants) -> list[Fee]:
    return [
        Fee(
            version=version,
            variant=variants[version.pk, fee.variant] if fee.variant else None,
            channel=fee.channel,
            order=order,
            name=fee.name,
            kind=fee.kind,
            amount_vnd=fee.amount_vnd,
            tier_ends=list(fee.tier_ends),
            tier_prices=list(fee.tier_prices),
            cap_vnd=fee.cap_vnd,
            unit=fee.unit,
            text=fee.text,
            moment=fee.moment or "",
        )
        for record, version in pairs
        for order, fee in enumerate(record.fees)
    ]
