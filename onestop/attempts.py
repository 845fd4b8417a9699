"""Lượt thử: how often one address may fail, and how often one code may be tried, whether it exists or not.

An attempt is counted before it is made, so that many at once gain nothing; one that succeeds is given back.
"""

from django.core.cache import cache

MINUTES = 10
FROM_ONE_ADDRESS = 20
# Six signs of thirty are 729 million secrets: at this rate half of them take some 690 years.
AT_ONE_CODE = 10


class Attempt:
    """Một lượt thử from one address at the codes that were meant; each sort of page counts by itself."""

    def __init__(self, *, sort: str, address: str, code_keys: tuple[str, ...] = ()) -> None:
        self._limits = {f"{sort}:from:{address}": FROM_ONE_ADDRESS}
        self._limits |= {f"{sort}:at:{key}": AT_ONE_CODE for key in code_keys}

    def begin(self) -> bool:
        """Count it; false when the address or the code must wait, whatever is asked."""
        counts = [(_add(key, 1), limit) for key, limit in self._limits.items()]
        return all(count <= limit for count, limit in counts)

    def give_back(self) -> None:
        """It was no failure."""
        for key in self._limits:
            _add(key, -1)


def _add(key: str, step: int) -> int:
    """The new count; it ends some minutes after the first attempt."""
    if step > 0 and cache.add(key, step, MINUTES * 60):
        return step
    try:
        return int(cache.incr(key, step))
    except ValueError:  # it ended between the two
        return step
