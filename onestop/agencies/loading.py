"""Brings the agencies in the database to what the curated files say."""

from dataclasses import dataclass

from django.db import transaction

from onestop.agencies.models import Agency, Succession
from onestop.agencies.tree import AgencyFact, SuccessionFact

# What the files decide. Phone numbers and the difficult-area flag are kept by the administrator.
FROM_FILE = (
    "code",
    "code_is_provisional",
    "name",
    "short_name",
    "kind",
    "gso_code",
    "note",
    "valid_from",
    "valid_to",
)


@dataclass(frozen=True)
class LoadReport:
    created: int
    changed: int
    unchanged: int
    successions_created: int


@transaction.atomic
def load_tree(*, agencies: tuple[AgencyFact, ...], successions: tuple[SuccessionFact, ...]) -> LoadReport:
    """Create what is missing and correct what differs; a second run changes nothing.

    An agency that is no longer in the files is left as it is: cases may point to it.
    """
    known = {agency.key: agency for agency in Agency.objects.all()}
    created = changed = 0
    for generation in _generations(agencies):
        fresh = [_fresh(fact, known) for fact in generation if fact.key not in known]
        stale = [known[fact.key] for fact in generation if fact.key in known and _differs(fact, known)]
        Agency.objects.bulk_create(fresh)
        Agency.objects.bulk_update(stale, [*FROM_FILE, "parent", "address"], batch_size=500)
        known.update({agency.key: agency for agency in fresh})
        created += len(fresh)
        changed += len(stale)
    return LoadReport(
        created=created,
        changed=changed,
        unchanged=len(agencies) - created - changed,
        successions_created=_load_successions(successions, known),
    )


def _generations(agencies: tuple[AgencyFact, ...]) -> list[list[AgencyFact]]:
    """Facts by depth in the tree, so that each parent has its id before its children are written."""
    depth: dict[str, int] = {}
    generations: list[list[AgencyFact]] = []
    for fact in agencies:
        depth[fact.key] = 0 if fact.parent is None else depth[fact.parent] + 1
        if depth[fact.key] == len(generations):
            generations.append([])
        generations[depth[fact.key]].append(fact)
    return generations


def _fresh(fact: AgencyFact, known: dict[str, Agency]) -> Agency:
    agency = Agency(key=fact.key)
    _copy(fact, agency, known)
    return agency


def _differs(fact: AgencyFact, known: dict[str, Agency]) -> bool:
    """Copies the fact onto the known agency and tells whether anything was different."""
    agency = known[fact.key]
    before = _comparable(agency)
    _copy(fact, agency, known)
    return _comparable(agency) != before


def _comparable(agency: Agency) -> tuple[object, ...]:
    return (*(getattr(agency, field) for field in FROM_FILE), agency.parent_id, agency.address)


def _copy(fact: AgencyFact, agency: Agency, known: dict[str, Agency]) -> None:
    for field in FROM_FILE:
        setattr(agency, field, getattr(fact, field))
    agency.parent_id = known[fact.parent].pk if fact.parent else None
    agency.address = agency.address or fact.address


def _load_successions(successions: tuple[SuccessionFact, ...], known: dict[str, Agency]) -> int:
    present = set(Succession.objects.values_list("predecessor_id", "successor_id"))
    missing = [
        Succession(predecessor_id=known[s.predecessor].pk, successor_id=known[s.successor].pk, on=s.on)
        for s in successions
        if (known[s.predecessor].pk, known[s.successor].pk) not in present
    ]
    return len(Succession.objects.bulk_create(missing))
