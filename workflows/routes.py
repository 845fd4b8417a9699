"""Routes as the engine reads them: cached, for a published route never changes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from django.db.models import Q
from django.utils.translation import gettext as _

from onestop.agencies.models import Agency, AgencyKind
from onestop.agencies.refusals import Refusal
from workflows.models import RouteVersion, Step
from workflows.states import StepKind


class NoRoute(Refusal):
    """Chưa có quy trình: nobody can say who would work on the file."""

    def __init__(self, *, procedure_name: str) -> None:
        super().__init__(
            _("Thủ tục “%(name)s” chưa có quy trình nội bộ nên chưa thể tiếp nhận.")
            % {"name": procedure_name}
        )


class NoUnit(Refusal):
    """Chưa có đơn vị: a step of the route has no unit at this counter."""

    def __init__(self, *, step: str, place: str) -> None:
        self.place = place
        super().__init__(_("Bước “%(step)s” chưa có đơn vị thực hiện ở nơi này.") % {"step": step})


@dataclass(frozen=True)
class StepData:
    """Bước: one step as the engine uses it."""

    id: int
    key: str
    stage: int
    title: str
    kind: StepKind
    place: str
    role: str
    amount: Decimal | None
    unit: str
    share: Decimal | None
    when: str
    return_to: str


@dataclass(frozen=True)
class Route:
    """Quy trình: all steps of one published route."""

    id: int
    is_constructed: bool
    source: str
    steps: tuple[StepData, ...]

    def at(self, stage: int, facts: Mapping[str, object]) -> tuple[StepData, ...]:
        """The steps of that stage whose condition holds."""
        return tuple(s for s in self.steps if s.stage == stage and (not s.when or bool(facts.get(s.when))))

    def by_id(self, step_id: int) -> StepData:
        """The step with that id."""
        return next(step for step in self.steps if step.id == step_id)

    def by_key(self, key: str) -> StepData:
        """The step with that key."""
        return next(step for step in self.steps if step.key == key)

    @property
    def last_stage(self) -> int:
        return self.steps[-1].stage


@lru_cache(maxsize=4096)
def route(route_id: int) -> Route:
    """A published route; two queries the first time in a process, none after."""
    row = RouteVersion.objects.get(pk=route_id)
    steps = tuple(
        StepData(
            id=step.pk,
            key=step.key,
            stage=step.stage,
            title=step.title,
            kind=StepKind(step.kind),
            place=step.place,
            role=step.role,
            amount=step.amount,
            unit=step.unit,
            share=step.share,
            when=step.when,
            return_to=step.return_to,
        )
        for step in Step.objects.filter(route_id=route_id)
    )
    return Route(id=route_id, is_constructed=row.is_constructed, source=row.source, steps=steps)


def route_for(*, procedure_id: int, procedure_name: str, variant_key: str, on: date) -> Route:
    """The newest route of that day: of the variant, else of the procedure. Raises: NoRoute."""
    rows = RouteVersion.objects.filter(
        Q(variant_key=variant_key) | Q(variant_key=""), procedure_id=procedure_id, valid_from__lte=on
    )
    found = rows.order_by("-variant_key", "-valid_from", "-number").values_list("pk", flat=True).first()
    if found is None:
        raise NoRoute(procedure_name=procedure_name)
    return route(found)


@dataclass(frozen=True)
class Places:
    """Nơi thực hiện: the agency of every step, and everybody who has a part in the case."""

    by_step: dict[str, int]
    agency_ids: tuple[int, ...]


def places(*, of: Route, receiving: Agency, competent: Agency) -> Places:
    """Which agency works on which step, for one counter and one competent body. One or two queries.

    Raises: NoUnit when a step names a unit that does not exist here.
    """
    commune = _commune_of(receiving, competent)
    wanted = {step.place: _key_of(step.place, commune) for step in of.steps}
    rows = Agency.objects.filter(key__in=[key for key in wanted.values() if key])
    found = {key: (pk, parent) for key, pk, parent in rows.values_list("key", "pk", "parent_id")}
    known = {
        "receiving": (receiving.pk, receiving.parent_id),
        "competent": (competent.pk, competent.parent_id),
    }
    by_step: dict[str, int] = {}
    parts: set[int] = {receiving.pk, competent.pk}
    for step in of.steps:
        agency = known.get(step.place) or found.get(wanted[step.place])
        if agency is None:
            raise NoUnit(step=step.title, place=step.place)
        by_step[step.key] = agency[0]
        parts.add(agency[0])
        if commune and agency[1] == commune.pk:
            parts.add(commune.pk)
    return Places(by_step=by_step, agency_ids=tuple(sorted(parts)))


def _commune_of(receiving: Agency, competent: Agency) -> Agency | None:
    if competent.kind == AgencyKind.COMMUNE:
        return competent
    return receiving.parent if receiving.kind == AgencyKind.COMMUNE_CENTRE else None


def _key_of(place: str, commune: Agency | None) -> str:
    sort, _colon, name = place.partition(":")
    if sort == "key":
        return name
    if commune is None:
        return ""
    if place == f"kind:{AgencyKind.COMMUNE_POLICE.value}":
        return f"congan-{commune.gso_code}"
    return f"{name}-{commune.gso_code}" if sort == "unit" else ""
