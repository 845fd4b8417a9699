from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from onestop import clock
from onestop.agencies.refusals import Refusal
from onestop.calendars.publishing import publish
from onestop.calendars.reading import read_exceptions


class Command(BaseCommand):
    help = (
        "Công bố phiên bản lịch mới: lịch hiện hành cùng các ngoại lệ trong tệp CSV (cột date, effect, name; "
        "effect là off, work hoặc usual)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--decision", required=True, help="số, ngày văn bản quyết định")
        parser.add_argument("--source", default="", help="nơi đã đối chiếu văn bản")
        parser.add_argument(
            "--year",
            type=int,
            action="append",
            default=[],
            help="tệp chứa trọn năm này, thay cho lịch cũ của năm",
        )
        parser.add_argument("--provisional", action="store_true", help="các năm --year chỉ là tạm thời")

    def handle(
        self,
        *args: object,
        file: Path,
        decision: str,
        source: str,
        year: list[int],
        provisional: bool,
        **options: object,
    ) -> None:
        try:
            with file.open(encoding="utf-8-sig", newline="") as lines:
                changes = read_exceptions(lines, source=source or decision)
            version = publish(
                changes=changes,
                whole_years=dict.fromkeys(year, provisional),
                decision=decision,
                source=source,
                now=clock.now(),
            )
        except Refusal as refusal:
            raise CommandError(refusal.sentence) from refusal
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"Không đọc được tệp {file}: {error}") from error
        self.stdout.write(f"Đã công bố phiên bản lịch {version.number}.")
