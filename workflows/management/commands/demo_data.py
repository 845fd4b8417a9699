from django.core.management.base import BaseCommand

from onestop import clock
from workflows.demonstration import make_demonstration


class Command(BaseCommand):
    help = "Fills an empty shop with two months of fictitious cases; a shop with cases is left alone."

    def handle(self, *args: object, **options: object) -> None:
        self.stdout.write(f"{make_demonstration(now=clock.now())} hồ sơ.")
