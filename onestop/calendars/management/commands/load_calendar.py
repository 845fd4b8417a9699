from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from onestop import clock
from onestop.calendars.models import WorkingHours
from onestop.calendars.national import PACKAGE_SOURCE, default_hours, exceptions_of
from onestop.calendars.published import clear_cache
from onestop.calendars.publishing import newest_version, publish

DECIDED_YEARS = (2024, 2025, 2026)


class Command(BaseCommand):
    help = "Nạp giờ làm việc và công bố lịch các năm 2024-2026; chạy lại chỉ thêm năm còn thiếu."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--publish-provisional",
            type=int,
            action="append",
            default=[],
            metavar="YEAR",
            help="công bố tạm năm chưa có quyết định của Thủ tướng",
        )

    @transaction.atomic
    def handle(self, *args: object, publish_provisional: list[int], **options: object) -> None:
        if not WorkingHours.objects.filter(agency=None).exists():
            WorkingHours.objects.bulk_create(default_hours())
            clear_cache()
        wanted = dict.fromkeys(publish_provisional, True) | dict.fromkeys(DECIDED_YEARS, False)
        newest = newest_version()
        known = set(newest.years.values_list("year", flat=True)) if newest else set()
        missing = {year: provisional for year, provisional in sorted(wanted.items()) if year not in known}
        if not missing:
            self.stdout.write("Lịch làm việc đã đủ, không thay đổi gì.")
            return
        version = publish(
            changes=[fact for year in missing for fact in exceptions_of(year=year)],
            whole_years=missing,
            decision="Lịch nạp cùng phần mềm",
            source=PACKAGE_SOURCE,
            now=clock.now(),
        )
        years = ", ".join(f"{year} (tạm thời)" if missing[year] else f"{year}" for year in missing)
        self.stdout.write(f"Đã công bố phiên bản lịch {version.number}: thêm năm {years}.")
