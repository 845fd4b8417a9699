from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from onestop import clock
from onestop.calendars.publishing import BadDays, publish, read_days


class Command(BaseCommand):
    help = "Publishes a new calendar: the years named, with days off and make-up days of a CSV on top."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("years", type=int, nargs="+")
        parser.add_argument("--provisional", type=int, action="append", default=[], metavar="YEAR")
        parser.add_argument("--days", type=Path, help="CSV with the columns day, effect, name")
        parser.add_argument("--decision", default="")

    def handle(
        self,
        *args: object,
        years: list[int],
        provisional: list[int],
        days: Path | None,
        decision: str,
        **options: object,
    ) -> None:
        try:
            more = read_days(days) if days else ()
        except BadDays as error:
            raise CommandError(error.sentence) from error
        done = publish(
            years=years, provisional=provisional, more_days=more, decision=decision, now=clock.now()
        )
        self.stdout.write(f"Lịch #{done.number} {'mới công bố' if done.is_new else 'không đổi'}.")
