import csv
import io
import sys
from collections.abc import Iterator

from django.core.management.base import BaseCommand, CommandError, CommandParser

from onestop import clock
from onestop.agencies.models import Agency
from onestop.agencies.refusals import Refusal
from onestop.calendars.asking import NotUnderstood, Rule, answer, cells, cut_off_at
from onestop.calendars.national import default_hours
from onestop.calendars.published import calendar_for
from onestop.working_days import CalendarNotPublished, Counting, Hours, Session, Unit, WorkingCalendar

COLUMNS = ("start", "duration", "unit")


class Command(BaseCommand):
    help = (
        "Tính ngày hẹn trả và giải thích: một lần với START DURATION UNIT, hoặc cho từng dòng CSV "
        f"(cột {', '.join(COLUMNS)}) đọc từ đầu vào chuẩn. Đơn vị: {', '.join(Unit)}."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("question", nargs="*", metavar="START DURATION UNIT")
        parser.add_argument("--agency", metavar="KEY", help="khóa của cơ quan; bỏ trống = giờ chung")
        parser.add_argument(
            "--calendar",
            choices=("published", "none"),
            default="published",
            help="none: không tính ngày lễ, ngày làm bù",
        )
        parser.add_argument("--counting", choices=[c.value for c in Counting], default=Counting.CIVIL.value)
        parser.add_argument("--cut-off", metavar="HH:MM", help="nhận sau giờ này tính từ ngày làm việc sau")

    def handle(
        self,
        *args: object,
        question: list[str],
        agency: str | None,
        calendar: str,
        counting: str,
        cut_off: str | None,
        **options: object,
    ) -> None:
        if len(question) not in (0, len(COLUMNS)):
            raise CommandError("Cần đủ ba giá trị START DURATION UNIT, hoặc không giá trị nào để đọc CSV.")
        try:
            rule = Rule(
                calendar=_plain() if calendar == "none" else _published(agency),
                counting=Counting(counting),
                cut_off=cut_off_at(cut_off) if cut_off else None,
            )
            if question:
                start, duration, unit = question
                given = answer(start=start, duration=duration, unit=unit, rule=rule)
                self.stdout.write(given.found.due_at.isoformat(timespec="minutes"))
                self.stdout.write(given.sentence)
                return
            broken = sum(not line_is_good for line_is_good in self._answer_lines(rule))
        except (Refusal, CalendarNotPublished) as refusal:
            raise CommandError(refusal.sentence) from refusal
        if broken:
            raise CommandError(f"{broken} dòng không tính được; lý do ở cột error.")

    def _answer_lines(self, rule: Rule) -> Iterator[bool]:
        """Writes each line's answer as it comes, and yields whether there was one."""
        if isinstance(sys.stdin, io.TextIOWrapper):
            # A byte that is not UTF-8 spoils its line, not the run.
            sys.stdin.reconfigure(encoding="utf-8-sig", errors="replace")
        lines = iter(sys.stdin)
        names = [name.strip() for name in cells(next(lines, ""))]
        if not set(COLUMNS) <= set(names):
            raise CommandError(f"Dòng đầu của CSV phải có các cột {', '.join(COLUMNS)}.")
        places = [names.index(column) for column in COLUMNS]
        out = csv.writer(self.stdout, lineterminator="\n")
        out.writerow([*COLUMNS, "due", "explanation", "error"])
        for number, line in enumerate(lines, start=2):
            if not line.strip():
                continue
            asked = [""] * len(COLUMNS)
            try:
                row = cells(line)
                start, duration, unit = asked = [row[i] if i < len(row) else "" for i in places]
                given = answer(start=start, duration=duration, unit=unit, rule=rule)
            except NotUnderstood as refusal:
                out.writerow([*asked, "", "", f"Dòng {number}: {refusal.sentence}"])
                yield False
            else:
                due_at = given.found.due_at.isoformat(timespec="minutes")
                out.writerow([*asked, due_at, given.sentence, ""])
                yield True


def _published(key: str | None) -> WorkingCalendar:
    if key is None:
        return calendar_for(agency_id=None, on=clock.today())
    found = Agency.objects.filter(key=key).first()
    if found is None:
        raise CommandError(f"Không có cơ quan nào có khóa “{key}”.")
    return calendar_for(agency_id=found.pk, on=clock.today())


def _plain() -> WorkingCalendar:
    """Weekends are off, no day else; the same for every agency and without a database."""
    hours = tuple(Hours(row.weekday, Session(row.opens, row.closes)) for row in default_hours())
    return WorkingCalendar(version=0, hours=hours)
