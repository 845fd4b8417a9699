import time

from django.core.management.base import BaseCommand, CommandParser

from onestop import clock
from onestop.notices.sending import Sent, send_waiting


class Command(BaseCommand):
    help = "Sends the notices that wait; with --loop it goes on until stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--loop", action="store_true", help="look again every --every seconds")
        parser.add_argument("--every", type=float, default=10.0)

    def handle(self, *args: object, loop: bool, every: float, **options: object) -> None:
        while True:
            done = self._everything()
            if done.sent or done.failed or not loop:
                self.stdout.write(f"Đã gửi {done.sent}, chưa gửi được {done.failed}.")
            if not loop:
                return
            time.sleep(every)

    def _everything(self) -> Sent:
        sent = failed = 0
        while True:
            done = send_waiting(now=clock.now())
            sent, failed = sent + done.sent, failed + done.failed
            if not done.sent:
                return Sent(sent, failed)
