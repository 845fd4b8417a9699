"""A CSV of exceptions (columns date, effect, name): each broken line is reported, and then none is used."""

import csv
from collections.abc import Iterable
from datetime import date

from onestop.agencies.refusals import Refusal
from onestop.calendars.models import Effect
from onestop.calendars.publishing import ExceptionFact

# "usual" takes an earlier exception back: the day is again what its weekday says.
_EFFECTS: dict[str, str | None] = {"off": Effect.OFF, "work": Effect.WORK, "usual": None}


class BrokenLines(Refusal):
    """Tệp có dòng hỏng: `lines` are sentences, one a line."""

    def __init__(self, *, lines: tuple[str, ...]) -> None:
        self.lines = lines
        super().__init__("\n".join(lines))


def read_exceptions(lines: Iterable[str], *, source: str) -> tuple[ExceptionFact, ...]:
    """The file's exceptions in its order. Raises: BrokenLines."""
    found: dict[date, ExceptionFact] = {}
    broken: list[str] = []
    for number, row in enumerate(csv.DictReader(lines), start=2):
        try:
            fact = _fact(row, source)
            if fact.date in found:
                raise ValueError(f"ngày {fact.date:%d/%m/%Y} đã có ở dòng trên")
            found[fact.date] = fact
        except ValueError as error:
            broken.append(f"Dòng {number}: {error}.")
    if broken:
        raise BrokenLines(lines=tuple(broken))
    return tuple(found.values())


def _fact(row: dict[str, str | None], source: str) -> ExceptionFact:
    day, effect, name = ((row.get(column) or "").strip() for column in ("date", "effect", "name"))
    try:
        on = date.fromisoformat(day)
    except ValueError as error:
        raise ValueError(f"“{day}” không phải là ngày dạng 2026-12-31") from error
    if effect not in _EFFECTS:
        raise ValueError(f"“{effect}” không phải là off, work hoặc usual")
    if effect != "usual" and not name:
        raise ValueError("thiếu tên ngày")
    return ExceptionFact(on, _EFFECTS[effect], name, source)
