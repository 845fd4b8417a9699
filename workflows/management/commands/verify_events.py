from django.core.management.base import BaseCommand, CommandError

from workflows.events import broken_links
from workflows.models import Case


class Command(BaseCommand):
    help = "Checks the sealed log of every case; names the first broken link of each bad one and exits 1."

    def handle(self, *args: object, **options: object) -> None:
        bad = 0
        for link in broken_links():
            bad += 1
            self.stdout.write(f"{link.case_code}: {link.sentence}")
        if bad:
            raise CommandError(f"{bad} hồ sơ có nhật ký bị đứt.", returncode=1)
        self.stdout.write(f"Nhật ký của {Case.objects.count()} hồ sơ đều nguyên vẹn.")
