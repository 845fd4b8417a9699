import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError

from onestop import clock
from procedures.importing import RecordReport, import_file
from procedures.records import FIRST_DAY
from procedures.shortfalls import SENTENCES
from procedures.storing import Outcome

COLUMNS = ("line", "code", "name", "outcome", "part", "reason", "sentence", "value")
LONGEST_VALUE = 500
# A spreadsheet would take a text that begins so for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Command(BaseCommand):
    """Nhập cơ sở dữ liệu quốc gia về thủ tục hành chính."""

    help = "Nhập thủ tục từ tệp JSON, JSONL hoặc .gz; nhập lại không làm thay đổi gì."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="tệp JSON, JSONL hoặc .gz")
        parser.add_argument("--report", type=Path, help="ghi từng phần chưa nhận đủ vào tệp CSV này")
        parser.add_argument(
            "--from",
            dest="begins",
            type=date.fromisoformat,
            default=FIRST_DAY,
            help="ngày có hiệu lực của thủ tục mới (YYYY-MM-DD)",
        )

    def handle(self, *args: object, file: Path, report: Path | None, begins: date, **options: object) -> None:
        records = import_file(path=file, begins=begins, now=clock.now())
        try:
            kept = tuple(_written(records, report) if report else records)
        except OSError as problem:
            raise CommandError(f"{problem.filename}: {problem.strerror}") from problem
        except OperationalError as problem:
            raise CommandError(
                f"Cơ sở dữ liệu ngừng trả lời; phần đã nhận được giữ lại, hãy nhập lại tệp: {problem}"
            ) from problem
        self._summarise(kept)

    def _summarise(self, records: tuple[RecordReport, ...]) -> None:
        outcomes = Counter(record.outcome for record in records)
        self.stdout.write(
            f"Bản ghi: {len(records)}; thêm {outcomes[Outcome.NEW]}, sửa {outcomes[Outcome.CHANGED]}, "
            f"giữ nguyên {outcomes[Outcome.UNCHANGED]}, giữ bản biên tập {outcomes[Outcome.KEPT]}, "
            f"không nhận {outcomes[None]}."
        )
        whole = sum(not record.shortfalls for record in records)
        self.stdout.write(f"Nhận đủ {whole}; chưa nhận đủ {len(records) - whole}:")
        reasons = Counter(
            reason for record in records for reason in {shortfall.reason for shortfall in record.shortfalls}
        )
        for reason, count in reasons.most_common():
            self.stdout.write(f"{count:6}  {reason.value}: {SENTENCES[reason]}")
        self._warn(records)

    def _warn(self, records: tuple[RecordReport, ...]) -> None:
        """Whatever was not taken at all is named one by one."""
        for record in records:
            for shortfall in record.shortfalls if record.is_refused else ():
                place = f"dòng {record.line} {record.code}"
                self.stderr.write(f"{place}: {shortfall.sentence} {shortfall.value}")


def _written(records: Iterable[RecordReport], report: Path) -> Iterator[RecordReport]:
    """Each record, written into the report as soon as it is stored."""
    with report.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for record in records:
            writer.writerows(_rows(record))
            yield record


def _rows(record: RecordReport) -> Iterator[tuple[str, ...]]:
    for shortfall in record.shortfalls:
        cells = (
            str(record.line),
            record.code,
            record.name,
            record.outcome.value if record.outcome else "refused",
            shortfall.part,
            shortfall.reason.value,
            shortfall.sentence,
            shortfall.value[:LONGEST_VALUE],
        )
        yield tuple(f"'{cell}" if cell.startswith(FORMULA) else cell for cell in cells)
