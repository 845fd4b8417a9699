"""Names of agencies by id, read once a process: they are printed on every line of every log."""

from collections.abc import Iterable
from functools import lru_cache

from onestop.agencies.models import Agency


@lru_cache(maxsize=4096)
def agency_name(agency_id: int) -> str:
    """The name of that agency; empty for an id that does not exist."""
    return Agency.objects.filter(pk=agency_id).values_list("name", flat=True).first() or ""


def agency_names(agency_ids: Iterable[int]) -> tuple[str, ...]:
    """The names, each once, in the order given."""
    return tuple(agency_name(agency_id) for agency_id in dict.fromkeys(agency_ids))
