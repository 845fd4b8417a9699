"""Takes a file of the national database into the catalogue and says what it could not take."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from pathlib import Path

from procedures.models import Origin
from procedures.national import Taken, WrongCode, national_record
from procedures.reading import Entry, entries
from procedures.shape import Fields, WrongShape
from procedures.shortfalls import Reason, Shortfall
from procedures.storing import Outcome, store

# One transaction each: large enough to be quick, small enough to lose little when the database stops.
BATCH = 200


@dataclass(frozen=True)
class RecordReport:
    """Kết quả của một bản ghi; `outcome` None = not taken."""

    line: int
    code: str
    name: str
    outcome: Outcome | None
    shortfalls: tuple[Shortfall, ...]

    @property
    def is_refused(self) -> bool:
        return self.outcome is None


@dataclass(frozen=True)
class _Read:
    entry: Entry
    taken: Taken | None
    code: str
    refusal: Shortfall | None


def import_file(*, path: Path, begins: date, now: datetime) -> Iterator[RecordReport]:
    """Publish what differs from the catalogue, in batches of one transaction each; one report a record.

    What a batch published stays when a later one fails; importing the file again goes on from there.

    Raises: OSError.
    """
    reads = _reads(path)
    while batch := list(islice(reads, BATCH)):
        yield from _stored(batch, begins, now)


def _reads(path: Path) -> Iterator[_Read]:
    seen: set[str] = set()
    for entry in entries(path):
        read = _read(entry)
        if read.taken and read.code in seen:
            repeated = Shortfall("code", Reason.CODE_REPEATED, read.code)
            read = _Read(entry, None, read.code, repeated)
        seen.add(read.code)
        yield read


def _read(entry: Entry) -> _Read:
    if entry.problem:
        return _Read(entry, None, "", entry.problem)
    code = _printed(entry.value, "code")
    try:
        return _Read(entry, national_record(Fields.of(entry.value)), code, None)
    except WrongCode as problem:
        return _Read(entry, None, code, Shortfall("code", Reason.CODE_SHAPE, problem.code))
    except WrongShape as problem:
        return _Read(entry, None, code, Shortfall(problem.path, Reason.WRONG_SHAPE, str(problem)))


def _printed(value: object, key: str) -> str:
    """What a record that may be broken calls itself, for the report only."""
    text = value.get(key) if isinstance(value, dict) else None
    return text.strip() if isinstance(text, str) else ""


def _stored(batch: list[_Read], begins: date, now: datetime) -> Iterator[RecordReport]:
    records = [read.taken.record for read in batch if read.taken]
    outcomes = iter(store(records=records, origin=Origin.IMPORTED, begins=begins, now=now))
    for read in batch:
        yield _report(read, next(outcomes) if read.taken else None)


def _report(read: _Read, outcome: Outcome | None) -> RecordReport:
    shortfalls = read.taken.shortfalls if read.taken else ()
    if read.refusal:
        shortfalls = (read.refusal,)
    if outcome is Outcome.KEPT:
        shortfalls = (Shortfall("record", Reason.KEPT_CURATED),)
    return RecordReport(read.entry.line, read.code, _printed(read.entry.value, "name"), outcome, shortfalls)
