"""Reads the curated routes and publishes those that are new, after the soundness check."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from django.db import transaction
from django.db.models import Q

from onestop.clock import local_day
from procedures.models import Procedure, ProcedureVersion, TimeLimit
from workflows.models import RouteVersion, Step
from workflows.soundness import Fault, StepFact, faults
from workflows.states import StepKind

DATA = Path(__file__).parent / "data"
SINCE = date(2025, 7, 1)
MINUTES_OF_DAY = 8 * 60
MINUTES = {"working_day": MINUTES_OF_DAY, "working_hour": 60}

Json = dict[str, object]


@dataclass(frozen=True)
class RouteRecord:
    """One route of the files, for one procedure."""

    procedure_code: str
    variant_key: str
    decision: str
    source: str
    is_constructed: bool
    steps: tuple[Json, ...]

    @property
    def fingerprint(self) -> str:
        facts = [self.decision, self.source, self.is_constructed, self.steps]
        return hashlib.sha256(json.dumps(facts, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True)
class LoadedRoutes:
    """What loading did; `faulty` names routes that are not sound and were left out."""

    published: int
    unchanged: int
    faulty: tuple[tuple[str, Fault], ...]
    without: tuple[str, ...]


def load_routes(*, now: datetime) -> LoadedRoutes:
    """Publish a route for every procedure of the curated catalogue; a second run changes nothing."""
    own = [_own(record) for record in _json("routes.json")]
    patterns = _json("route_patterns.json")
    published = unchanged = 0
    faulty: list[tuple[str, Fault]] = []
    without: list[str] = []
    with transaction.atomic():
        newest = {(row.procedure_id, row.variant_key): row for row in RouteVersion.objects.order_by("number")}
        for procedure, version in _curated():
            records = list(_records_for(procedure, version, own, patterns))
            if not records:
                without.append(procedure.code or procedure.slug)
            for record in records:
                last = newest.get((procedure.pk, record.variant_key))
                if last and last.fingerprint == record.fingerprint:
                    unchanged += 1
                    continue
                legal = _legal_minutes(version, record.variant_key, [r.variant_key for r in records])
                found = faults([_fact(step) for step in record.steps], legal_minutes=legal)
                if found:
                    faulty += [(record.procedure_code, fault) for fault in found]
                    continue
                _publish(procedure, record, number=last.number + 1 if last else 1, now=now)
                published += 1
    return LoadedRoutes(published, unchanged, tuple(faulty), tuple(without))


def _legal_minutes(version: ProcedureVersion, variant_key: str, with_route: list[str]) -> int | None:
    """The shortest limit in working time that may hold for a file on that route; "the same day" is one day.

    Limits in calendar time have no fixed length in working time and are not compared here.
    """
    limits = TimeLimit.objects.filter(version=version, unit__in=MINUTES, amount__isnull=False)
    if variant_key:
        limits = limits.filter(Q(variant__key=variant_key) | Q(variant=None))
    else:
        limits = limits.exclude(variant__key__in=[key for key in with_route if key])
    found = [int((amount or 1) * MINUTES[unit]) for amount, unit in limits.values_list("amount", "unit")]
    return min(found, default=None)


def _json(name: str) -> list[Json]:
    found: list[Json] = json.loads((DATA / name).read_text(encoding="utf-8"))
    return found


def _curated() -> Iterator[tuple[Procedure, ProcedureVersion]]:
    rows = ProcedureVersion.objects.filter(published_at__isnull=False, origin="curated")
    for version in rows.select_related("procedure", "competent").order_by("procedure_id", "-number"):
        if not version.annulled_at and not version.valid_to:
            yield version.procedure, version


def _own(record: Json) -> RouteRecord:
    source = str(record["source"] or "")
    steps = record["steps"]
    assert isinstance(steps, list)
    return RouteRecord(
        procedure_code=str(record["procedure"]),
        variant_key=str(record["variant"] or ""),
        decision=str(record["decision"] or ""),
        source=source,
        is_constructed=source == "constructed",
        steps=tuple(steps),
    )


def _records_for(
    procedure: Procedure, version: ProcedureVersion, own: list[RouteRecord], patterns: list[Json]
) -> Iterator[RouteRecord]:
    mine = [record for record in own if record.procedure_code in (procedure.code, procedure.slug)]
    yield from mine
    if any(not record.variant_key for record in mine):
        return
    for pattern in patterns:
        applies, steps = pattern["applies"], pattern["steps"]
        assert isinstance(applies, dict)
        assert isinstance(steps, list)
        if _fits(applies, procedure, version):
            if steps:
                name = procedure.code or procedure.slug
                yield RouteRecord(name, "", "", "constructed", True, tuple(steps))
            return


def _fits(applies: Json, procedure: Procedure, version: ProcedureVersion) -> bool:
    families, codes = applies.get("families"), applies.get("codes")
    competent = version.competent.key if version.competent else None
    return (
        applies.get("level") in (None, version.level)
        and applies.get("competent") in (None, competent)
        and (not isinstance(families, list) or procedure.family in families)
        and (not isinstance(codes, list) or procedure.code in codes)
    )


def _minutes(step: Json) -> int | None:
    amount, unit = step.get("amount"), step.get("unit")
    return int(Decimal(str(amount)) * MINUTES[str(unit)]) if amount is not None and unit else None


def _fact(step: Json) -> StepFact:
    return StepFact(
        key=str(step["key"]),
        stage=int(str(step["stage"])),
        kind=StepKind(str(step["kind"])),
        minutes=_minutes(step),
        conditional=bool(step["when"]),
        return_to=str(step["return_to"] or ""),
    )


def _publish(procedure: Procedure, record: RouteRecord, *, number: int, now: datetime) -> None:
    route = RouteVersion.objects.create(
        procedure=procedure,
        variant_key=record.variant_key,
        number=number,
        decision=record.decision,
        source=record.source,
        is_constructed=record.is_constructed,
        fingerprint=record.fingerprint,
        valid_from=SINCE if number == 1 else local_day(now),
        published_at=now,
    )
    Step.objects.bulk_create(
        Step(
            route=route,
            key=str(step["key"]),
            stage=int(str(step["stage"])),
            order=order,
            title=str(step["title"]),
            kind=str(step["kind"]),
            place=str(step["place"]),
            role=str(step["role"]),
            amount=_decimal(step.get("amount")),
            unit=str(step.get("unit") or ""),
            share=_decimal(step.get("share")),
            when=str(step["when"] or ""),
            return_to=str(step["return_to"] or ""),
        )
        for order, step in enumerate(record.steps)
    )


def _decimal(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))
