from django.core.management.base import BaseCommand, CommandParser

from onestop import clock
from onestop.agencies.demo_people import PASSWORD, load_demo_people


class Command(BaseCommand):
    help = "Thêm người dùng trình diễn (tên hư cấu, mật khẩu công khai). Không dùng cho hệ thống thật."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--quiet", action="store_true", help="không in bảng tài khoản")

    def handle(self, *args: object, **options: object) -> None:
        people = load_demo_people(now=clock.now())
        if not options["quiet"]:
            for person in people:
                self.stdout.write(
                    f"{person.username:42} {person.full_name:24} {person.role.label:20} {person.agency}"
                )
        self.stdout.write(f"{len(people)} người dùng trình diễn, mật khẩu {PASSWORD}")
