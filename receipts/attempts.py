"""Lượt thử: how often one address may ask for a code that does not exist."""

from django.core.cache import cache

MISSES = 20
MINUTES = 10


def _key(address: str) -> str:
    return f"receipts:misses:{address}"


def are_used_up(address: str) -> bool:
    """Whether the address must wait, whatever it asks for next."""
    return int(cache.get(_key(address), 0)) >= MISSES


def count_miss(address: str) -> None:
    """One wrong code more; the count ends some minutes after the first."""
    if not cache.add(_key(address), 1, MINUTES * 60):
        cache.incr(_key(address))
